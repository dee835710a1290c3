package org.qsmnode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;

/** What every database has to do for commitment, review, reprocessing and retention. */
public abstract class LateWorkContract {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final List<String> SOURCES = List.of("1.1", "1.2");
  private static final String RECIPE = "ab".repeat(32);
  private static final String OTHER_RECIPE = "cd".repeat(32);
  private static final String THIRD_RECIPE = "ef".repeat(32);

  private Ledger ledger;

  /** An empty database. */
  protected abstract DatabaseSettings database();

  @BeforeEach
  void open() {
    ledger = Ledger.on(Database.open(database()), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    ledger.database().close();
  }

  @Test
  void aDeliveryIsDoneOnlyWhenItsTransactionIsCommitted() {
    String delivery = sending(ready(RECIPE, "d", false));
    assertTrue(
        ledger.commitments().request(sent(delivery), "1 x 0000", "2.25.7", NOW.plusSeconds(60)));
    assertFalse(ledger.deliveries().delivered(sent(delivery), "too early"));
    assertEquals(List.of(), ledger.commitments().overdue(NOW.plusSeconds(59)));
    assertEquals(1, ledger.commitments().overdue(NOW.plusSeconds(60)).size());
    assertFalse(ledger.commitments().committed("2.25.8", "another transaction"));
    assertTrue(ledger.commitments().committed("2.25.7", "committed"));
    assertFalse(ledger.commitments().committed("2.25.7", "twice"));
    assertEquals(DeliveryState.DELIVERED, ledger.deliveries().find(delivery).orElseThrow().state());
    assertEquals(AcquisitionState.DELIVERED, state());
  }

  @Test
  void whatIsNotCommittedIsSentAgain() {
    String delivery = sending(ready(RECIPE, "d", false));
    ledger.commitments().request(sent(delivery), "1 x 0000", "2.25.7", NOW.plusSeconds(60));
    assertTrue(ledger.commitments().failed("2.25.7", "1 x 0112", NOW));
    assertTrue(ledger.commitments().find("2.25.7").isEmpty());
    assertTrue(ledger.deliveries().start(delivery, "n1").isPresent());
    assertEquals(2, ledger.deliveries().find(delivery).orElseThrow().attempts());
  }

  @Test
  void aUidNeverStandsForOtherBytes() {
    ready(RECIPE, "d", false);
    String redo = redo(OTHER_RECIPE);
    ledger.jobs().start(redo, "n1");
    assertThrows(
        UidConflictException.class,
        () -> ledger.jobs().ready(job(redo), OTHER_RECIPE, result("e"), List.of(), () -> {}));
    assertEquals(JobState.RUNNING, ledger.jobs().find(redo).orElseThrow().state());
    assertTrue(ledger.jobs().ready(job(redo), OTHER_RECIPE, result("d"), List.of(), () -> {}));
  }

  @Test
  void objectsThatAJobHasInHandOrHasMadeByTheRecipeHaveNoSecondJob() {
    String first = ready(RECIPE, "d", false);
    String waiting = redo(OTHER_RECIPE);
    assertTrue(ledger.reprocessing().redo(job(first), THIRD_RECIPE).isEmpty(), "one waits");
    ledger.jobs().start(waiting, "n1");
    ledger.jobs().ready(job(waiting), THIRD_RECIPE, result("d"), List.of(), () -> {});
    assertTrue(ledger.reprocessing().redo(job(first), THIRD_RECIPE).isEmpty(), "it is made");
  }

  @Test
  void aHeldResultIsSeenAndSentOnlyAfterApproval() {
    String first = ready(RECIPE, "d", false);
    deliver(first);
    String redo = redo(OTHER_RECIPE);
    assertTrue(ledger.reprocessing().redo(job(first), OTHER_RECIPE).isEmpty(), "once");
    ledger.jobs().start(redo, "n1");
    ledger.jobs().ready(job(redo), OTHER_RECIPE, result("d"), planned(true), () -> {});
    assertEquals(AcquisitionState.DELIVERED, state());
    assertEquals(first, ledger.acquisitions().find("a-1").orElseThrow().jobId());
    assertEquals(List.of(), ledger.deliveries().due(NOW));
    assertEquals(
        List.of(first), ledger.results().visible().stream().map(StudyResult::jobId).toList());
    assertEquals(1, ledger.reviews().held().size());
    assertEquals(1, ledger.reviews().approve(redo));
    assertEquals(0, ledger.reviews().approve(redo));
    assertEquals(redo, ledger.acquisitions().find("a-1").orElseThrow().jobId());
    assertEquals(AcquisitionState.READY, state());
    deliver(redo);
    assertEquals(AcquisitionState.DELIVERED, state());
  }

  @Test
  void aRejectedResultIsNeverSentAndTheOneBeforeStays() {
    String first = ready(RECIPE, "d", false);
    deliver(first);
    String redo = redo(OTHER_RECIPE);
    ledger.jobs().start(redo, "n1");
    ledger.jobs().ready(job(redo), OTHER_RECIPE, result("d"), planned(true), () -> {});
    assertEquals(1, ledger.reviews().reject(redo));
    assertEquals(List.of(), ledger.deliveries().due(NOW));
    assertEquals(
        List.of(first), ledger.results().visible().stream().map(StudyResult::jobId).toList());
    assertEquals(JobState.SUPERSEDED, job(redo).state(), "nothing waits for it any more");
    assertTrue(ledger.retention().endedJobs(NOW.plusSeconds(1), 10).contains(redo));
    assertEquals(first, ledger.acquisitions().find("a-1").orElseThrow().jobId());
    assertEquals(AcquisitionState.DELIVERED, state());
  }

  @Test
  void whatIsMadeAgainWithoutADestinationIsSeenOnlyAfterApproval() {
    String first = queue("a-1", "9");
    ledger.jobs().start(first, "n1");
    ledger.jobs().ready(job(first), RECIPE, result("d"), List.of(), () -> {});
    String redo = redo(OTHER_RECIPE);
    ledger.jobs().start(redo, "n1");
    ledger.jobs().ready(job(redo), OTHER_RECIPE, result("d"), List.of(), () -> {});
    assertEquals(
        List.of(first), ledger.results().visible().stream().map(StudyResult::jobId).toList());
    assertEquals(List.of(redo), ledger.reviews().unclaimed());
    assertEquals(0, ledger.reviews().approve(redo));
    assertEquals(redo, ledger.acquisitions().find("a-1").orElseThrow().jobId());
    assertEquals(
        List.of(redo), ledger.results().visible().stream().map(StudyResult::jobId).toList());
    assertEquals(List.of(), ledger.reviews().unclaimed());
    assertEquals(JobState.SUPERSEDED, job(first).state());
  }

  @Test
  void whatIsMadeAgainWithoutADestinationCanBeRejected() {
    String first = queue("a-1", "9");
    ledger.jobs().start(first, "n1");
    ledger.jobs().ready(job(first), RECIPE, result("d"), List.of(), () -> {});
    String redo = redo(OTHER_RECIPE);
    ledger.jobs().start(redo, "n1");
    ledger.jobs().ready(job(redo), OTHER_RECIPE, result("d"), List.of(), () -> {});
    assertEquals(0, ledger.reviews().reject(redo));
    assertEquals(List.of(), ledger.reviews().unclaimed());
    assertEquals(first, ledger.acquisitions().find("a-1").orElseThrow().jobId());
    ledger.reviews().reject(first);
    assertEquals(JobState.READY, job(first).state(), "the current result stays");
  }

  @Test
  void clinicalJobsComeBeforeTheNightsHoweverLateTheyAre() {
    ready(RECIPE, "d", false);
    String night = redo(OTHER_RECIPE);
    String clinical = queue("b-1", "8");
    assertEquals(
        List.of(clinical, night), ledger.jobs().due(NOW).stream().map(JobRow::jobId).toList());
    assertEquals(Urgency.CLINICAL, job(clinical).urgency());
  }

  @Test
  void aStudyThatTheNightFetchesHasNightJobs() {
    ReprocessingItem item = item("8", false);
    ledger.reprocessing().plan(List.of(item));
    ledger.reprocessing().start(item.itemId(), "n1");
    assertEquals(Urgency.NIGHT, job(queue("b-1", "8")).urgency());
  }

  @Test
  void anItemIsPlannedOnceUntilItFailsOrIsAskedFor() {
    ReprocessingItem item = item("8", false);
    assertEquals(1, ledger.reprocessing().plan(List.of(item)));
    assertEquals(0, ledger.reprocessing().plan(List.of(item)));
    assertTrue(ledger.reprocessing().start(item.itemId(), "n1").isPresent());
    assertFalse(ledger.reprocessing().start(item.itemId(), "n2").isPresent());
    assertEquals(1, ledger.reprocessing().startedSince(NOW));
    assertEquals(1, ledger.leases().takeBack().items());
    assertTrue(ledger.reprocessing().start(item.itemId(), "n1").isPresent());
    assertTrue(ledger.reprocessing().fail(item(item), "the PACS did not answer"));
    assertEquals(1, ledger.reprocessing().plan(List.of(item)));
    ledger.reprocessing().start(item.itemId(), "n1");
    assertTrue(ledger.reprocessing().done(item(item), "delivered"));
    assertEquals(0, ledger.reprocessing().plan(List.of(item)));
    assertEquals(1, ledger.reprocessing().plan(List.of(item("8", true))));
    assertTrue(ledger.reprocessing().due(NOW).get(0).asked());
  }

  @Test
  void aNightIsPlannedOnceAndAPauseOutlivesTheProcess() {
    assertTrue(ledger.reprocessing().beginNight("2026-01-01", "n1"));
    ledger.reprocessing().nightPlanned("n1");
    assertFalse(ledger.reprocessing().beginNight("2026-01-01", "n1"));
    assertFalse(ledger.reprocessing().beginNight("2026-01-01", "n2"));
    assertTrue(ledger.reprocessing().beginNight("2026-01-02", "n2"));
    assertFalse(ledger.reprocessing().paused());
    ledger.reprocessing().pause(true);
    ledger.database().close();
    open();
    assertTrue(ledger.reprocessing().paused());
    ledger.reprocessing().pause(false);
    assertFalse(ledger.reprocessing().paused());
  }

  @Test
  void aNightWhosePlannerFellSilentIsPlannedByAnother() {
    NodeClaim planner = claimed("n1");
    NodeClaim other = claimed("n2");
    assertTrue(ledger.reprocessing().beginNight("2026-01-01", planner.worker()));
    assertFalse(ledger.reprocessing().beginNight("2026-01-01", other.worker()));
    ledger.nodes().release(planner);
    assertTrue(ledger.reprocessing().beginNight("2026-01-01", other.worker()));
    ledger.reprocessing().nightPlanned(planner.worker());
    ledger.reprocessing().nightPlanned(other.worker());
    assertFalse(ledger.reprocessing().beginNight("2026-01-01", claimed("n3").worker()));
  }

  private NodeClaim claimed(String node) {
    return ledger
        .nodes()
        .claim(node, ProcessIdentity.own(), "night", Duration.ofMinutes(1))
        .orElseThrow();
  }

  @Test
  void aFailedJobIsStartedAgainWithItsAcquisition() {
    String job = queue("a-1", "9");
    ledger.jobs().start(job, "n1");
    ledger.jobs().fail(job(job), Reason.of(ReasonCode.PROCESSING_FAILED));
    assertEquals(AcquisitionState.FAILED, state());
    assertTrue(ledger.reprocessing().again(job));
    assertFalse(ledger.reprocessing().again(job));
    assertEquals(AcquisitionState.QUEUED, state());
    assertTrue(ledger.jobs().start(job, "n1").isPresent());
  }

  @Test
  void onlyWhatNothingNeedsIsForgotten() {
    ledger.instances().add(instance("1.1"), NOW);
    ledger.instances().add(instance("1.2"), NOW);
    String job = ready(RECIPE, "d", false);
    Instant later = NOW.plusSeconds(1);
    assertEquals(List.of(), ledger.retention().settledStudies(later, 10), "still looked at");
    ledger.instances().examineNext(ledger.instances().study("9").orElseThrow(), null);
    assertEquals(List.of(), ledger.retention().settledStudies(later, 10), "not delivered");
    deliver(job);
    assertEquals(List.of(), ledger.retention().settledStudies(NOW, 10), "too young");
    assertEquals(List.of("9"), ledger.retention().settledStudies(later, 10));
    ledger.instances().add(instance("1.3"), NOW);
    assertEquals(0, ledger.retention().forgetObjects("9", later), "an object came meanwhile");
    ledger.instances().examineNext(ledger.instances().study("9").orElseThrow(), null);
    assertEquals(3, ledger.retention().forgetObjects("9", later));
    ledger.instances().add(instance("1.3"), NOW);
    List<Retention.Owed> owed = ledger.retention().owed();
    assertEquals(List.of("p/1.1", "p/1.2"), owed.stream().map(Retention.Owed::path).toList());
    ledger.retention().delete(owed, one -> one.path().endsWith("1"));
    assertEquals(List.of(owed.get(1)), ledger.retention().owed(), "the disk keeps it");
    ledger.retention().delete(owed, one -> true);
    assertEquals(List.of(), ledger.retention().owed());
    assertEquals(1, ledger.instances().count());
    assertEquals(List.of(job), ledger.retention().endedJobs(later, 10));
    assertTrue(ledger.retention().forgetFiles(job));
    assertEquals(List.of(), ledger.results().visible());
    assertTrue(ledger.results().isOwn("2.25.1"), "a forgotten UID stays issued");
  }

  @Test
  void filesOfAJobThatIsMadeAgainAreNotForgotten() {
    String job = ready(RECIPE, "d", false);
    assertFalse(ledger.retention().forgetFiles(job));
    assertEquals(1, ledger.results().ofJob(job).get(0).files().size());
    assertEquals(List.of(), ledger.retention().owed());
  }

  @Test
  void aStudyThatIsHeldIsExaminedSoonerWhereAnObjectCame() {
    Instant pause = NOW.plusSeconds(60);
    ledger.instances().add(instance("1.1"), NOW);
    ledger.instances().hold("9", "why", NOW, pause);
    assertEquals(List.of(), ledger.instances().studiesToExamine(NOW.plusSeconds(59), 10));
    ledger.instances().add(instance("1.2"), NOW.plusSeconds(5));
    ledger.instances().hold("9", "why", NOW, pause);
    assertEquals(1, ledger.instances().studiesToExamine(NOW.plusSeconds(5), 10).size());
    ledger.instances().hold("9", "why", NOW.plusSeconds(5), pause);
    assertEquals(List.of(), ledger.instances().studiesToExamine(NOW.plusSeconds(59), 10));
    ledger.instances().examineNext(ledger.instances().study("9").orElseThrow(), null);
    ledger.instances().hold("9", "why", NOW, pause);
    assertEquals(1, ledger.instances().studiesToExamine(pause, 10).size());
  }

  private static List<String> sorted(List<String> texts) {
    return texts.stream().sorted().toList();
  }

  private String queue(String acquisition, String study) {
    AcquisitionRow row = ledger.acquisitions().observe(acquisition, study, SOURCES, 3, 16);
    ledger.acquisitions().complete(acquisition, row.sourceDigest());
    return ledger
        .jobs()
        .queue(ledger.acquisitions().find(acquisition).orElseThrow(), SOURCES)
        .orElseThrow();
  }

  private String ready(String recipe, String digest, boolean held) {
    String job = queue("a-1", "9");
    ledger.jobs().start(job, "n1");
    assertTrue(ledger.jobs().ready(job(job), recipe, result(digest), planned(held), () -> {}));
    return job;
  }

  private String redo(String recipe) {
    String current = ledger.acquisitions().find("a-1").orElseThrow().jobId();
    return ledger.reprocessing().redo(job(String.valueOf(current)), recipe).orElseThrow();
  }

  private String sending(String job) {
    String delivery = ledger.deliveries().ofJob(job).get(0).deliveryId();
    assertTrue(ledger.deliveries().start(delivery, "n1").isPresent());
    return delivery;
  }

  private void deliver(String job) {
    assertTrue(ledger.deliveries().delivered(sent(sending(job)), "1 x 0000"));
  }

  private DeliveryRow sent(String delivery) {
    return ledger.deliveries().find(delivery).orElseThrow();
  }

  private ReprocessingItem item(ReprocessingItem planned) {
    return ledger.reprocessing().find(planned.itemId()).orElseThrow();
  }

  private JobRow job(String jobId) {
    return ledger.jobs().find(jobId).orElseThrow();
  }

  private AcquisitionState state() {
    return ledger.acquisitions().find("a-1").orElseThrow().state();
  }

  private static List<ResultSeries> result(String digest) {
    return List.of(
        new ResultSeries(
            "qsm-mean",
            "2.25.10",
            List.of(new ResultSeries.ResultFile("2.25.1", "m/1.dcm", digest.repeat(64)))));
  }

  private static List<PlannedDelivery> planned(boolean held) {
    return List.of(new PlannedDelivery("qsm-mean", "pacs", held));
  }

  private static ReprocessingItem item(String study, boolean asked) {
    return ReprocessingItem.planned(ReprocessingItem.Kind.FETCH, study, study, RECIPE, asked);
  }

  private static InstanceRow instance(String uid) {
    return new InstanceRow(
        uid, "1.2.840", "9", "9.1", "f".repeat(64), "p/" + uid, 10, "MR", NOW, "{}");
  }
}
