package org.qsmnode.route;

import java.time.Duration;
import java.util.List;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.pipeline.ValueRange;

/** The keys {@code node.audit.*}: who did what, in the schema of PS3.15 A.5. */
final class AuditKeys {

  private static final KeyList ALL = new KeyList();

  static final SettingKey FOLDER =
      ALL.add(
          "node.audit.directory",
          "Folder of audit records, a file for each day with one message a line.",
          "path",
          KeyRanges.any("a folder; empty: audit in the work folder; off: no records"),
          "");
  static final SettingKey KEEP =
      ALL.add(
          "node.audit.keep",
          "Time that the files of past days are kept.",
          "",
          KeyRanges.durationOrNever(Duration.ofDays(1)),
          "never");
  static final SettingKey SYSLOG =
      ALL.add(
          "node.audit.syslog",
          "Audit repository that gets each message too, as syslog over UDP, or over TLS with the"
              + " keys of node.tls.",
          "",
          new ValueRange.Text(
              "udp://host:port or tls://host:port; empty: none",
              text -> text.isEmpty() || text.matches("(udp|tls)://[^/:\\s]+:[0-9]{1,5}")),
          "");
  static final SettingKey PATIENT_ID =
      ALL.add(
          "node.audit.patient-id",
          "Name the patient by Patient ID, and keep patient keys of queries; otherwise messages"
              + " name studies only.",
          "",
          KeyRanges.trueOrFalse(),
          "false");

  private AuditKeys() {}

  static List<SettingKey> all() {
    return ALL.all();
  }
}
