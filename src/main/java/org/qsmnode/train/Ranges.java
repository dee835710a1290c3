package org.qsmnode.train;

import java.util.Arrays;
import java.util.List;
import org.qsmnode.inversion.TrainedRange;

/** Ranges of the inputs over cases. */
final class Ranges {

  private static final int FIELD = 0;
  private static final double FIELD_PPM = 0.05;
  private static final int LOG_SD = 6;
  private static final double SD_PPM = 0.003;
  private static final double LARGEST = 0.999;

  private Ranges() {}

  static TrainedRange of(List<CachedCase> cases) {
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
    return new TrainedRange(voxelMm, tesla, sdPpm, fieldPpm);
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
    Arrays.sort(values, 0, count);
    return count == 0 ? 0 : values[(int) (part * (count - 1))];
  }
}
