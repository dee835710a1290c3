package org.qsmnode.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.pipeline.ValueRange;

/** The keys {@code node.commitment.*} and {@code node.pacs.*}: whom to ask what it keeps. */
final class CommitmentKeys {

  private static final List<SettingKey> ALL = new ArrayList<>();

  static final SettingKey TIMEOUT =
      key(
          "node.commitment.timeout",
          "Time for the answer to a storage commitment request; then the destination is queried for"
              + " the objects.",
          KeyRanges.duration(Duration.ofSeconds(1), Duration.ofDays(7)),
          "24h");
  static final SettingKey PACS_AET =
      key(
          "node.pacs.aet",
          "AE title of the PACS that is queried and retrieved from.",
          KeyRanges.any("an AE title; empty: none"),
          "");
  static final SettingKey PACS_HOST =
      key("node.pacs.host", "Host of that PACS.", KeyRanges.any("a name or an address"), "");
  static final SettingKey PACS_PORT =
      key("node.pacs.port", "TCP port of that PACS.", new ValueRange.Whole(1, 65535), "104");
  static final SettingKey PACS_TLS =
      key("node.pacs.tls", "Ask it over TLS.", KeyRanges.trueOrFalse(), "false");
  static final SettingKey PACS_RETRIEVE =
      key(
          "node.pacs.retrieve",
          "How studies are retrieved: C-MOVE to this node, which the PACS must know, or C-GET.",
          new ValueRange.Choice(List.of("move", "get")),
          "get");
  static final SettingKey LATE_AFTER =
      key(
          "node.pacs.late-after",
          "Age of a study from which patient and study identity are asked of the PACS again before"
              + " a result is sent; reprocessed studies always are.",
          KeyRanges.duration(Duration.ofSeconds(1), Duration.ofDays(3650)),
          "1d");

  private CommitmentKeys() {}

  static List<SettingKey> all() {
    return List.copyOf(ALL);
  }

  private static SettingKey key(
      String name, String meaning, ValueRange range, String defaultValue) {
    SettingKey key = new SettingKey(name, meaning, "", range, defaultValue);
    ALL.add(key);
    return key;
  }
}
