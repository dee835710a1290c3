package org.qsmnode.route;

import java.time.Duration;
import java.util.List;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.pipeline.ValueRange;

/** The keys {@code node.commitment.*} and {@code node.pacs.*}: whom to ask what it keeps. */
final class CommitmentKeys {

  private static final KeyList ALL = new KeyList();

  static final SettingKey TIMEOUT =
      ALL.add(
          "node.commitment.timeout",
          "Time for the answer to a storage commitment request; then the destination is queried for"
              + " the objects.",
          KeyRanges.duration(Duration.ofSeconds(1), Duration.ofDays(7)),
          "24h");
  static final SettingKey PROVIDE =
      ALL.add(
          "node.commitment.provide",
          "Promise to keep received objects, to whoever asks by storage commitment; whoever does"
              + " not wait for the result on the same association has to be in node.dicom.peers.",
          KeyRanges.trueOrFalse(),
          "false");
  static final SettingKey PACS_AET =
      ALL.add(
          "node.pacs.aet",
          "AE title of the PACS that is queried and retrieved from.",
          KeyRanges.any("an AE title; empty: none"),
          "");
  static final SettingKey PACS_HOST =
      ALL.add("node.pacs.host", "Host of that PACS.", KeyRanges.any("a name or an address"), "");
  static final SettingKey PACS_PORT =
      ALL.add("node.pacs.port", "TCP port of that PACS.", new ValueRange.Whole(1, 65535), "104");
  static final SettingKey PACS_TLS =
      ALL.add("node.pacs.tls", "Ask it over TLS.", KeyRanges.trueOrFalse(), "false");
  static final SettingKey PACS_USER =
      ALL.add(
          "node.pacs.user",
          "User that the node says it is on associations with that PACS.",
          KeyRanges.any("a name; empty: none"),
          "");
  static final SettingKey PACS_PASSWORD =
      ALL.add("node.pacs.password", "Passcode of that user.", KeyRanges.secret(), "");
  static final SettingKey PACS_RETRIEVE =
      ALL.add(
          "node.pacs.retrieve",
          "How studies are retrieved: C-MOVE to this node, which the PACS must know, or C-GET.",
          new ValueRange.Choice(List.of("move", "get")),
          "get");
  static final SettingKey PACS_RETRIEVE_TIMEOUT =
      ALL.add(
          "node.pacs.retrieve-timeout",
          "Time from one answer to C-MOVE or C-GET to the next.",
          KeyRanges.duration(Duration.ofSeconds(1), Duration.ofHours(6)),
          "10m");
  static final SettingKey LATE_AFTER =
      ALL.add(
          "node.pacs.late-after",
          "Age of a study from which patient and study identity are asked of the PACS again before"
              + " a result is sent; reprocessed studies always are.",
          KeyRanges.duration(Duration.ofSeconds(1), Duration.ofDays(3650)),
          "1d");

  private CommitmentKeys() {}

  static List<SettingKey> all() {
    return ALL.all();
  }
}
