package org.qsmnode.route;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.qsmnode.derive.DerivedKind;
import org.qsmnode.derive.DerivedSeriesFiles;
import org.qsmnode.derive.DerivedSeriesReader;
import org.qsmnode.digest.Digests;
import org.qsmnode.evaluate.ChangeReport;
import org.qsmnode.evaluate.ResultMaps;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.ResultSeries;
import org.qsmnode.store.Spool;
import org.qsmnode.volume.Volume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a report beside a result that was made again: how it differs from the current result of its
 * acquisition. The report lies in the folder {@value #FOLDER} of the job's results and goes with
 * them. Where nothing can be compared it says why, and the result is held all the same.
 */
final class ResultComparison {

  static final String FOLDER = "comparison";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(ResultComparison.class);

  private final Ledger ledger;
  private final Path results;

  /**
   * Comparisons of the results of a ledger.
   *
   * @param results folder of derived series
   */
  ResultComparison(Ledger ledger, Path results) {
    this.ledger = ledger;
    this.results = results;
  }

  /** Why two results were not compared, in words for the report. */
  private static final class NotComparableException extends Exception {

    private static final long serialVersionUID = 1L;

    NotComparableException(String reason) {
      super(reason);
    }
  }

  /**
   * Writes the report, durably, if the acquisition of the job has a result of another job.
   *
   * @param into folder of the results that were made
   */
  void write(JobRow job, List<DerivedSeriesFiles> made, Path into) throws IOException {
    Optional<String> current =
        ledger
            .acquisitions()
            .find(job.acquisitionId())
            .flatMap(row -> Optional.ofNullable(row.jobId()))
            .filter(jobId -> !jobId.equals(job.jobId()));
    if (current.isEmpty()) {
      return;
    }
    Path folder = into.resolve(FOLDER);
    String summary = write(current.get(), job.jobId(), made, folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Spool.force(file);
      }
    }
    LOG.info("job {} beside job {}: {}", job.jobId(), current.get(), summary);
  }

  private String write(String oldJob, String newJob, List<DerivedSeriesFiles> made, Path folder)
      throws IOException {
    ChangeReport.Subject after =
        new ChangeReport.Subject(newJob, software(files(made, DerivedKind.MEAN)));
    try {
      List<Path> oldMean = stored(oldJob, DerivedKind.MEAN);
      ChangeReport report =
          new ChangeReport(new ChangeReport.Subject(oldJob, software(oldMean)), after);
      ResultMaps old = maps(oldMean, stored(oldJob, DerivedKind.STANDARD_DEVIATION));
      ResultMaps now =
          maps(files(made, DerivedKind.MEAN), files(made, DerivedKind.STANDARD_DEVIATION));
      return report.write(old, now, folder);
    } catch (NotComparableException | IllegalArgumentException e) {
      return new ChangeReport(new ChangeReport.Subject(oldJob, List.of()), after)
          .writeNone(String.valueOf(e.getMessage()), folder);
    }
  }

  private static List<Path> files(List<DerivedSeriesFiles> made, DerivedKind kind) {
    return made.stream()
        .filter(series -> series.kind() == kind)
        .flatMap(series -> series.files().stream())
        .toList();
  }

  /** Files of a result as they were written; none where it has no such series. */
  private List<Path> stored(String jobId, DerivedKind kind)
      throws IOException, NotComparableException {
    Optional<ResultSeries> series = ledger.results().find(jobId, kind.folder());
    if (series.isEmpty() && kind != DerivedKind.MEAN) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    for (ResultSeries.ResultFile file : series.map(ResultSeries::files).orElse(List.of())) {
      Path path = results.resolve(file.path());
      if (!Files.isRegularFile(path) || !Digests.ofFile(path).equals(file.digest())) {
        throw new NotComparableException("a file of the old result is missing or has changed");
      }
      files.add(path);
    }
    if (files.isEmpty()) {
      throw new NotComparableException("the files of the old result are no longer here");
    }
    return files;
  }

  private static ResultMaps maps(List<Path> mean, List<Path> sd) throws IOException {
    Volume meanPpb = DerivedSeriesReader.ppb(mean);
    return new ResultMaps(
        meanPpb, sd.isEmpty() ? Optional.empty() : Optional.of(DerivedSeriesReader.ppb(sd)));
  }

  private static List<String> software(List<Path> mean) throws IOException {
    return DerivedSeriesReader.softwareVersions(mean.get(0));
  }

  /** One line about a job's report and where it lies; none where there is no report. */
  List<String> summary(String jobId) throws IOException {
    Path json = folder(jobId).resolve(ChangeReport.JSON);
    if (!Files.isRegularFile(json)) {
      return List.of();
    }
    String summary = JSON.readTree(Files.readAllBytes(json)).path("summary").asText();
    return List.of("%s  %s (%s)".formatted(jobId, summary, folder(jobId)));
  }

  /**
   * The report of a job, line by line.
   *
   * @throws IllegalArgumentException for a job that the ledger does not know
   */
  List<String> report(String jobId) throws IOException {
    if (ledger.jobs().find(jobId).isEmpty()) {
      throw new IllegalArgumentException("there is no such job");
    }
    Path markdown = folder(jobId).resolve(ChangeReport.MARKDOWN);
    return Files.isRegularFile(markdown)
        ? Files.readAllLines(markdown)
        : List.of("There was no result before it to compare with.");
  }

  private Path folder(String jobId) {
    return results.resolve(jobId).resolve(FOLDER);
  }
}
