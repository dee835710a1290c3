package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.OpenAssociations;
import org.qsmnode.pipeline.Reconstruction;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.series.find.Recognition;
import org.qsmnode.store.AcquisitionRow;
import org.qsmnode.store.Database;
import org.qsmnode.store.DeliveryRow;
import org.qsmnode.store.DeliveryState;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.JobState;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.NodeClaim;
import org.qsmnode.store.PlannedDelivery;
import org.qsmnode.store.ResultSeries;
import org.qsmnode.store.Spool;

/**
 * A database that does what it is asked and then fails before it answers: its user may not force
 * the file any more, which is the step after the commit.
 */
@Timeout(60)
class LostAnswerTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
  private static final String WORKER = "n1/test";

  @TempDir Path folder;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private NodeSettings settings;
  private Ledger ledger;
  private Connection administrator;
  private NodeParts parts;

  @BeforeEach
  void open() throws Exception {
    settings =
        NodeSettings.from(
            Map.of(
                "node.work.directory", folder.toString(),
                "node.spool.reserve-percent", "0",
                "node.destination.copy.folder", folder.resolve("copy").toString()));
    ledger = Ledger.on(Database.open(settings.database()), CLOCK);
    sql(ledger.database().dataSource().getConnection(), "CREATE USER boss PASSWORD '' ADMIN");
    administrator =
        DriverManager.getConnection(
            settings.database().url() + ";DB_CLOSE_ON_EXIT=FALSE", "boss", "");
    ReconstructionSettings defaults = ReconstructionSettings.defaults();
    parts =
        new NodeParts(
            settings,
            new NodeClaim("n1", WORKER),
            ledger,
            Spool.open(settings.folders().spool(), "n1", settings.spoolLimits()),
            new Reconstruction(defaults, "test", CLOCK),
            new OpenAssociations(),
            new DicomPeers(settings, AuditTrail.none()),
            AuditTrail.none(),
            new ReceivedStudies(AuditTrail.none(), new OpenAssociations(), CLOCK),
            new SimpleMeterRegistry(),
            CLOCK);
  }

  @AfterEach
  void close() throws Exception {
    administrator.close();
    parts.spool().close();
    ledger.database().close();
    camel.close();
  }

  @Test
  void aJobWhoseStartWasNotAnsweredIsTriedLikeAnyOther() throws Exception {
    String job = queued();
    answersAreLost();
    CompletableFuture<Exchange> run =
        running(
            new ProcessJob(parts, new Recognition(ReconstructionSettings.defaults().recognition())),
            job);
    Awaitility.await().until(() -> job(job).attempts() == 1 || run.isDone());
    answersArrive();
    run.get(30, TimeUnit.SECONDS);
    assertEquals(JobState.QUEUED, job(job).state(), "its files are missing: it is tried again");
    assertEquals(1, job(job).attempts());
  }

  @Test
  void aDeliveryWhoseStartWasNotAnsweredIsTriedLikeAnyOther() throws Exception {
    String delivery = pending();
    answersAreLost();
    AskCommitment commitment = new AskCommitment(ledger, settings, parts.peers(), CLOCK);
    IdentityCheck identity = new IdentityCheck(ledger, settings, Optional.empty(), CLOCK);
    CompletableFuture<Exchange> run =
        running(new SendDelivery(parts, commitment, identity).begin(), delivery);
    Awaitility.await().until(() -> delivery(delivery).attempts() == 1 || run.isDone());
    answersArrive();
    run.get(30, TimeUnit.SECONDS);
    assertEquals(DeliveryState.DEAD, delivery(delivery).state(), "its file is missing");
  }

  private CompletableFuture<Exchange> running(Processor step, String id) {
    Exchange exchange = new DefaultExchange(camel);
    exchange.getIn().setBody(id);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            step.process(exchange);
            return exchange;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void answersAreLost() throws SQLException {
    sql(administrator, "GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA PUBLIC TO sa");
    sql(administrator, "ALTER USER sa ADMIN FALSE");
  }

  private void answersArrive() throws SQLException {
    sql(administrator, "ALTER USER sa ADMIN TRUE");
  }

  private static void sql(Connection connection, String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private String queued() {
    List<String> sources = List.of("1.1");
    AcquisitionRow row = ledger.acquisitions().observe("a-1", "9", sources, 3, 16);
    ledger.acquisitions().complete("a-1", row.sourceDigest());
    return ledger
        .jobs()
        .queue(ledger.acquisitions().find("a-1").orElseThrow(), sources)
        .orElseThrow();
  }

  private String pending() {
    JobRow running = ledger.jobs().start(queued(), WORKER).orElseThrow();
    ResultSeries series =
        new ResultSeries(
            "qsm-mean",
            "2.25.10",
            List.of(new ResultSeries.ResultFile("2.25.1", "m/1.dcm", "d".repeat(64))));
    ledger
        .jobs()
        .ready(
            running,
            "ab".repeat(32),
            List.of(series),
            List.of(new PlannedDelivery("qsm-mean", "copy", false)),
            () -> {});
    return ledger.deliveries().ofJob(running.jobId()).get(0).deliveryId();
  }

  private JobRow job(String jobId) {
    return ledger.jobs().find(jobId).orElseThrow();
  }

  private DeliveryRow delivery(String deliveryId) {
    return ledger.deliveries().find(deliveryId).orElseThrow();
  }
}
