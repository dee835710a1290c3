package org.qsmnode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;

/** What every database under the ledger has to do. */
public abstract class LedgerContract {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final List<String> SOURCES = List.of("1.1", "1.2");

  private static final Duration LEASE = Duration.ofMinutes(1);

  private static final String RECIPE = "ab".repeat(32);

  private Ledger ledger;
  private Instant now = NOW;

  /** An empty database; the same one whenever it is asked in one test. */
  protected abstract DatabaseSettings database();

  @BeforeEach
  void open() {
    ledger =
        Ledger.on(
            Database.open(database()),
            new Clock() {
              @Override
              public Instant instant() {
                return now;
              }

              @Override
              public ZoneId getZone() {
                return ZoneOffset.UTC;
              }

              @Override
              public Clock withZone(ZoneId zone) {
                return this;
              }
            });
  }

  @AfterEach
  void close() {
    ledger.database().close();
  }

  @Test
  void anObjectIsAddedOnceAndPutsItsStudyOnTheList() {
    assertTrue(ledger.instances().add(instance("1.1"), NOW.plusSeconds(15)));
    assertTrue(ledger.instances().add(instance("1.2"), NOW.plusSeconds(16)));
    assertFalse(ledger.instances().add(instance("1.1"), NOW.plusSeconds(99)));
    assertEquals(2, ledger.instances().count());
    assertEquals(List.of(), ledger.instances().studiesToExamine(NOW.plusSeconds(15), 10));
    StudyRow study = ledger.instances().studiesToExamine(NOW.plusSeconds(16), 10).get(0);
    assertEquals(2, study.instanceCount());
    assertEquals(2, ledger.instances().ofStudy("9").size());
    assertEquals(java.util.Set.of("p/1.1"), ledger.instances().pathsOf(List.of("1.1", "1.3")));
  }

  @Test
  void anExaminationIsNotSkippedWhenAnObjectCameMeanwhile() {
    ledger.instances().add(instance("1.1"), NOW);
    StudyRow study = ledger.instances().studiesToExamine(NOW, 10).get(0);
    ledger.instances().add(instance("1.2"), NOW);
    assertFalse(ledger.instances().examineNext(study, null));
    assertEquals(1, ledger.instances().studiesToExamine(NOW, 10).size());
    StudyRow fresh = ledger.instances().studiesToExamine(NOW, 10).get(0);
    assertTrue(ledger.instances().examineNext(fresh, null));
    assertEquals(0, ledger.instances().studiesToExamine(NOW, 10).size());
  }

  @Test
  void theWholeWayEndsDeliveredAndEveryStepCountsOnce() {
    String job = queued(SOURCES);
    assertEquals(List.of(job), dueJobs());
    assertTrue(ledger.jobs().start(job, "n1").isPresent());
    assertFalse(ledger.jobs().start(job, "n2").isPresent());
    assertTrue(ledger.jobs().ready(row(job), RECIPE, results(), toPacs(), () -> {}));
    assertFalse(ledger.jobs().ready(row(job), RECIPE, results(), toPacs(), () -> {}));
    assertEquals(2, dueDeliveries(NOW).size());
    for (String delivery : dueDeliveries(NOW)) {
      assertTrue(ledger.deliveries().start(delivery, "n1").isPresent());
      assertFalse(ledger.deliveries().start(delivery, "n1").isPresent());
      assertTrue(ledger.deliveries().delivered(sent(delivery), "0000"));
      assertFalse(ledger.deliveries().delivered(sent(delivery), "0000"));
    }
    assertEquals(JobState.DELIVERED, ledger.jobs().find(job).orElseThrow().state());
    assertEquals(AcquisitionState.DELIVERED, state());
    assertEquals(
        List.of(
            AcquisitionState.RECEIVING,
            AcquisitionState.COMPLETE,
            AcquisitionState.QUEUED,
            AcquisitionState.RUNNING,
            AcquisitionState.READY,
            AcquisitionState.DELIVERED),
        ledger.acquisitions().history("a-1").stream().map(HistoryRow::state).toList());
    assertTrue(ledger.results().isOwn("2.25.1"));
    assertEquals(results().get(0), ledger.results().find(job, "qsm-mean").orElseThrow());
  }

