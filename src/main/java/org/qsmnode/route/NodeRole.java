package org.qsmnode.route;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a node does of what a ledger has to do; of several nodes each may do a part. */
public enum NodeRole {
  /** Listens for DICOM and DICOMweb: stores, queries, retrievals, reports of commitment. */
  RECEIVE,
  /** Computes jobs. */
  WORK,
  /** Sends derived series and follows their storage commitment. */
  SEND,
  /** Plans and works off the night's list, and applies retention. */
  NIGHT;

  /** Every role, as one node alone has them. */
  static String all() {
    return text(EnumSet.allOf(NodeRole.class));
  }

  static Set<NodeRole> parse(List<String> words) {
    return words.stream()
        .map(word -> valueOf(word.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(NodeRole.class)));
  }

  static boolean isList(String text) {
    List<String> known = List.of(all().split(",", -1));
    return Arrays.stream(text.split(",", -1)).map(String::trim).allMatch(known::contains);
  }

  /** Roles as they stand in the settings. */
  public static String text(Set<NodeRole> roles) {
    return roles.stream()
        .sorted()
        .map(role -> role.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(","));
  }
}
