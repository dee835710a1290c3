package org.qsmnode.route;

import java.time.Duration;
import java.util.List;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.pipeline.ValueRange;

/** Every key {@code node.*}, in the order of the configuration file. */
public final class NodeKeys {

  private static final KeyList ALL = new KeyList();

  static {
    ALL.addAll(MachineKeys.all());
  }

  static final SettingKey WORK =
      ALL.add(
          "node.work.directory",
          "Folder of database and queues, and of spool, results and audit records unless those are"
              + " elsewhere; on a local disk.",
          "path",
          KeyRanges.nonEmpty("a folder"),
          "work");
  static final SettingKey SPOOL =
      ALL.add(
          "node.spool.directory",
          "Folder of received objects, where several nodes share one.",
          "path",
          KeyRanges.any("a folder; empty: spool in the work folder"),
          "");
  static final SettingKey RESULTS =
      ALL.add(
          "node.results.directory",
          "Folder of derived series, where several nodes share one.",
          "path",
          KeyRanges.any("a folder; empty: results in the work folder"),
          "");
  static final SettingKey ACCESS =
      ALL.add(
          "node.files.access",
          "Who may enter the folders of work, spool, results and audit: the user of the node, or"
              + " its group too, for nodes of several users on one spool.",
          "",
          new ValueRange.Choice(List.of("owner", "group")),
          "owner");
  static final SettingKey NIFTI =
      ALL.add(
          "node.results.nifti",
          "Keep every stage of a reconstruction as NIfTI beside its derived series.",
          "",
          KeyRanges.trueOrFalse(),
          "false");
  static final SettingKey RESERVE =
      ALL.add(
          "node.spool.reserve-percent",
          "Part of the spool's disk that stays free; below it objects are answered A700.",
          "percent",
          new ValueRange.Whole(0, 90),
          "10");
  static final SettingKey MAX_OBJECT =
      ALL.add(
          "node.spool.max-object-mebibytes",
          "Largest object that is taken; larger ones are answered A700.",
          "MiB",
          new ValueRange.Whole(1, 65536),
          "4096");
  static final SettingKey AE_TITLE =
      ALL.add("node.dicom.ae-title", "Own AE title.", "", KeyRanges.aet(), "QSMNODE");
  static final SettingKey BIND =
      ALL.add(
          "node.dicom.bind-address",
          "Address that is listened on.",
          "",
          KeyRanges.nonEmpty("an address of this machine"),
          "0.0.0.0");
  static final SettingKey PORT =
      ALL.add(
          "node.dicom.port",
          "TCP port that is listened on; 0: any free one.",
          "",
          new ValueRange.Whole(0, 65535),
          "11112");
  static final SettingKey ACCEPTED =
      ALL.add(
          "node.dicom.accepted-calling-ae-titles",
          "AE titles that may open an association, comma-separated; empty: any.",
          "",
          KeyRanges.titles(),
          "");
  static final SettingKey STORING =
      ALL.add(
          "node.dicom.storing-ae-titles",
          "AE titles that may store, comma-separated; others are answered 0124; empty: all that"
              + " are accepted.",
          "",
          KeyRanges.titles(),
          "");
  static final SettingKey ADDRESSES =
      ALL.add(
          "node.dicom.accepted-addresses",
          "Addresses that may open an association, as address or network/bits, comma-separated;"
              + " empty: any.",
          "",
          KeyRanges.any("IPv4 or IPv6 addresses and networks"),
          "");
  static final SettingKey PEERS =
      ALL.add(
          "node.dicom.peers",
          "Known application entities: where C-MOVE may send to, and where the sender of a study is"
              + " found when results go back to it.",
          "",
          KeyRanges.any("AET@host:port or AET@host:port/tls, comma-separated"),
          "");
  static final SettingKey ASSOCIATIONS =
      ALL.add(
          "node.dicom.max-associations",
          "Associations open at a time; more are rejected as transient.",
          "",
          new ValueRange.Whole(1, 1000),
          "16");
  static final SettingKey ASSOCIATIONS_PER_AE =
      ALL.add(
          "node.dicom.max-associations-per-calling-ae",
          "Associations open at a time from one AE title.",
          "",
          new ValueRange.Whole(1, 1000),
          "8");
  static final SettingKey ASSOCIATIONS_PER_ADDRESS =
      ALL.add(
          "node.dicom.max-associations-per-address",
          "Associations open at a time from one address, those kept for known senders not counted;"
              + " 0: as many as leave the reserved part free.",
          "",
          new ValueRange.Whole(0, 1000),
          "0");
  static final SettingKey RESERVED_ASSOCIATIONS =
      ALL.add(
          "node.dicom.reserved-associations-percent",
          "Part of the associations that is kept for known senders: AE titles of destinations,"
              + " peers and PACS, and those that are accepted or may store by name.",
          "percent",
          new ValueRange.Whole(0, 90),
          "25");
  static final SettingKey PDU =
      ALL.add(
          "node.dicom.receive-pdu-bytes",
          "Largest PDU that is received.",
          "bytes",
          new ValueRange.Whole(4096, 1 << 20),
          "131072");
  static final SettingKey SEND_PDU =
      ALL.add(
          "node.dicom.send-pdu-bytes",
          "Largest PDU that is sent, where the peer allows it.",
          "bytes",
          new ValueRange.Whole(4096, 1 << 20),
          "131072");
  static final SettingKey ASSOCIATE_TIMEOUT =
      ALL.add(
          "node.dicom.associate-timeout",
          "Time for the negotiation of an association.",
          "",
          KeyRanges.duration(Duration.ofSeconds(1), Duration.ofMinutes(5)),
          "15s");
  static final SettingKey IDLE_TIMEOUT =
      ALL.add(
          "node.dicom.idle-timeout",
          "Silence after which an association is ended.",
          "",
          KeyRanges.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
          "60s");
  static final SettingKey RELEASE_TIMEOUT =
      ALL.add(
          "node.dicom.release-timeout",
          "Time for the end of an association.",
          "",
          KeyRanges.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
          "5s");
  static final SettingKey RESPONSE_TIMEOUT =
      ALL.add(
          "node.dicom.response-timeout",
          "Time for the answer of a peer to a request other than storing and retrieving.",
          "",
          KeyRanges.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
          "60s");
  static final SettingKey USERS =
      ALL.add(
          "node.dicom.users",
          "Users that may open an association, each by a line name=passcode of a file; by name"
              + " alone where the passcode is empty.",
          "path",
          KeyRanges.any("a file; empty: identities are neither asked for nor looked at"),
          "");
  static final SettingKey OTHER_CONTENT =
      ALL.add(
          "node.dicom.same-uid-other-content",
          "Answer to an object whose UID is known with other content: 0000 or 0111; a copy goes to"
              + " quarantine.",
          "",
          new ValueRange.Choice(List.of("accept", "refuse")),
          "accept");

