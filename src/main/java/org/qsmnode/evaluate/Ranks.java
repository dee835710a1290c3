package org.qsmnode.evaluate;

import java.util.Arrays;

/** Ranks and correlation. */
final class Ranks {

  private Ranks() {}

  /** Rank of each value from 0, equal values at the mean of their ranks. */
  static double[] of(double[] values) {
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

  /** Pearson correlation, 0 where one side is constant. */
  static double pearson(double[] a, double[] b) {
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
