package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.qsmnode.camel.QuietTrace;
import org.qsmnode.derive.DerivedSeriesFiles;
import org.qsmnode.pipeline.AcquisitionResult;
import org.qsmnode.pipeline.Outputs;
import org.qsmnode.pipeline.Reconstruction;
import org.qsmnode.series.Acquisition;
import org.qsmnode.series.Reason;
import org.qsmnode.series.ReasonCode;
import org.qsmnode.series.Recognition;
import org.qsmnode.store.Digests;
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
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    Thread.currentThread().setPriority(Thread.MIN_PRIORITY); // receipt goes first
    String jobId = exchange.getIn().getMandatoryBody(String.class);
    Optional<JobRow> running = ledger.jobs().start(jobId, worker);
    if (running.isEmpty()) {
      LOG.debug("job {} needs no start", jobId);
      return;
    }
    Failpoint.PROCESS_STARTED.reach();
    JobRow job = running.get();
    if (settings.processBackoff().exhausted(job.attempts() - 1)) {
      failedForGood(job, "it ended the process each time");
      return;
    }
    LOG.info("job {} runs, attempt {}", jobId, job.attempts());
    Instant started = clock.instant();
    try {
      settle(job, run(job), started);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      failed(job, e);
    }
  }

  private AcquisitionResult run(JobRow job) throws Exception {
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
    Path folder = folder(job);
    deleteRecursively(folder);
    Files.createDirectories(folder);
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

  private void settle(JobRow job, AcquisitionResult result, Instant started) throws IOException {
    switch (result.status()) {
      case RECONSTRUCTED -> {
        Failpoint.PROCESS_WRITTEN.reach();
        comparison.write(job, result.series());
        List<ResultSeries> series = makeDurable(result.series(), folder(job));
        Failpoint.PROCESS_FORCED.reach();
        boolean ready =
            ledger.jobs().ready(job, reconstruction.recipe(), series, deliveries.of(job, series));
        Failpoint.PROCESS_READY.reach();
        LOG.info(
            "job {} {} after {} s",
            job.jobId(),
            ready ? "READY" : "superseded",
            Duration.between(started, clock.instant()).toSeconds());
      }
      case REFUSED, INCOMPLETE, IGNORED -> {
        Reason reason = result.reason().orElse(Reason.of(ReasonCode.FIELD_MAP_FAILED));
        ledger.jobs().refuse(job, reason);
        LOG.warn("job {} REFUSED ({}): {}", job.jobId(), reason.code(), reason.sentence());
      }
      case FAILED ->
          failed(job, result.failure().orElseGet(() -> new IllegalStateException("no cause")));
    }
  }

  private void failed(JobRow job, Throwable cause) {
    String kind = cause.getClass().getSimpleName();
    QuietTrace trace = QuietTrace.of(cause);
    if (settings.processBackoff().exhausted(job.attempts())) {
      LOG.error("job {} failed", job.jobId(), trace);
      failedForGood(job, "last with " + kind);
      return;
    }
    Duration pause = settings.processBackoff().pauseAfter(job.attempts());
    ledger.jobs().retry(job, clock.instant().plus(pause));
    LOG.error("job {} failed, again in {} s", job.jobId(), pause.toSeconds(), trace);
  }

  private void failedForGood(JobRow job, String how) {
    ledger
        .jobs()
        .fail(
            job,
            new Reason(
                ReasonCode.PROCESSING_FAILED,
                "The computation failed %d times, %s."
                    .formatted(settings.processBackoff().maxAttempts(), how)));
    LOG.error("job {} FAILED for good: {}", job.jobId(), how);
  }

  private List<ResultSeries> makeDurable(List<DerivedSeriesFiles> derived, Path folder)
      throws IOException {
    Path results = settings.folders().results();
    List<ResultSeries> series = new ArrayList<>();
    for (DerivedSeriesFiles one : derived) {
      List<ResultSeries.ResultFile> files = new ArrayList<>();
      for (int i = 0; i < one.files().size(); i++) {
        Path file = one.files().get(i);
        Spool.force(file);
        files.add(
            new ResultSeries.ResultFile(
                one.sopInstanceUids().get(i),
                results.relativize(file.toAbsolutePath().normalize()).toString(),
                Digests.ofFile(file)));
      }
      series.add(new ResultSeries(one.kind().folder(), one.seriesInstanceUid(), files));
    }
    forceFolders(folder);
    Spool.force(results);
    return series;
  }

  private static void forceFolders(Path root) throws IOException {
    try (var folders = Files.find(root, Integer.MAX_VALUE, (path, facts) -> facts.isDirectory())) {
      for (Path folder : folders.toList()) {
        Spool.force(folder);
      }
    }
  }

  private Path folder(JobRow job) {
    return settings.folders().results().resolve(job.jobId());
  }

  private static void deleteRecursively(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
