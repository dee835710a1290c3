package org.qsmnode.evaluate;

import java.util.Arrays;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Whether a standard deviation is right: z = (reference - map) / sd per voxel, map and reference
 * demeaned inside the mask.
 *
 * @param voxels voxels compared: those of the mask with a finite, positive standard deviation
 * @param within1Percent voxels with |z| up to 1; nominal 68.27
 * @param within2Percent up to 2; nominal 95.45
 * @param within3Percent up to 3; nominal 99.73
 * @param meanSquaredZ nominal 1
 * @param spearman rank correlation of standard deviation and absolute error, ties at mean rank
 * @param meanSdPpm mean standard deviation
 */
public record Calibration(
    int voxels,
    double within1Percent,
    double within2Percent,
    double within3Percent,
    double meanSquaredZ,
    double spearman,
    double meanSdPpm) {

  /** Compares the error of {@code chiPpm} with its stated {@code sdPpm} inside {@code mask}. */
  public static Calibration of(Volume chiPpm, Volume sdPpm, Volume referencePpm, Mask mask) {
    mask.grid().requireSameDims(chiPpm.grid(), "chiPpm");
    mask.grid().requireSameDims(sdPpm.grid(), "sdPpm");
    mask.grid().requireSameDims(referencePpm.grid(), "referencePpm");
    double offset = mean(chiPpm, mask) - mean(referencePpm, mask);
    int n = 0;
    double[] sd = new double[mask.count()];
    double[] error = new double[mask.count()];
    for (int i = 0; i < mask.data().length; i++) {
      float s = sdPpm.data()[i];
      if (mask.data()[i] && s > 0 && Float.isFinite(s)) {
        sd[n] = s;
        error[n++] = Math.abs((double) chiPpm.data()[i] - referencePpm.data()[i] - offset);
      }
    }
    if (n == 0) {
      throw new IllegalArgumentException("sdPpm is nowhere positive inside the mask");
    }
    sd = Arrays.copyOf(sd, n);
    error = Arrays.copyOf(error, n);
    int[] within = new int[4];
    double squares = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double z = error[i] / sd[i];
      squares += z * z;
      sum += sd[i];
      for (int k = 1; k <= 3; k++) {
        within[k] += z <= k ? 1 : 0;
      }
    }
    return new Calibration(
        n,
        100.0 * within[1] / n,
        100.0 * within[2] / n,
        100.0 * within[3] / n,
        squares / n,
        pearson(ranks(sd), ranks(error)),
        sum / n);
  }

  private static double mean(Volume volume, Mask mask) {
    double sum = 0;
    for (int i = 0; i < mask.data().length; i++) {
      sum += mask.data()[i] ? volume.data()[i] : 0;
    }
    return sum / Math.max(1, mask.count());
  }

  /** Rank of each value, equal values at the mean of their ranks. */
  private static double[] ranks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] middle = new double[sorted.length];
    for (int start = 0; start < sorted.length; ) {
      int end = start;
      while (end < sorted.length && sorted[end] == sorted[start]) {
        end++;
      }
      Arrays.fill(middle, start, end, 0.5 * (start + end - 1));
      start = end;
    }
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      ranks[i] = middle[Arrays.binarySearch(sorted, values[i])];
    }
    return ranks;
  }

  private static double pearson(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanB = Arrays.stream(b).average().orElse(0);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
  }
}
