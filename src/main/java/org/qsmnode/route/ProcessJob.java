package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.qsmnode.camel.QuietTrace;
import org.qsmnode.pipeline.AcquisitionResult;
import org.qsmnode.pipeline.Outputs;
import org.qsmnode.pipeline.Reconstruction;
import org.qsmnode.series.find.Acquisition;
import org.qsmnode.series.find.Recognition;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.store.Failpoint;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.ResultSeries;
import org.qsmnode.store.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one job: derived series as files on disk first, then READY in the ledger. A job that is
 * interrupted starts again from nothing, and until READY nothing of it was sent.
 */
final class ProcessJob implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessJob.class);

  private final Ledger ledger;
  private final Spool spool;
  private final Recognition recognition;
  private final Reconstruction reconstruction;
  private final NodeSettings settings;
  private final Clock clock;
  private final String worker;
  private final DeliveryPlan deliveries;
  private final ResultComparison comparison;
  private final StudyFacts facts;
  private final StartOnce starts;

  ProcessJob(NodeParts parts, Recognition recognition) {
    this.ledger = parts.ledger();
    this.spool = parts.spool();
    this.recognition = recognition;
    this.reconstruction = parts.reconstruction();
    this.settings = parts.settings();
    this.clock = parts.clock();
    this.worker = parts.claim().worker();
    this.deliveries =
        new DeliveryPlan(settings.send().destinations(), new Senders(ledger, settings.peers()));
    this.comparison = new ResultComparison(ledger, settings.folders().results());
    this.facts = new StudyFacts(ledger);
    this.starts = new StartOnce(ledger.database());
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    Thread.currentThread().setPriority(Thread.MIN_PRIORITY); // receipt goes first
    String jobId = exchange.getIn().getMandatoryBody(String.class);
    Optional<JobRow> running =
        starts.run(jobId, () -> ledger.jobs().start(jobId, worker), () -> inHand(jobId));
    if (running.isEmpty()) {
      LOG.debug("job {} needs no start", jobId);
      return;
    }
    JobRow job = running.get();
    try {
      Failpoint.PROCESS_STARTED.reach();
      attempt(job);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | Error e) {
      failed(job, e);
    }
  }

  private Optional<JobRow> inHand(String jobId) {
    return ledger.jobs().find(jobId).filter(job -> worker.equals(job.worker()));
  }

  private void attempt(JobRow job) throws Exception {
    if (settings.processBackoff().exhausted(job.attempts() - 1)) {
      failedForGood(job, "it ended the process each time");
      return;
    }
    LOG.info("job {} runs, attempt {}", job.jobId(), job.attempts());
    Instant started = clock.instant();
    try (ResultFolder folder = ResultFolder.begin(settings.folders().results(), job)) {
      settle(job, run(job, folder.path()), folder, started);
    }
  }

  private AcquisitionResult run(JobRow job, Path folder) throws Exception {
    Set<String> sources = Set.copyOf(job.sources());
    Map<String, InstanceRow> rows =
        facts.ofStudy(job.studyInstanceUid()).stream()
            .filter(row -> sources.contains(row.sopInstanceUid()))
            .collect(Collectors.toMap(InstanceRow::sopInstanceUid, Function.identity()));
    Acquisition acquisition =
        recognition.recognise(StudyFacts.indexed(List.copyOf(rows.values()))).stream()
            .filter(candidate -> candidate.id().equals(job.acquisitionId()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the acquisition is not recognised"));
    return reconstruction
        .at(Clock.fixed(job.createdAt(), clock.getZone()))
        .reconstruct(
            acquisition,
            uid -> spool.file(row(rows, uid).path()),
            folder,
            new Outputs(settings.keepNifti(), deliveries.objects()),
            new LoggedProgress(job.jobId()));
  }

  private static InstanceRow row(Map<String, InstanceRow> rows, String sopInstanceUid) {
    InstanceRow row = rows.get(sopInstanceUid);
    if (row == null) {
      throw new IllegalStateException("no file for SOP instance " + sopInstanceUid);
    }
    return row;
  }

  private void settle(JobRow job, AcquisitionResult result, ResultFolder folder, Instant started)
      throws IOException, InterruptedException {
    switch (result.status()) {
      case RECONSTRUCTED -> {
        Failpoint.PROCESS_WRITTEN.reach();
        comparison.write(job, result.series(), folder.path());
        List<ResultSeries> series = folder.makeDurable(result.series());
        Failpoint.PROCESS_FORCED.reach();
        boolean ready =
            settling(
                () ->
                    ledger
                        .jobs()
                        .ready(
                            job,
                            reconstruction.recipe(),
                            series,
                            deliveries.of(job, series),
                            folder::publish));
        Failpoint.PROCESS_READY.reach();
        LOG.info(
            "job {} {} after {} s",
            job.jobId(),
            ready ? "READY" : "superseded or taken over",
            Duration.between(started, clock.instant()).toSeconds());
      }
      case REFUSED, INCOMPLETE, IGNORED -> {
        Reason reason = result.reason().orElse(Reason.of(ReasonCode.FIELD_MAP_FAILED));
        if (settling(() -> ledger.jobs().refuse(job, reason, folder::publish))) {
          LOG.warn("job {} REFUSED ({}): {}", job.jobId(), reason.code(), reason.sentence());
        }
      }
      case FAILED ->
          failed(job, result.failure().orElseGet(() -> new IllegalStateException("no cause")));
    }
  }

  private boolean settling(Supplier<Boolean> step) throws InterruptedException {
    return UntilLedgerAnswers.run(ledger.database(), step);
  }

  private void failed(JobRow job, Throwable cause) throws InterruptedException {
    if (!settling(() -> ledger.jobs().holds(job))) {
      LOG.warn("job {} was superseded or taken over meanwhile", job.jobId());
      return;
    }
    String kind = cause.getClass().getSimpleName();
    QuietTrace trace = QuietTrace.of(cause);
    if (settings.processBackoff().exhausted(job.attempts())) {
      LOG.error("job {} failed", job.jobId(), trace);
      failedForGood(job, "last with " + kind);
      return;
    }
    Duration pause = settings.processBackoff().pauseAfter(job.attempts());
    settling(() -> ledger.jobs().retry(job, clock.instant().plus(pause)));
    LOG.error("job {} failed, again in {} s", job.jobId(), pause.toSeconds(), trace);
  }

  private void failedForGood(JobRow job, String how) throws InterruptedException {
    Reason reason =
        new Reason(
            ReasonCode.PROCESSING_FAILED,
            "The computation failed %d times, %s."
                .formatted(settings.processBackoff().maxAttempts(), how));
    settling(() -> ledger.jobs().fail(job, reason));
    LOG.error("job {} FAILED for good: {}", job.jobId(), how);
  }
}
