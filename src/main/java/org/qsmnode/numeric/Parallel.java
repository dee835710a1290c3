package org.qsmnode.numeric;

import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/** Loops over index ranges on all cores with results that do not depend on the number of cores. */
public final class Parallel {

  private static final int SUM_CHUNK = 1 << 14;

  private Parallel() {}

  /** Work on the indices from {@code from} to before {@code to}, independent of all others. */
  @FunctionalInterface
  public interface Range {
    void run(int from, int to);
  }

  /** A sum over the indices from {@code from} to before {@code to}. */
  @FunctionalInterface
  public interface RangeSum {
    double over(int from, int to);
  }

  /** Runs {@code range} over 0 to before {@code n} in pieces. */
  public static void run(int n, Range range) {
    int pieces = Math.min(n, 4 * (1 + ForkJoinPool.getCommonPoolParallelism()));
    IntStream.range(0, pieces)
        .parallel()
        .forEach(
            p -> range.run((int) ((long) n * p / pieces), (int) ((long) n * (p + 1) / pieces)));
  }

  /** Sums over 0 to before {@code n}; pieces and the order of their addition are fixed. */
  public static double sum(int n, RangeSum range) {
    int pieces = (n + SUM_CHUNK - 1) / SUM_CHUNK;
    double[] partial = new double[pieces];
    IntStream.range(0, pieces)
        .parallel()
        .forEach(p -> partial[p] = range.over(p * SUM_CHUNK, Math.min(n, (p + 1) * SUM_CHUNK)));
    double sum = 0;
    for (double part : partial) {
      sum += part;
    }
    return sum;
  }

  /** Inner product, accumulated in double precision. */
  public static double dot(float[] a, float[] b) {
    return sum(
        a.length,
        (from, to) -> {
          double sum = 0;
          for (int i = from; i < to; i++) {
            sum += (double) a[i] * b[i];
          }
          return sum;
        });
  }
}
