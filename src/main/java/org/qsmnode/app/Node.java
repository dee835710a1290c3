package org.qsmnode.app;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import org.qsmnode.camel.DicomConsumer;
import org.qsmnode.camel.OpenAssociations;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.NetworkModel;
import org.qsmnode.network.Engine;
import org.qsmnode.network.Engines;
import org.qsmnode.pipeline.Reconstruction;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.route.AuditTrail;
import org.qsmnode.route.DicomPeers;
import org.qsmnode.route.LedgerMeters;
import org.qsmnode.route.NodeParts;
import org.qsmnode.route.NodeRole;
import org.qsmnode.route.NodeRoutes;
import org.qsmnode.route.NodeSettings;
import org.qsmnode.route.OwedDeletions;
import org.qsmnode.route.ReceivedStudies;
import org.qsmnode.route.SpoolRecovery;
import org.qsmnode.store.Database;
import org.qsmnode.store.FutureRows;
import org.qsmnode.store.Leases;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.NodeClaim;
import org.qsmnode.store.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running node: database, spool, broker, scheduler and routes, wired by constructor, started in
 * that order and closed in reverse. Starting brings the ledger up to the spool and queues again
 * what was in hand when the process ended.
 */
public final class Node implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final NodeSettings settings;
  private final Clock clock;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final CompletableFuture<Optional<String>> end = new CompletableFuture<>();
  private @Nullable Main main;

  public Node(NodeSettings settings) {
    this(settings, Clock.systemDefaultZone());
  }

  Node(NodeSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Starts everything; returns when associations are accepted. */
  public void start() throws Exception {
    try {
      startParts();
    } catch (Exception e) {
      close();
      throw e;
    }
    LOG.info("{} runs: {}", settings.name(), NodeRole.text(settings.machine().roles()));
    if (settings.machine().has(NodeRole.RECEIVE)) {
      LOG.info(
          "{} accepts associations for {} on port {}",
          settings.name(),
          settings.dicom().own().aeTitle(),
          dicomPort());
    }
  }

  private void startParts() throws Exception {
    for (ListeningPort port : ListeningPort.of(settings)) {
      port.requireFree();
    }
    var folders = settings.folders();
    for (Path folder : List.of(folders.work(), folders.spool(), folders.results())) {
      settings.access().open(folder);
    }
    if (settings.audit().folder().isPresent()) {
      settings.access().open(settings.audit().folder().get());
    }
    AuditTrail audit = started(AuditTrail.open(settings, clock));
    Reconstruction reconstruction =
        new Reconstruction(
            ReconstructionSettings.of(Configuration.reconstruction(settings.properties())),
            SoftwareVersion.text(),
            clock);
    startNetworks(reconstruction.settings().inversion());
    Database database = started(Database.open(settings.database()));
    Ledger ledger = Ledger.on(database, clock);
    Heartbeat heartbeat = started(Heartbeat.begin(ledger, settings.machine(), this::over));
    NodeClaim claim = heartbeat.claim();
    Spool spool = started(Spool.open(folders.spool(), settings.name(), settings.spoolLimits()));
    int late = new FutureRows(database, clock).bringBack();
    if (late > 0) {
      LOG.warn("{} rows were written by a clock that ran ahead; they are due now", late);
    }
    new OwedDeletions(ledger.retention(), spool, folders.results()).run();
    if (settings.machine().has(NodeRole.RECEIVE)) {
      new SpoolRecovery(spool, ledger, clock.instant()).run();
    }
    Leases.TakenBack back = ledger.leases().takeBack();
    started(() -> ledger.jobs().handBack(claim.worker()));
    if (back.total() > 0) {
      LOG.info("{} jobs and {} deliveries go on where they were", back.jobs(), back.deliveries());
    }
    Broker broker =
        started(
            settings.brokerUrl().isEmpty()
                ? Broker.embedded(
                    folders.work().resolve("broker"), settings.spoolLimits().reservePercent())
                : Broker.at(settings.brokerUrl()));
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    started(meters::close);
    LedgerMeters.register(meters, ledger);
    OpenAssociations open = new OpenAssociations(settings.reservedAssociations());
    ReceivedStudies received = started(new ReceivedStudies(audit, open, clock));
    DicomPeers peers = started(new DicomPeers(settings, audit));
    startRoutes(
        new NodeParts(
            settings,
            claim,
            ledger,
            spool,
            reconstruction,
            open,
            peers,
            audit,
            received,
            meters,
            clock),
        broker);
  }

  /** Starts the network engine before the first study waits for it, and logs its networks. */
  private static void startNetworks(Inversion inversion) {
    for (NetworkModel model : inversion.networks()) {
      Engine engine = Engines.running();
      LOG.info(
          "{} by model {} {} sha256:{}, {} on {}",
          inversion.name(),
          model.name(),
          model.version(),
          model.sha256(),
          engine.name(),
          engine.device());
    }
  }

  private void startRoutes(NodeParts parts, Broker broker) throws Exception {
    Main camel = new Main();
    camel.setDefaultPropertyPlaceholderLocation("false");
    camel.configure().setName("qsm-node");
    camel.configure().setStartupSummaryLevel(org.apache.camel.StartupSummaryLevel.Off);
    camel.configure().setShutdownTimeout(20);
    camel.configure().setShutdownLogInflightExchangesOnTimeout(false);
    NodeRoutes routes = new NodeRoutes(parts);
    camel.configure().addRoutesBuilder(routes);
    web(camel, routes);
    JmsComponent jms = JmsComponent.jmsComponent(broker.connections());
    jms.setLazyCreateTransactionManager(false);
    camel.bind("jms", jms);
    schedulers(camel, parts.ledger().database());
    camel.bind("spool", parts.spool());
    camel.bind("openAssociations", parts.openAssociations());
    camel.bind("meterRegistry", parts.meters());
    camel.bind("node-health", routes.health());
    management(camel);
    main = camel;
    started(camel::stop);
    camel.start();
  }

  private void schedulers(Main camel, Database database) throws IOException {
    camel.bind("quartz", Scheduling.component(settings, database, ""));
    if (settings.machine().has(NodeRole.SEND)) {
      camel.bind("quartz-send", Scheduling.component(settings, database, "-send"));
    }
    if (settings.machine().has(NodeRole.NIGHT)) {
      camel.bind("quartz-night", Scheduling.component(settings, database, "-night"));
    }
  }

  /** Bodies of requests go to files of the work folder before they are taken apart. */
  private void web(Main camel, NodeRoutes routes) {
    if (settings.web().port() > 0 && settings.machine().has(NodeRole.RECEIVE)) {
      camel.configure().addRoutesBuilder(routes.web());
      camel.configure().setStreamCachingSpoolEnabled(true);
      camel
          .configure()
          .setStreamCachingSpoolDirectory(settings.folders().work().resolve("http").toString());
      camel.addInitialProperty("camel.server.enabled", "true");
      camel.addInitialProperty("camel.server.host", settings.web().bindAddress());
      camel.addInitialProperty("camel.server.port", Integer.toString(settings.web().port()));
    }
  }

  private void management(Main camel) {
    camel.addInitialProperty("camel.health.enabled", "true");
    camel.addInitialProperty("camel.metrics.enabled", "true");
    camel.addInitialProperty("camel.metrics.enableExchangeEventNotifier", "false");
    if (settings.managementPort() > 0) {
      camel.addInitialProperty("camel.management.enabled", "true");
      camel.addInitialProperty("camel.management.host", "127.0.0.1");
      camel.addInitialProperty(
          "camel.management.port", Integer.toString(settings.managementPort()));
      camel.addInitialProperty("camel.management.healthCheckEnabled", "true");
      camel.addInitialProperty("camel.management.metricsEnabled", "true");
    }
  }

  private void over(String why) {
    LOG.error("{} cannot go on: {}", settings.name(), why);
    end.complete(Optional.of(why));
  }

  /**
   * Waits until the node is closed, or until it cannot go on and should be closed.
   *
   * @return why it cannot go on; empty when it was closed
   */
  public Optional<String> awaitEnd() throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The port that DICOM is received on. */
  public int dicomPort() {
    Main camel = main;
    if (camel == null) {
      throw new IllegalStateException("the node is not started");
    }
    return ((DicomConsumer) camel.getCamelContext().getRoute("receive").getConsumer()).port();
  }

  private <T extends AutoCloseable> T started(T part) {
    started.push(part);
    return part;
  }

  /** Stops receiving, lets running steps end, and closes everything. */
  @Override
  public void close() {
    main = null;
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        LOG.error("a part of the node did not close", e);
      }
    }
    end.complete(Optional.empty());
  }
}
