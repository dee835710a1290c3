package org.qsmnode.evaluate;

import java.util.Arrays;

/** Indices in the order of their values. */
final class Order {

  private Order() {}

  /** Indices by ascending value, equal values in the order of the indices. */
  static int[] ascending(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int[] next = new int[values.length];
    int[] order = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      int at = first(sorted, values[i]);
      order[at + next[at]++] = i;
    }
    return order;
  }

  private static int first(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Double.compare(sorted[middle], value) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
