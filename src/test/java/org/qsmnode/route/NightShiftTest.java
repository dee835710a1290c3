package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.OpenAssociations;
import org.qsmnode.pipeline.Reconstruction;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.store.AcquisitionRow;
import org.qsmnode.store.Database;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.JobState;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.NodeClaim;
import org.qsmnode.store.ReprocessingItem;
import org.qsmnode.store.Spool;

/** Items of the night end with what became of their job, also after the node was killed. */
class NightShiftTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
  private static final String OLD = "ab".repeat(32);
  private static final String OTHER = "ef".repeat(32);
  private static final String NEW = "cd".repeat(32);
  private static final Reason REFUSED = Reason.of(ReasonCode.FIELD_MAP_FAILED);

  @TempDir Path folder;
  private Ledger ledger;
  private Spool spool;
  private NightShift shift;

  @BeforeEach
  void open() throws Exception {
    NodeSettings settings = NodeSettings.from(Map.of("node.work.directory", folder.toString()));
    ledger = Ledger.on(Database.open(settings.database()), CLOCK);
    spool = Spool.open(settings.folders().spool(), "n1", settings.spoolLimits());
    NodeParts parts =
        new NodeParts(
            settings,
            new NodeClaim("n1", "n1/test"),
            ledger,
            spool,
            new Reconstruction(ReconstructionSettings.defaults(), "test", CLOCK),
            new OpenAssociations(),
            new DicomPeers(settings, AuditTrail.none()),
            AuditTrail.none(),
            new ReceivedStudies(AuditTrail.none(), new OpenAssociations(), CLOCK),
            new SimpleMeterRegistry(),
            CLOCK);
    NightPlan plan = new NightPlan(ledger, Optional.empty(), Optional.empty(), NEW);
    shift = new NightShift(parts, plan, Optional.empty(), NEW);
  }

  @AfterEach
  void close() throws Exception {
    spool.close();
    ledger.database().close();
  }

  @Test
  void aRedoThatARestartTookBackEndsWithItsJob() throws Exception {
    String job = made();
    ReprocessingItem item = planned(ReprocessingItem.Kind.REDO, job);
    shift.tick();
    JobRow redo = ledger.jobs().inState(JobState.QUEUED).get(0);
    assertEquals(1, ledger.leases().takeBack().items());
    shift.tick();
    shift.tick();
    assertEquals(ReprocessingItem.State.RUNNING, item(item).state());
    ledger.jobs().refuse(started(redo.jobId()), REFUSED, () -> {});
    shift.tick();
    assertEquals(ReprocessingItem.State.DONE, item(item).state());
    assertEquals("Job " + redo.jobId() + " is REFUSED, FIELD_MAP_FAILED.", item(item).outcome());
  }

  @Test
  void aRetryThatARestartTookBackEndsWithItsJob() throws Exception {
    String job = queued();
    ledger.jobs().fail(started(job), REFUSED);
    ReprocessingItem item = planned(ReprocessingItem.Kind.RETRY, job);
    shift.tick();
    assertEquals(1, ledger.leases().takeBack().items());
    shift.tick();
    shift.tick();
    assertEquals(ReprocessingItem.State.RUNNING, item(item).state());
    ledger.jobs().refuse(started(job), REFUSED, () -> {});
    shift.tick();
    assertEquals("Job " + job + " is REFUSED, FIELD_MAP_FAILED.", item(item).outcome());
  }

  @Test
  void aRedoWaitsForAnotherJobOfItsObjectsAndIsMadeItselfWhenThatFails() throws Exception {
    String job = made();
    String other = ledger.reprocessing().redo(row(job), OTHER).orElseThrow();
    ReprocessingItem item = planned(ReprocessingItem.Kind.REDO, job);
    shift.tick();
    shift.tick();
    assertEquals(ReprocessingItem.State.RUNNING, item(item).state());
    ledger.jobs().fail(started(other), REFUSED);
    shift.tick();
    String own = ledger.jobs().inState(JobState.QUEUED).get(0).jobId();
    ledger.jobs().ready(started(own), NEW, List.of(), List.of(), () -> {});
    shift.tick();
    assertEquals("Job " + own + " is READY; held results wait for review.", item(item).outcome());
  }

  @Test
  void aRedoWhoseResultWasMadeByTheRecipeMeanwhileEndsWithThatJob() throws Exception {
    String job = made();
    String other = ledger.reprocessing().redo(row(job), OTHER).orElseThrow();
    ledger.jobs().ready(started(other), NEW, List.of(), List.of(), () -> {});
    ReprocessingItem item = planned(ReprocessingItem.Kind.REDO, job);
    shift.tick();
    shift.tick();
    assertEquals("Job " + other + " is READY; held results wait for review.", item(item).outcome());
  }

  @Test
  void anItemOfAJobThatIsNotKnownEnds() throws Exception {
    ReprocessingItem redo = planned(ReprocessingItem.Kind.REDO, "none");
    shift.tick();
    shift.tick();
    assertEquals("The job is not known.", item(redo).outcome());
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

  private String made() {
    String job = queued();
    ledger.jobs().ready(started(job), OLD, List.of(), List.of(), () -> {});
    return job;
  }

  private JobRow started(String job) {
    return ledger.jobs().start(job, "n1/test").orElseThrow();
  }

  private JobRow row(String job) {
    return ledger.jobs().find(job).orElseThrow();
  }

  private ReprocessingItem planned(ReprocessingItem.Kind kind, String subject) {
    ReprocessingItem item = ReprocessingItem.planned(kind, "9", subject, NEW, true);
    ledger.reprocessing().plan(List.of(item));
    return item;
  }

  private ReprocessingItem item(ReprocessingItem planned) {
    return ledger.reprocessing().find(planned.itemId()).orElseThrow();
  }
}