  static {
    ALL.addAll(TlsKeys.all());
  }

  static final SettingKey QUIET_AFTER_COUNT =
      ALL.add(
          "node.assemble.quiet-after-count",
          "Silence of the study after which an acquisition with all announced objects is complete.",
          "",
          KeyRanges.duration(Duration.ofMillis(100), Duration.ofHours(1)),
          "15s");
  static final SettingKey QUIET =
      ALL.add(
          "node.assemble.quiet",
          "Silence of the study, no association open, after which a regular acquisition without an"
              + " announced count is complete.",
          "",
          KeyRanges.duration(Duration.ofMillis(100), Duration.ofDays(1)),
          "120s");
  static final SettingKey HARD_LIMIT =
      ALL.add(
          "node.assemble.hard-limit",
          "Time after the first object when an acquisition that lacks objects is INCOMPLETE.",
          "",
          KeyRanges.duration(Duration.ofSeconds(1), Duration.ofDays(7)),
          "60m");
  static final SettingKey SWEEP =
      ALL.add(
          "node.assemble.sweep",
          "Interval of each sweep: quiet studies, due retries, commitment, night and retention.",
          "",
          KeyRanges.duration(Duration.ofMillis(100), Duration.ofHours(1)),
          "2s");
  static final SettingKey PROCESSES =
      ALL.add(
          "node.process.concurrent",
          "Jobs computed at a time.",
          "",
          new ValueRange.Whole(1, 64),
          "1");
  static final SettingKey PROCESS_ATTEMPTS =
      ALL.add(
          "node.process.max-attempts",
          "Times a job is started before it is FAILED.",
          "",
          new ValueRange.Whole(1, 100),
          "3");
  static final SettingKey PROCESS_RETRY =
      ALL.add(
          "node.process.retry",
          "Waits before a failed job is started again; the last one repeats.",
          "",
          KeyRanges.durations(),
          "1m,10m");

  static {
    ALL.addAll(DestinationKeys.all());
    ALL.addAll(SendKeys.all());
  }

  static final SettingKey DATABASE_URL =
      ALL.add(
          "node.database.url",
          "JDBC URL of the ledger.",
          "",
          new ValueRange.Text(
              "jdbc:h2:... or jdbc:postgresql:...; empty: H2 in the work folder",
              text -> text.isEmpty() || text.matches("jdbc:(h2|postgresql):.+")),
          "");
  static final SettingKey DATABASE_USER =
      ALL.add(
          "node.database.user", "User of the database.", "", KeyRanges.nonEmpty("a name"), "sa");
  static final SettingKey DATABASE_PASSWORD =
      ALL.add("node.database.password", "Password of that user.", "", KeyRanges.any("a text"), "");
  static final SettingKey DATABASE_CONNECTIONS =
      ALL.add(
          "node.database.connections",
          "Size of the connection pool.",
          "",
          new ValueRange.Whole(4, 100),
          "16");
  static final SettingKey BROKER_URL =
      ALL.add(
          "node.broker.url",
          "URL of an Artemis broker.",
          "",
          KeyRanges.any("a URL; empty: inside this process, journal in the work folder"),
          "");
  static final SettingKey QUARTZ =
      ALL.add(
          "node.quartz.properties",
          "File with settings of the Quartz scheduler.",
          "path",
          KeyRanges.any("a file; empty: what the distribution has in conf/quartz.properties"),
          "");

  static {
    ALL.addAll(CommitmentKeys.all());
    ALL.addAll(NightKeys.all());
    ALL.addAll(RetentionKeys.all());
    ALL.addAll(WebKeys.all());
    ALL.addAll(AuditKeys.all());
  }

  static final SettingKey MANAGEMENT_PORT =
      ALL.add(
          "node.management.port",
          "TCP port of health (/observe/health) and metrics (/observe/metrics) on loopback; 0:"
              + " off.",
          "",
          new ValueRange.Whole(0, 65535),
          "11180");

  private NodeKeys() {}

  /** All keys. */
  public static List<SettingKey> all() {
    return ALL.all();
  }
}
