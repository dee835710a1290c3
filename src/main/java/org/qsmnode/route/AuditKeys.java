package org.qsmnode.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.pipeline.ValueRange;

/** The keys {@code node.audit.*}: who did what, in the schema of PS3.15 A.5. */
final class AuditKeys {

  private static final List<SettingKey> ALL = new ArrayList<>();

  static final SettingKey FOLDER =
      key(
          "node.audit.directory",
          "Folder of audit records, a file for each day with one message a line.",
          "path",
          KeyRanges.any("a folder; empty: audit in the work folder; off: no records"),
          "");
  static final SettingKey KEEP =
      key(
          "node.audit.keep",
          "Time that the files of past days are kept.",
          "",
          KeyRanges.durationOrNever(Duration.ofDays(1)),
          "never");
  static final SettingKey SYSLOG =
      key(
          "node.audit.syslog",
          "Audit repository that gets each message too, as syslog over UDP, or over TLS with the"
              + " keys of node.tls.",
          "",
          new ValueRange.Text(
              "udp://host:port or tls://host:port; empty: none",
              text -> text.isEmpty() || text.matches("(udp|tls)://[^/:\\s]+:[0-9]{1,5}")),
          "");
  static final SettingKey PATIENT_ID =
      key(
          "node.audit.patient-id",
          "Name the patient by Patient ID, and keep patient keys of queries; otherwise messages"
              + " name studies only.",
          "",
          KeyRanges.trueOrFalse(),
          "false");

  private AuditKeys() {}

  static List<SettingKey> all() {
    return List.copyOf(ALL);
  }

  private static SettingKey key(
      String name, String meaning, String unit, ValueRange range, String defaultValue) {
    SettingKey key = new SettingKey(name, meaning, unit, range, defaultValue);
    ALL.add(key);
    return key;
  }
}
