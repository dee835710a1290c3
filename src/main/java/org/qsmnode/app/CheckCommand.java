package org.qsmnode.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.NetworkModel;
import org.qsmnode.network.Engine;
import org.qsmnode.network.Engines;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.route.AuditTrail;
import org.qsmnode.route.Destination;
import org.qsmnode.route.DicomPeers;
import org.qsmnode.route.NodeRole;
import org.qsmnode.route.NodeSettings;
import org.qsmnode.store.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tries everything that {@code serve} needs. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks settings, work folder, database, broker, inversion method, network engine, model"
          + " and destinations (C-ECHO).",
      "Exit status 1 if something is in the way of the node."
    })
final class CheckCommand implements Callable<Integer> {

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "settings (default: conf/application.properties of the installation)")
  @Nullable Path file;

  private record Row(String part, boolean good, String finding) {}

  @FunctionalInterface
  private interface Probe {
    String run() throws Exception;
  }

  private final List<Row> rows = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    Path source = file == null ? Configuration.defaultFile() : file;
    probe("settings", () -> readable(source));
    if (rows.stream().anyMatch(row -> !row.good())) {
      return print();
    }
    NodeSettings known = NodeSettings.from(Configuration.read(source, System.getenv()));
    rows.add(
        new Row(
            "roles",
            true,
            "%s does %s".formatted(known.name(), NodeRole.text(known.machine().roles()))));
    probe("method", () -> method(known));
    probe("network engine", CheckCommand::engine);
    probe("work folder", () -> closed(known));
    if (runs(known)) {
      rows.add(new Row("node", true, "runs and answers C-ECHO; database and broker are its own"));
    } else {
      probe("database", () -> database(known));
      probe("broker", () -> broker(known));
    }
    known.dicom().users().ifPresent(users -> rows.add(users(known)));
    destinations(known);
    return print();
  }

  private static String readable(Path source) throws IOException {
    Map<String, String> values = Configuration.read(source, System.getenv());
    NodeSettings.from(values);
    ReconstructionSettings.of(Configuration.reconstruction(values));
    return values.size() + " values in " + source;
  }

  /** Starts the network engine and checks the model's digest where the method needs them. */
  private static String method(NodeSettings settings) {
    Inversion inversion =
        ReconstructionSettings.of(Configuration.reconstruction(settings.properties())).inversion();
    if (inversion.networks().isEmpty()) {
      int processors = Runtime.getRuntime().availableProcessors();
      return "%s on %d processors; no trained model needed".formatted(inversion.name(), processors);
    }
    Engine engine = Engines.running();
    return inversion.networks().stream()
        .map(CheckCommand::model)
        .collect(
            Collectors.joining(
                ", ",
                inversion.name() + ", ",
                ", %s on %s".formatted(engine.name(), engine.device())));
  }

  private static String model(NetworkModel model) {
    return "model %s %s, sha256:%s as its digest says"
        .formatted(model.name(), model.version(), model.sha256().substring(0, 16));
  }

  private static String engine() {
    Engine engine = Engines.running();
    return "%s on %s".formatted(engine.name(), engine.device());
  }

  private static String closed(NodeSettings known) throws IOException {
    known.access().open(known.folders().work());
    return writable(known.folders().work());
  }

  private static String writable(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path trial = Files.createTempFile(folder, "check", ".tmp");
    Files.delete(trial);
    return "%s, %d GiB free".formatted(folder, Files.getFileStore(folder).getUsableSpace() >> 30);
  }

  private static boolean runs(NodeSettings settings) {
    PeerAddress own = settings.dicom().own();
    if (own.port() == 0) {
      return false;
    }
    String host = own.host().equals("0.0.0.0") ? "127.0.0.1" : own.host();
    try (Scu scu = new Scu(new PeerAddress(own.aeTitle(), host, own.port()), own.aeTitle())) {
      scu.dicom().echo();
      return true;
    } catch (IOException nobodyThere) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String database(NodeSettings settings) {
    try (Database database = Database.open(settings.database())) {
      return "%s, schema up to date".formatted(database.isH2() ? "embedded H2" : "PostgreSQL");
    }
  }

  private static String broker(NodeSettings settings) throws Exception {
    boolean embedded = settings.brokerUrl().isEmpty();
    try (Broker broker =
            embedded
                ? Broker.embedded(
                    settings.folders().work().resolve("broker"),
                    settings.spoolLimits().reservePercent())
                : Broker.at(settings.brokerUrl());
        var connection = broker.connections().createConnection()) {
      connection.start();
      return embedded ? "embedded Artemis" : settings.brokerUrl();
    }
  }

  private static Row users(NodeSettings settings) {
    String exempt =
        settings.callingBack().stream()
            .map(peer -> peer.aeTitle() + " at " + peer.host())
            .collect(Collectors.joining(", "));
    return new Row(
        "users",
        true,
        "whoever calls must be one"
            + (exempt.isEmpty() ? "" : "; to store and report commitment not: " + exempt));
  }

  private void destinations(NodeSettings settings) {
    Map<String, Destination> destinations = settings.send().destinations();
    if (destinations.isEmpty()) {
      rows.add(new Row("destinations", true, "none: results stay in the work folder"));
    }
    for (Destination destination : destinations.values()) {
      probe("destination " + destination.name(), () -> reached(destination, settings));
    }
  }

  private static String reached(Destination destination, NodeSettings settings) throws Exception {
    if (destination.place() instanceof Destination.Folder folder) {
      return writable(folder.folder());
    }
    if (destination.place() instanceof Destination.Stow stow) {
      return stow.url() + " by STOW-RS; not tried";
    }
    if (destination.dicom().isEmpty()) {
      return "whoever sent the study";
    }
    return verified(destination.dicom().get(), settings);
  }

  private static String verified(Destination.Dicom peer, NodeSettings settings) throws Exception {
    try (DicomPeers peers = new DicomPeers(settings, AuditTrail.none())) {
      peers.verify(peer);
    }
    return peer.peer() + " answers C-ECHO";
  }

  private void probe(String part, Probe probe) {
    try {
      rows.add(new Row(part, true, probe.run()));
    } catch (Exception e) {
      String message = e.getMessage();
      rows.add(new Row(part, false, message == null ? e.toString() : message));
    }
  }

  private int print() {
    int width = rows.stream().mapToInt(row -> row.part().length()).max().orElse(0);
    for (Row row : rows) {
      System.out.printf(
          "%-" + width + "s  %-7s  %s%n", row.part(), row.good() ? "ok" : "TROUBLE", row.finding());
    }
    return rows.stream().allMatch(Row::good) ? ExitStatus.DONE : ExitStatus.FAILURE;
  }
}
