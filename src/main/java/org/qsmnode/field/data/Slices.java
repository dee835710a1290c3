package org.qsmnode.field.data;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Runs independent work on all cores, one z slice (or other index) at a time. */
public final class Slices {

  private Slices() {}

  public static void each(int count, IntConsumer work) {
    IntStream.range(0, count).parallel().forEach(work);
  }
}
