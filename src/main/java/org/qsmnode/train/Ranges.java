package org.qsmnode.train;

import java.util.List;
import org.qsmnode.inversion.pdi.TrainedRange;
import org.qsmnode.numeric.Quantiles;
import org.qsmnode.simulate.cases.CaseFacts;

/** Ranges of the inputs over cases. */
final class Ranges {

  private static final int FIELD = 0;
  private static final double FIELD_PPM = 0.05;
  private static final int LOG_SD = 6;
  private static final double SD_PPM = 0.003;
  private static final double LARGEST = 0.999;

  private Ranges() {}

  /**
   * The ranges over some cases.
   *
   * @param facts of the same cases; those that hand over no echo times do not count in their
   *     ranges, which are unlimited if none does
   */
  static TrainedRange of(List<CachedCase> cases, List<CaseFacts> facts) {
    double[] voxelMm = empty();
    double[] tesla = empty();
    double[] sdPpm = empty();
    double[] fieldPpm = empty();
    for (CachedCase one : cases) {
      for (float edge : one.voxelMm()) {
        widen(voxelMm, edge);
      }
      widen(tesla, one.tesla());
      widen(sdPpm, SD_PPM * Math.exp(quantile(one, LOG_SD, 0.5)));
      widen(fieldPpm, FIELD_PPM * quantile(one, FIELD, LARGEST));
    }
    double[] firstEcho = empty();
    double[] lastEcho = empty();
    for (CaseFacts one : facts) {
      List<Double> times = one.statedEchoTimesSeconds();
      if (!times.isEmpty()) {
        widen(firstEcho, times.get(0));
        widen(lastEcho, times.get(times.size() - 1));
      }
    }
    return new TrainedRange(
        voxelMm, tesla, orAnything(firstEcho), orAnything(lastEcho), sdPpm, fieldPpm);
  }

  private static double[] orAnything(double[] range) {
    return range[0] > range[1] ? TrainedRange.anything() : range;
  }

  private static double[] empty() {
    return new double[] {Double.MAX_VALUE, 0};
  }

  private static void widen(double[] range, double value) {
    range[0] = Math.min(range[0], value);
    range[1] = Math.max(range[1], value);
  }

  /** Quantile inside the mask; of the field, of its absolute values. */
  private static double quantile(CachedCase one, int channel, double part) {
    float[] values = new float[one.voxels()];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (one.inMask(i)) {
        float value = one.channel(channel, i);
        values[count++] = channel == FIELD ? Math.abs(value) : value;
      }
    }
    return Quantiles.lower(values, count, part);
  }
}
