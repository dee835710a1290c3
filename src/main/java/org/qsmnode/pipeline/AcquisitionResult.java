package org.qsmnode.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qsmnode.derive.DerivedSeriesFiles;
import org.qsmnode.series.find.Acquisition;
import org.qsmnode.series.header.Reason;

/**
 * What became of one acquisition.
 *
 * @param reason why there is no result; present unless reconstructed or failed
 * @param findings what was found and done; present if reconstructed
 * @param series derived series on disk, mean first; empty unless reconstructed
 * @param stageSeconds seconds by stage, in order
 * @param warnings plain sentences for the reader of the report
 * @param failure defect that ended the computation; present if failed
 */
public record AcquisitionResult(
    Acquisition acquisition,
    Status status,
    Optional<Reason> reason,
    Optional<Findings> findings,
    List<DerivedSeriesFiles> series,
    Map<String, Double> stageSeconds,
    List<String> warnings,
    Optional<Throwable> failure) {

  /** How it ended. */
  public enum Status {
    RECONSTRUCTED,
    /** The input cannot give a map. */
    REFUSED,
    /** Objects are missing. */
    INCOMPLETE,
    /** Nothing to do with susceptibility mapping. */
    IGNORED,
    /** A defect of the software or of the machine. */
    FAILED
  }

  public AcquisitionResult {
    series = List.copyOf(series);
    warnings = List.copyOf(warnings);
  }

  static AcquisitionResult without(
      Acquisition acquisition, Status status, Reason reason, Map<String, Double> stageSeconds) {
    return new AcquisitionResult(
        acquisition,
        status,
        Optional.of(reason),
        Optional.empty(),
        List.of(),
        stageSeconds,
        acquisition.notes(),
        Optional.empty());
  }

  static AcquisitionResult failed(Acquisition acquisition, Throwable failure) {
    return new AcquisitionResult(
        acquisition,
        Status.FAILED,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Map.of(),
        acquisition.notes(),
        Optional.of(failure));
  }
}
