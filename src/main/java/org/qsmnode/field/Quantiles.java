package org.qsmnode.field;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/** Order statistics over the voxels of a volume, from an even subsample where there are many. */
final class Quantiles {

  /** Voxels looked at; the standard error of a median from so many is 0.3 % of the spread. */
  private static final int SAMPLES = 200_000;

  private Quantiles() {}

  /** Sorted finite values of {@code value} over the voxels that {@code use} accepts. */
  static double[] sorted(int size, IntPredicate use, IntToDoubleFunction value) {
    int candidates = 0;
    for (int i = 0; i < size; i++) {
      if (use.test(i)) {
        candidates++;
      }
    }
    int stride = Math.max(1, candidates / SAMPLES);
    double[] values = new double[candidates / stride + 1];
    int count = 0;
    int seen = 0;
    for (int i = 0; i < size; i++) {
      if (use.test(i) && seen++ % stride == 0) {
        double v = value.applyAsDouble(i);
        if (Double.isFinite(v)) {
          values[count++] = v;
        }
      }
    }
    double[] result = Arrays.copyOf(values, count);
    Arrays.sort(result);
    return result;
  }

  /** Quantile {@code q} in [0, 1] of sorted values; NaN when there are none. */
  static double of(double[] sorted, double q) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double place = q * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  static double median(double[] sorted) {
    return of(sorted, 0.5);
  }
}
