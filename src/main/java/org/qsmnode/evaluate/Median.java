package org.qsmnode.evaluate;

import java.util.stream.DoubleStream;

/** Median of what is finite. */
final class Median {

  private Median() {}

  /** NaN for no value. */
  static double of(DoubleStream values) {
    double[] sorted = values.filter(Double::isFinite).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
  }
}