  @Test
  void deliveriesThatEndAtTheSameMomentDeliverTheirJob() throws Exception {
    ExecutorService senders = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 20; round++) {
        String job = queued("a-" + round, SOURCES);
        ledger.jobs().start(job, "n1");
        ledger.jobs().ready(row(job), RECIPE, results(), toPacs(), () -> {});
        CyclicBarrier sent = new CyclicBarrier(2);
        List<Future<Boolean>> ends = new ArrayList<>();
        for (String delivery : dueDeliveries(NOW)) {
          ledger.deliveries().start(delivery, "n1");
          ends.add(
              senders.submit(
                  () -> {
                    sent.await();
                    return ledger.deliveries().delivered(sent(delivery), "0000");
                  }));
        }
        for (Future<Boolean> end : ends) {
          assertTrue(end.get());
        }
        assertEquals(JobState.DELIVERED, ledger.jobs().find(job).orElseThrow().state());
      }
    } finally {
      senders.shutdownNow();
    }
  }

  @Test
  void theSameObjectsAgainChangeNothing() {
    String job = queued(SOURCES);
    AcquisitionRow row = ledger.acquisitions().observe("a-1", "9", List.of("1.2", "1.1"), 3, 16);
    assertEquals(AcquisitionState.QUEUED, row.state());
    assertFalse(ledger.acquisitions().complete("a-1", row.sourceDigest()));
    assertEquals(List.of(job), dueJobs());
  }

  @Test
  void aLateObjectSupersedesAJobOfWhichNothingWasSent() {
    String first = queued(SOURCES);
    ledger.jobs().start(first, "n1");
    assertEquals(
        AcquisitionState.RECEIVING,
        ledger.acquisitions().observe("a-1", "9", List.of("1.1", "1.2", "1.3"), 3, 16).state());
    assertFalse(ledger.jobs().ready(row(first), RECIPE, results(), toPacs(), () -> {}));
    assertEquals(JobState.SUPERSEDED, ledger.jobs().find(first).orElseThrow().state());
    String second = queued(List.of("1.1", "1.2", "1.3"));
    assertEquals(List.of(second), dueJobs());
  }

  @Test
  void aLateObjectDoesNotTouchAResultThatIsOnItsWay() {
    String first = queued(SOURCES);
    ledger.jobs().start(first, "n1");
    ledger.jobs().ready(row(first), RECIPE, results(), toPacs(), () -> {});
    ledger.deliveries().start(dueDeliveries(NOW).get(0), "n1");
    ledger.acquisitions().observe("a-1", "9", List.of("1.1", "1.2", "1.3"), 3, 16);
    assertEquals(JobState.READY, ledger.jobs().find(first).orElseThrow().state());
    String second = queued(List.of("1.1", "1.2", "1.3"));
    for (DeliveryRow delivery : ledger.deliveries().ofJob(first)) {
      ledger.deliveries().start(delivery.deliveryId(), "n1");
      ledger.deliveries().delivered(sent(delivery.deliveryId()), "0000");
    }
    assertEquals(JobState.DELIVERED, ledger.jobs().find(first).orElseThrow().state());
    assertEquals(AcquisitionState.QUEUED, state());
    assertEquals(second, ledger.acquisitions().find("a-1").orElseThrow().jobId());
  }

  @Test
  void objectsThatReturnToAFormerSetDoNotMakeASecondResult() {
    String first = queued(SOURCES);
    ledger.jobs().start(first, "n1");
    ledger.jobs().ready(row(first), RECIPE, results(), List.of(), () -> {});
    ledger.acquisitions().observe("a-1", "9", List.of("1.1"), 3, 16);
    assertEquals(first, queued(SOURCES));
    assertEquals(JobState.QUEUED, ledger.jobs().find(first).orElseThrow().state());
    assertTrue(ledger.jobs().start(first, "n1").isPresent());
    assertTrue(ledger.jobs().ready(row(first), RECIPE, results(), toPacs(), () -> {}));
  }

  @Test
  void aRefusedAcquisitionStaysRefusedUntilItsObjectsChange() {
    AcquisitionRow row = ledger.acquisitions().observe("a-1", "9", SOURCES, 3, 16);
    assertTrue(
        ledger
            .acquisitions()
            .refuse("a-1", row.sourceDigest(), Reason.of(ReasonCode.MISSING_PHASE)));
    row = ledger.acquisitions().observe("a-1", "9", SOURCES, 3, 16);
    assertEquals(AcquisitionState.REFUSED, row.state());
    assertEquals(ReasonCode.MISSING_PHASE, row.reason().orElseThrow().code());
    row = ledger.acquisitions().observe("a-1", "9", List.of("1.1"), 3, 16);
    assertEquals(AcquisitionState.RECEIVING, row.state());
    assertTrue(row.reason().isEmpty());
  }

  @Test
  void whatAKilledWorkerHadInHandWaitsAgain() {
    String job = queued(SOURCES);
    NodeClaim first = claimed("n1");
    ledger.jobs().start(job, first.worker());
    assertEquals(0, ledger.leases().takeBack().total());
    silence(first);
    NodeClaim second = claimed("n1");
    assertEquals(1, ledger.leases().takeBack().jobs());
    assertEquals(AcquisitionState.QUEUED, state());
    ledger.jobs().start(job, second.worker());
    ledger.jobs().ready(row(job), RECIPE, results(), toPacs(), () -> {});
    String delivery = dueDeliveries(NOW).get(0);
    ledger.deliveries().start(delivery, second.worker());
    assertEquals(0, ledger.leases().takeBack().total());
    ledger.nodes().release(second);
    assertEquals(1, ledger.leases().takeBack().deliveries());
    assertEquals(2, dueDeliveries(NOW).size());
  }

  @Test
  void stepsOfALateNodeChangeNothingOnceItsWorkWasTakenOver() {
    String job = queued(SOURCES);
    NodeClaim late = claimed("n1");
    NodeClaim other = claimed("n2");
    JobRow before = ledger.jobs().start(job, late.worker()).orElseThrow();
    silence(late);
    assertEquals(1, ledger.leases().takeBack().jobs());
    assertEquals(0, ledger.leases().takeBack().jobs(), "once");
    JobRow after = ledger.jobs().start(job, other.worker()).orElseThrow();
    assertEquals(2, after.attempts());
    assertFalse(ledger.jobs().holds(before));
    assertFalse(
        ledger
            .jobs()
            .ready(before, RECIPE, results(), toPacs(), () -> fail("files of a late node")));
    assertFalse(ledger.jobs().retry(before, NOW));
    assertFalse(ledger.jobs().refuse(before, Reason.of(ReasonCode.MISSING_PHASE), () -> {}));
    assertFalse(ledger.jobs().fail(before, Reason.of(ReasonCode.PROCESSING_FAILED)));
    assertTrue(ledger.jobs().holds(after));
    assertTrue(ledger.jobs().ready(after, RECIPE, results(), toPacs(), () -> {}));
    assertTrue(ledger.nodes().renew(late, LEASE), "a late node goes on with other work");
    String delivery = dueDeliveries(NOW).get(0);
    DeliveryRow lateSending = ledger.deliveries().start(delivery, late.worker()).orElseThrow();
    silence(late);
    assertEquals(1, ledger.leases().takeBack().deliveries());
    DeliveryRow sending = ledger.deliveries().start(delivery, other.worker()).orElseThrow();
    assertFalse(ledger.deliveries().delivered(lateSending, "0000"));
    assertFalse(ledger.deliveries().retry(lateSending, "late", NOW));
    assertFalse(ledger.deliveries().giveUp(lateSending, "late"));
    assertFalse(ledger.commitments().request(lateSending, "0000", "2.25.7", NOW));
    assertTrue(ledger.deliveries().delivered(sending, "0000"));
  }

  @Test
  void aNameIsHeldUntilItIsReleasedAndThenItsWorkerIsUnknown() {
    NodeClaim claim = claimed("n1");
    assertTrue(ledger.nodes().renew(claim, LEASE));
    assertEquals(List.of("n1"), ledger.nodes().all().stream().map(NodeRow::name).toList());
    assertTrue(ledger.nodes().find("n1").orElseThrow().live());
    silence(claim);
    assertFalse(ledger.nodes().find("n1").orElseThrow().live());
    ledger.nodes().release(claim);
    assertFalse(ledger.nodes().renew(claim, LEASE));
    assertEquals(List.of(), ledger.nodes().all());
  }

  private NodeClaim claimed(String node) {
    return ledger.nodes().claim(node, ProcessIdentity.own(), "receive,work", LEASE).orElseThrow();
  }

  /** The lease has run out, without waiting for it. */
  private void silence(NodeClaim claim) {
    ledger
        .database()
        .writeDurably(
            sql ->
                sql.update(
                    "UPDATE nodes SET lease_until = CURRENT_TIMESTAMP - INTERVAL '1' SECOND"
                        + " WHERE worker = ?",
                    claim.worker()));
  }

  private JobRow row(String job) {
    return ledger.jobs().find(job).orElseThrow();
  }

  private DeliveryRow sent(String delivery) {
    return ledger.deliveries().find(delivery).orElseThrow();
  }

  @Test
  void aJobHandedBackByAnOrderlyStopHasNotUsedAnAttempt() {
    String job = queued(SOURCES);
    ledger.jobs().start(job, "n1");
    assertEquals(1, ledger.jobs().handBack("n1"));
    assertEquals(0, ledger.jobs().find(job).orElseThrow().attempts());
    assertEquals(List.of(job), dueJobs());
    assertFalse(ledger.jobs().ready(row(job), RECIPE, results(), toPacs(), () -> {}));
  }

  @Test
  void aDeliveryWaitsForItsNextAttemptAndDiesAtTheLast() {
    String job = queued(SOURCES);
    ledger.jobs().start(job, "n1");
    ledger.jobs().ready(row(job), RECIPE, results(), toPacs(), () -> {});
    String delivery = dueDeliveries(NOW).get(0);
    ledger.deliveries().start(delivery, "n1");
    assertTrue(
        ledger.deliveries().retry(sent(delivery), "connection refused", NOW.plusSeconds(60)));
    assertFalse(dueDeliveries(NOW).contains(delivery));
    assertTrue(dueDeliveries(NOW.plusSeconds(60)).contains(delivery));
    assertFalse(ledger.deliveries().start(delivery, "n1").isPresent());
    now = NOW.plusSeconds(60);
    assertTrue(ledger.deliveries().start(delivery, "n1").isPresent());
    assertTrue(ledger.deliveries().giveUp(sent(delivery), "connection refused"));
    DeliveryRow row = ledger.deliveries().find(delivery).orElseThrow();
    assertEquals(DeliveryState.DEAD, row.state());
    assertEquals(2, row.attempts());
    assertTrue(ledger.deliveries().revive(delivery));
    assertTrue(dueDeliveries(now).contains(delivery));
  }

  @Test
  void theLedgerIsTheSameAfterReopening() {
    String job = queued(SOURCES);
    ledger.database().close();
    open();
    assertEquals(List.of(job), dueJobs());
    assertEquals(SOURCES, ledger.jobs().find(job).orElseThrow().sources());
  }

  private String queued(List<String> sources) {
    return queued("a-1", sources);
  }

  private String queued(String acquisition, List<String> sources) {
    AcquisitionRow row = ledger.acquisitions().observe(acquisition, "9", sources, 3, 16);
    assertTrue(ledger.acquisitions().complete(acquisition, row.sourceDigest()));
    return ledger
        .jobs()
        .queue(ledger.acquisitions().find(acquisition).orElseThrow(), sources)
        .orElseThrow();
  }

  private List<String> dueJobs() {
    return ledger.jobs().due(NOW).stream().map(JobRow::jobId).toList();
  }

  private List<String> dueDeliveries(Instant now) {
    return ledger.deliveries().due(now).stream().map(DeliveryRow::deliveryId).toList();
  }

  private AcquisitionState state() {
    return ledger.acquisitions().find("a-1").orElseThrow().state();
  }

  private static List<ResultSeries> results() {
    return List.of(
        new ResultSeries(
            "qsm-mean",
            "2.25.10",
            List.of(new ResultSeries.ResultFile("2.25.1", "m/1.dcm", "d".repeat(64)))),
        new ResultSeries(
            "qsm-sd",
            "2.25.20",
            List.of(new ResultSeries.ResultFile("2.25.2", "s/1.dcm", "e".repeat(64)))));
  }

  private static List<PlannedDelivery> toPacs() {
    return List.of(
        new PlannedDelivery("qsm-mean", "pacs", false),
        new PlannedDelivery("qsm-sd", "pacs", false));
  }

  private static InstanceRow instance(String uid) {
    return new InstanceRow(
        uid, "1.2.840", "9", "9.1", "f".repeat(64), "p/" + uid, 10, "MR", NOW, "{}");
  }
}
