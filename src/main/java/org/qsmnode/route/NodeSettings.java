package org.qsmnode.route;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.camel.ReservedAssociations;
import org.qsmnode.series.find.CompletenessSettings;
import org.qsmnode.store.DatabaseSettings;
import org.qsmnode.store.FolderAccess;
import org.qsmnode.store.SpoolLimits;

/**
 * Everything {@code serve} can be told, bound once from properties and checked.
 *
 * @param machine what this node is among those that share its ledger
 * @param folders where files are
 * @param access who may enter those folders
 * @param keepNifti whether every stage is kept as NIfTI beside the derived series
 * @param sweep interval at which quiet studies and due retries are looked for
 * @param brokerUrl URL of an Artemis broker, empty for the one inside this process
 * @param quartzProperties file with Quartz settings, empty for those of the distribution
 * @param managementPort port of health and metrics on loopback, 0 for none
 * @param properties all properties, for the settings of other packages
 */
public record NodeSettings(
    MachineSettings machine,
    Folders folders,
    FolderAccess access,
    boolean keepNifti,
    SpoolLimits spoolLimits,
    DicomSettings dicom,
    TlsSettings tls,
    CompletenessSettings completeness,
    Duration sweep,
    int processes,
    Backoff processBackoff,
    SendSettings send,
    Peers peers,
    PacsSettings pacs,
    NightSettings night,
    RetentionSettings retention,
    WebSettings web,
    AuditSettings audit,
    DatabaseSettings database,
    String brokerUrl,
    String quartzProperties,
    int managementPort,
    Map<String, String> properties) {

  public NodeSettings {
    properties = Map.copyOf(properties);
    if (dicom.providesCommitment() && !retention.keepsAll()) {
      throw new IllegalArgumentException(
          "node.commitment.provide promises to keep what node.retention deletes");
    }
  }

  /**
   * Binds and checks.
   *
   * @param properties every {@code node.*} key must be one of {@link NodeKeys}
   */
  public static NodeSettings from(Map<String, String> properties) {
    rejectUnknown(properties);
    NodeValues values = new NodeValues(properties);
    Folders folders = Folders.from(values);
    return new NodeSettings(
        MachineSettings.from(values),
        folders,
        FolderAccess.valueOf(values.text(NodeKeys.ACCESS).toUpperCase(Locale.ROOT)),
        Boolean.parseBoolean(values.text(NodeKeys.NIFTI)),
        new SpoolLimits(
            (long) values.whole(NodeKeys.MAX_OBJECT) << 20, values.whole(NodeKeys.RESERVE)),
        DicomSettings.from(values),
        TlsSettings.from(values),
        new CompletenessSettings(
            values.duration(NodeKeys.QUIET_AFTER_COUNT),
            values.duration(NodeKeys.QUIET),
            values.duration(NodeKeys.HARD_LIMIT)),
        values.duration(NodeKeys.SWEEP),
        values.whole(NodeKeys.PROCESSES),
        new Backoff(
            values.whole(NodeKeys.PROCESS_ATTEMPTS), values.durations(NodeKeys.PROCESS_RETRY)),
        SendSettings.from(values, properties),
        Peers.from(values),
        PacsSettings.from(values),
        NightSettings.from(values),
        RetentionSettings.from(values),
        WebSettings.from(values),
        AuditSettings.from(values, folders.work()),
        database(values, folders.work()),
        values.text(NodeKeys.BROKER_URL),
        values.text(NodeKeys.QUARTZ),
        values.whole(NodeKeys.MANAGEMENT_PORT),
        properties);
  }

  /** Name of this node. */
  public String name() {
    return machine.name();
  }

  /**
   * The peers that open associations to the node because of what it asked of them: the PACS and
   * DICOM destinations. Where results go back to senders, these are all that {@code
   * node.dicom.peers} names.
   */
  public List<PeerAddress> callingBack() {
    Collection<Destination> destinations = send.destinations().values();
    boolean senders =
        destinations.stream().anyMatch(one -> one.place() instanceof Destination.Sender);
    return Stream.of(
            pacs.peer().stream(),
            destinations.stream().flatMap(one -> one.dicom().stream()),
            senders ? peers.all().stream() : Stream.<Destination.Dicom>empty())
        .flatMap(found -> found)
        .map(Destination.Dicom::peer)
        .distinct()
        .toList();
  }

  private static DatabaseSettings database(NodeValues values, Path work) {
    int connections = values.whole(NodeKeys.DATABASE_CONNECTIONS);
    String url = values.text(NodeKeys.DATABASE_URL);
    return new DatabaseSettings(
        url.isEmpty() ? DatabaseSettings.embedded(work.resolve("database")).url() : url,
        values.text(NodeKeys.DATABASE_USER),
        values.text(NodeKeys.DATABASE_PASSWORD),
        connections);
  }

  private static void rejectUnknown(Map<String, String> properties) {
    for (String key : properties.keySet()) {
      if (key.startsWith("node.")
          && !key.startsWith("node.destination.")
          && NodeKeys.all().stream().noneMatch(known -> known.name().equals(key))) {
        throw new IllegalArgumentException(key + " is not a key of this version");
      }
    }
  }

  /** Associations that are kept for the AE titles that these settings name. */
  public ReservedAssociations reservedAssociations() {
    Stream<Destination.Dicom> named =
        Stream.of(
                send.destinations().values().stream().flatMap(each -> each.dicom().stream()),
                peers.all().stream(),
                pacs.peer().stream())
            .flatMap(each -> each);
    return new ReservedAssociations(
        Stream.of(
                named.map(each -> each.peer().aeTitle()),
                dicom.acceptedCallingAeTitles().stream(),
                dicom.storingAeTitles().stream())
            .flatMap(each -> each)
            .collect(Collectors.toSet()),
        dicom.reservedAssociationsPercent(),
        dicom.maxAssociationsPerAddress());
  }

  /** Where files are. */
  public record Folders(Path work, Path spool, Path results) {

    static Folders from(NodeValues values) {
      Path work = Path.of(values.text(NodeKeys.WORK)).toAbsolutePath().normalize();
      return new Folders(
          work,
          orElse(values.text(NodeKeys.SPOOL), work.resolve("spool")),
          orElse(values.text(NodeKeys.RESULTS), work.resolve("results")));
    }

    private static Path orElse(String text, Path path) {
      return text.isEmpty() ? path : Path.of(text).toAbsolutePath().normalize();
    }
  }
}
