package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.qsmnode.camel.Part10Header;
import org.qsmnode.camel.QuietTrace;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes files that nothing needs any more, by age, and earlier where the disk fills. What has not
 * been delivered, waits for review, or is incomplete is never deleted.
 */
final class ApplyRetention {

  private static final Logger LOG = LoggerFactory.getLogger(ApplyRetention.class);
  private static final int AT_A_TIME = 100;

  /** What cannot be deleted needs a person; an hour keeps it in the log without filling that. */
  private static final Duration AGAIN_AFTER = Duration.ofHours(1);

  /**
   * Younger files stay however full the disk is. A file of the receipt journal is forced within
   * some 10 s. Deleted before that, it would come back after a crash.
   */
  static final Duration YOUNGEST = Duration.ofSeconds(20);

  private final Ledger ledger;
  private final Spool spool;
  private final NodeSettings settings;
  private final Clock clock;
  private final AuditTrail audit;
  private final OwedDeletions deletions;
  private final Map<String, Instant> postponed = new HashMap<>();

  ApplyRetention(NodeParts parts) {
    this.ledger = parts.ledger();
    this.spool = parts.spool();
    this.settings = parts.settings();
    this.clock = parts.clock();
    this.audit = parts.audit();
    this.deletions = new OwedDeletions(ledger.retention(), spool, settings.folders().results());
  }

  /** One sweep; what cannot be deleted is tried again later and does not hold up the rest. */
  void sweep() throws IOException {
    RetentionSettings retention = settings.retention();
    Optional<Instant> received = before(retention.received(), settings.folders().spool());
    if (received.isPresent()) {
      for (String study :
          ledger.retention().settledStudies(received.get(), AT_A_TIME + postponed.size())) {
        bounded("study " + study, () -> forgetStudy(study, received.get()));
      }
    }
    Optional<Instant> results = before(retention.results(), settings.folders().results());
    if (results.isPresent()) {
      for (String job : ledger.retention().endedJobs(results.get(), AT_A_TIME + postponed.size())) {
        bounded("results of job " + job, () -> forgetResults(job));
      }
    }
  }

  /** Deletes what belongs to one study or job. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private void bounded(String what, Step step) {
    Instant until = postponed.get(what);
    if (until != null && until.isAfter(clock.instant())) {
      return;
    }
    try {
      step.run();
      postponed.remove(what);
    } catch (IOException | RuntimeException e) {
      postponed.put(what, clock.instant().plus(AGAIN_AFTER));
      LOG.error(
          "{} cannot be deleted, again in {} s", what, AGAIN_AFTER.toSeconds(), QuietTrace.of(e));
    }
  }

  /** The time before which files go: by age, or nearly now where the disk is too full. */
  private Optional<Instant> before(Optional<Duration> age, Path folder) throws IOException {
    FileStore disk = Files.getFileStore(folder);
    double used = 100.0 * (disk.getTotalSpace() - disk.getUsableSpace()) / disk.getTotalSpace();
    return settings.retention().usedPercent() < 100 && used > settings.retention().usedPercent()
        ? Optional.of(clock.instant().minus(YOUNGEST))
        : age.map(clock.instant()::minus);
  }

  private void forgetResults(String job) throws IOException {
    String study = ledger.jobs().find(job).orElseThrow().studyInstanceUid();
    List<Path> files =
        ledger.results().ofJob(job).stream()
            .flatMap(series -> series.files().stream())
            .map(file -> settings.folders().results().resolve(file.path()))
            .toList();
    Map<String, Integer> objects = new TreeMap<>();
    for (Path file : files) {
      objects.merge(Part10Header.read(file).sopClassUid(), 1, Integer::sum);
    }
    Optional<String> patient = files.stream().findFirst().flatMap(audit::patientId);
    if (!ledger.retention().forgetFiles(job)) {
      return; // made again meanwhile
    }
    deletions.run();
    audit.deleted(study, objects, patient, false);
    LOG.info("derived series of job {} deleted by retention", job);
  }

  private void forgetStudy(String study, Instant before) throws IOException {
    Map<String, Integer> objects = new TreeMap<>();
    List<InstanceRow> rows = ledger.instances().ofStudy(study);
    rows.forEach(row -> objects.merge(row.sopClassUid(), 1, Integer::sum));
    Optional<String> patient =
        rows.stream().findFirst().flatMap(row -> audit.patientId(spool.file(row.path())));
    int forgotten = ledger.retention().forgetObjects(study, before);
    if (forgotten == 0) {
      return; // something came meanwhile
    }
    deletions.run();
    audit.deleted(study, objects, patient, true);
    LOG.info("{} received objects of study {} deleted by retention", forgotten, study);
  }
}
