package org.qsmnode.numeric;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/** Order statistics of values, such as those of the voxels of a volume. */
public final class Quantiles {

  /** Voxels looked at; the standard error of a median from so many is 0.3 % of the spread. */
  private static final int SAMPLES = 200_000;

  /** Standard deviation of a normal distribution over its median absolute deviation. */
  public static final double MAD_TO_SD = 1.4826;

  private Quantiles() {}

  /**
   * Sorted finite values of {@code value} over the voxels that {@code use} accepts, of an even
   * subsample where there are many.
   */
  public static double[] sorted(int size, IntPredicate use, IntToDoubleFunction value) {
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
  public static double of(double[] sorted, double q) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double place = q * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** The median of sorted values; NaN when there are none. */
  public static double median(double[] sorted) {
    return of(sorted, 0.5);
  }

  /**
   * The largest of the first {@code count} values that is not above quantile {@code q} in [0, 1]; 0
   * when there are none. Sorts them.
   */
  public static double lower(float[] values, int count, double q) {
    Arrays.sort(values, 0, count);
    return count == 0 ? 0 : values[(int) (q * (count - 1))];
  }
}
