package org.qsmnode.route;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.qsmnode.derive.DerivedObjects;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.pipeline.ValueRange;

/** The keys {@code node.destination.NAME.*}, listed for the name {@value #NAME}. */
final class DestinationKeys {

  /** Placeholder: any name of the site's choice stands there. */
  static final String NAME = "pacs";

  static final String PREFIX = "node.destination.";

  /** In place of an AE title: the AE that sent the study. */
  static final String SENDER = "@sender";

  private static final KeyList ALL = new KeyList(PREFIX + NAME + ".");

  static final SettingKey AET =
      ALL.add(
          "aet",
          "AE title of a destination of derived series, or @sender for whoever sent the study;"
              + " several destinations have several names.",
          KeyRanges.any("an AE title; empty: no such destination"),
          "");
  static final SettingKey HOST =
      ALL.add("host", "Host of that destination.", KeyRanges.any("a name or an address"), "");
  static final SettingKey PORT =
      ALL.add("port", "TCP port of that destination.", new ValueRange.Whole(1, 65535), "104");
  static final SettingKey TLS =
      ALL.add("tls", "Send to it over TLS.", KeyRanges.trueOrFalse(), "false");
  static final SettingKey USER =
      ALL.add(
          "user",
          "User that the node says it is on associations with that destination.",
          KeyRanges.any("a name; empty: none"),
          "");
  static final SettingKey PASSWORD =
      ALL.add("password", "Passcode of that user.", KeyRanges.secret(), "");
  static final SettingKey COMMITMENT =
      ALL.add(
          "commitment",
          "A delivery is done only when the destination has answered a storage commitment request.",
          KeyRanges.trueOrFalse(),
          "false");
  static final SettingKey URL =
      ALL.add(
          "url",
          "DICOMweb server that takes the series by STOW-RS, instead of an AE title.",
          new ValueRange.Text(
              "base URL, http or https; empty: none",
              text -> text.isEmpty() || text.matches("https?://\\S+")),
          "");
  static final SettingKey FOLDER =
      ALL.add(
          "folder",
          "Folder that the series are copied to, instead of an AE title.",
          KeyRanges.any("a folder; empty: none"),
          "");
  static final SettingKey OBJECTS =
      ALL.add(
          "objects",
          "What goes there, comma-separated: classic (mean and standard deviation as MR images),"
              + " parametric-map (the same as floating point), reference (the map of tv, which uses"
              + " no network, to compare with).",
          new ValueRange.Text(
              "one or more of " + DestinationKeys.words(), DestinationKeys::areObjects),
          DerivedObjects.CLASSIC.word());
  static final SettingKey HOLD =
      ALL.add(
          "hold",
          "Nothing goes there before a person has approved it.",
          KeyRanges.trueOrFalse(),
          "false");
  static final SettingKey SENDERS =
      ALL.add(
          "senders",
          "Only studies that these calling AE titles sent go there, comma-separated; empty: all.",
          KeyRanges.titles(),
          "");

  private DestinationKeys() {}

  static List<SettingKey> all() {
    return ALL.all();
  }

  /** What follows the name in a key, with its dot. */
  static String suffix(SettingKey key) {
    return key.name().substring((PREFIX + NAME).length());
  }

  /** The sets of objects that a value names. */
  static Set<DerivedObjects> objects(String value) {
    return Arrays.stream(value.split(",", -1))
        .map(word -> DerivedObjects.of(word.trim()))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(DerivedObjects.class)));
  }

  private static boolean areObjects(String value) {
    return Arrays.stream(value.split(",", -1)).map(String::trim).allMatch(words()::contains);
  }

  private static List<String> words() {
    return Arrays.stream(DerivedObjects.values()).map(DerivedObjects::word).toList();
  }
}
