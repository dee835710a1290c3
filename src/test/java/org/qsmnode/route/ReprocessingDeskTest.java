package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.OpenAssociations;
import org.qsmnode.pipeline.Reconstruction;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.route.ReprocessingRequest.Verb;
import org.qsmnode.store.AcquisitionRow;
import org.qsmnode.store.Database;
import org.qsmnode.store.DeliveryRow;
import org.qsmnode.store.DeliveryState;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.NodeClaim;
import org.qsmnode.store.PlannedDelivery;
import org.qsmnode.store.ReprocessingItem;
import org.qsmnode.store.ResultSeries;
import org.qsmnode.store.Spool;

class ReprocessingDeskTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String OLD = "ab".repeat(32);
  private static final String NEW = "cd".repeat(32);

  @TempDir Path folder;

  private NodeSettings settings;
  private Database database;
  private Ledger ledger;

  @BeforeEach
  void open() {
    settings = NodeSettings.from(Map.of("node.work.directory", folder.toString()));
    database = Database.open(settings.database());
    ledger = Ledger.on(database, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aDryRunNamesTheResultsOfAnotherRecipeAndTouchesNothing() throws Exception {
    String job = delivered();
    List<String> lines = desk(NEW).answer(new ReprocessingRequest(Verb.PLAN_STUDY, "9"));
    assertEquals(List.of("REDO    9  Its result is by another recipe."), lines);
    assertEquals(List.of(), ledger.reprocessing().all());
    assertEquals(1, ledger.jobs().all().size());
    assertEquals(job, ledger.jobs().all().get(0).jobId());
  }

  @Test
  void whatIsAskedForIsOnTheListOnceAndAtOnce() throws Exception {
    delivered();
    ReprocessingRequest request = new ReprocessingRequest(Verb.STUDY, "9");
    List<String> lines = desk(NEW).answer(request);
    assertEquals("1 new on the list.", lines.get(lines.size() - 1));
    lines = desk(NEW).answer(request);
    assertEquals("0 new on the list.", lines.get(lines.size() - 1));
    ReprocessingItem item = ledger.reprocessing().due(NOW).get(0);
    assertEquals(ReprocessingItem.Kind.REDO, item.kind());
    assertTrue(item.asked());
  }

  @Test
  void aResultOfTheRecipeInForceIsLeftAlone() throws Exception {
    delivered();
    assertEquals(
        List.of("nothing 9  Its result is by the recipe in force."),
        desk(OLD).answer(new ReprocessingRequest(Verb.PLAN_STUDY, "9")));
  }

  @Test
  void heldResultsAreListedApprovedAndRejected() throws Exception {
    delivered();
    String redo = ledger.reprocessing().redo(ledger.jobs().all().get(0), NEW).orElseThrow();
    ledger.jobs().start(redo, "n1");
    ledger
        .jobs()
        .ready(
            row(redo),
            NEW,
            result("2.25.2"),
            List.of(new PlannedDelivery("qsm-mean", "pacs", true)),
            () -> {});
    assertEquals(
        List.of(redo + "  qsm-mean to pacs"),
        desk(NEW).answer(new ReprocessingRequest(Verb.HELD, "")));
    assertEquals(
        List.of("1 deliveries approved."),
        desk(NEW).answer(new ReprocessingRequest(Verb.APPROVE, redo)));
    assertEquals(
        List.of("Nothing is held."), desk(NEW).answer(new ReprocessingRequest(Verb.HELD, "")));
  }

  @Test
  void aDeadDeliveryIsPlannedAndTriedAgainOnceForEachDeath() throws Exception {
    String job = dead();
    String delivery = ledger.deliveries().ofJob(job).get(0).deliveryId();
    List<String> plan = List.of("SEND    9  1 deliveries were given up.");
    assertEquals(plan, desk(OLD).answer(new ReprocessingRequest(Verb.PLAN_RETRY, "")));
    assertEquals(List.of(), ledger.reprocessing().all(), "a dry run touches nothing");
    List<String> lines = desk(OLD).answer(new ReprocessingRequest(Verb.RETRY, ""));
    assertEquals("1 new on the list.", lines.get(lines.size() - 1));
    shift().tick();
    DeliveryRow revived = ledger.deliveries().find(delivery).orElseThrow();
    assertEquals(DeliveryState.PENDING, revived.state());
    assertEquals(0, revived.attempts());
    assertEquals("1 deliveries are tried again.", ledger.reprocessing().all().get(0).outcome());
    assertEquals(List.of(), desk(OLD).answer(new ReprocessingRequest(Verb.PLAN_RETRY, "")));
  }

  private String dead() {
    String job = sending();
    assertTrue(
        ledger.deliveries().giveUp(sent(ledger.deliveries().ofJob(job).get(0).deliveryId()), "?"));
    return job;
  }

  private NightShift shift() throws Exception {
    AuditTrail audit = AuditTrail.none();
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    OpenAssociations open = new OpenAssociations();
    try (DicomPeers peers = new DicomPeers(settings, audit)) {
      NodeParts parts =
          new NodeParts(
              settings,
              new NodeClaim("node-1", "node-1/test"),
              ledger,
              Spool.open(settings.folders().spool(), "n1", settings.spoolLimits()),
              new Reconstruction(ReconstructionSettings.defaults(), "test", clock),
              open,
              peers,
              audit,
              new ReceivedStudies(audit, open, clock),
              new SimpleMeterRegistry(),
              clock);
      NightPlan plan = new NightPlan(ledger, Optional.empty(), Optional.empty(), OLD);
      return new NightShift(parts, plan, Optional.empty(), OLD);
    }
  }

  @Test
  void anUnknownStudyAndAWrongDateAreSaid() throws Exception {
    assertEquals(
        List.of("nothing 1.2.3  It is not known here, and no PACS is set."),
        desk(NEW).answer(new ReprocessingRequest(Verb.PLAN_STUDY, "1.2.3")));
    assertThrows(
        IllegalArgumentException.class,
        () -> desk(NEW).answer(new ReprocessingRequest(Verb.PLAN_SINCE, "yesterday")));
  }

  @Test
  void aRequestLeftInTheBoxIsAnsweredByTheNode() throws Exception {
    RequestBox box = new RequestBox(settings);
    CompletableFuture<Optional<List<String>>> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return box.ask(new ReprocessingRequest(Verb.PAUSE, ""), Duration.ofSeconds(60));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    while (!answer.isDone()) {
      box.answer(desk(NEW));
      Thread.sleep(20);
    }
    assertEquals(Optional.of(List.of("Paused: nothing more is started.")), answer.get());
    assertTrue(ledger.reprocessing().paused());
  }

  @Test
  void aRequestThatNobodyAnswersStaysInTheBox() throws Exception {
    RequestBox box = new RequestBox(settings);
    ReprocessingRequest pause = new ReprocessingRequest(Verb.PAUSE, "");
    assertEquals(Optional.empty(), box.ask(pause, Duration.ofMillis(400)));
    box.answer(desk(NEW));
    assertTrue(ledger.reprocessing().paused(), "a node that starts later does it");
  }

  private ReprocessingDesk desk(String recipe) {
    return new ReprocessingDesk(
        ledger,
        new NightPlan(ledger, Optional.empty(), Optional.empty(), recipe),
        new ResultComparison(ledger, settings.folders().results()),
        false);
  }

  private String delivered() {
    String job = sending();
    ledger
        .deliveries()
        .delivered(sent(ledger.deliveries().ofJob(job).get(0).deliveryId()), "1 x 0000");
    return job;
  }

  private String sending() {
    ledger
        .instances()
        .add(
            new InstanceRow(
                "1.1", "1.2.840", "9", "9.1", "f".repeat(64), "p/1.1", 10, "MR", NOW, "{}"),
            NOW);
    AcquisitionRow row = ledger.acquisitions().observe("a-1", "9", List.of("1.1"), 3, 16);
    ledger.acquisitions().complete("a-1", row.sourceDigest());
    String job =
        ledger
            .jobs()
            .queue(ledger.acquisitions().find("a-1").orElseThrow(), List.of("1.1"))
            .orElseThrow();
    ledger.jobs().start(job, "n1");
    ledger
        .jobs()
        .ready(
            row(job),
            OLD,
            result("2.25.1"),
            List.of(new PlannedDelivery("qsm-mean", "pacs", false)),
            () -> {});
    ledger.deliveries().start(ledger.deliveries().ofJob(job).get(0).deliveryId(), "n1");
    return job;
  }

  private static List<ResultSeries> result(String uid) {
    return List.of(
        new ResultSeries(
            "qsm-mean",
            uid + ".10",
            List.of(new ResultSeries.ResultFile(uid, "m/" + uid, "d".repeat(64)))));
  }

  private JobRow row(String jobId) {
    return ledger.jobs().find(jobId).orElseThrow();
  }

  private DeliveryRow sent(String delivery) {
    return ledger.deliveries().find(delivery).orElseThrow();
  }
}
