package org.qsmnode.series.find;

import java.util.HexFormat;
import org.qsmnode.digest.Digests;
import org.qsmnode.series.header.ReasonCode;

/**
 * Names of acquisitions: a digest of what their images agree on, so that the name is the same
 * however many of them have arrived.
 *
 * <p>Repetitions differ by acquisition number, temporal position and the minute in which the first
 * image was acquired.
 */
final class AcquisitionId {

  private static final int DIGEST_BYTES = 8;
  private static final int SECONDS_PER_MINUTE = 60;

  private AcquisitionId() {}

  static String of(Run run) {
    double earliest =
        run.frames().stream()
            .mapToDouble(f -> f.instance().place().acquisitionSeconds())
            .filter(Double::isFinite)
            .min()
            .orElse(0);
    int number =
        run.frames().stream()
            .mapToInt(f -> f.instance().place().acquisitionNumber())
            .min()
            .orElse(0);
    int temporal = run.frames().stream().mapToInt(f -> f.kind().temporalPosition()).min().orElse(0);
    long minute = (long) Math.floor(earliest / SECONDS_PER_MINUTE);
    return digest(run.group().key() + '|' + minute + '|' + number + '|' + temporal);
  }

  /** Id of images of one series that were put aside for one reason. */
  static String ofSeries(String seriesInstanceUid, ReasonCode code) {
    return digest("series|" + seriesInstanceUid + '|' + code);
  }

  /** Id of the statement that a study holds nothing of use. */
  static String ofStudy(String studyInstanceUid) {
    return digest("study|" + studyInstanceUid);
  }

  /** Id of the n-th acquisition that would otherwise share an id. */
  static String ofOrdinal(String id, int ordinal) {
    return digest(id + '|' + ordinal);
  }

  private static String digest(String text) {
    return "a-" + HexFormat.of().formatHex(Digests.bytesOf(text), 0, DIGEST_BYTES);
  }
}
