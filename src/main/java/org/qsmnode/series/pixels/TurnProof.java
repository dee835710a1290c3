package org.qsmnode.series.pixels;

import java.util.List;

/**
 * What neighbouring voxels say about the size of a full turn. Where phase wraps, neighbours differ
 * by nearly the whole range of values and seldom by half of it. A range that is not a turn shows no
 * such jumps.
 *
 * @param range smallest and largest phase value
 * @param wraps pairs of bright neighbours in a row that differ by 0.85 of the range or more, each
 *     with another neighbour that it hardly differs from
 * @param halves pairs that differ by 0.5 to 0.65 of it
 */
record TurnProof(ValueRange range, long wraps, long halves) {

  private static final float BRIGHT = 0.3f;
  private static final double NEARLY_ALL = 0.85;
  private static final double FLAT = 0.15;
  private static final double HALF = 0.5;
  private static final double BAND = 0.15;
  private static final long ENOUGH = 50;

  /** The echo that speaks most clearly: the first, unless it hardly wraps. */
  static TurnProof of(List<float[]> phase, List<float[]> magnitude) {
    ValueRange range = ValueRange.of(phase);
    double width = range.width();
    float threshold = BRIGHT * ValueRange.bright(magnitude.get(0));
    TurnProof clearest = new TurnProof(range, 0, 0);
    for (int echo = 0; echo < phase.size() && !clearest.isTurn(); echo++) {
      float[] values = phase.get(echo);
      float[] bright = magnitude.get(echo);
      long wraps = 0;
      long halves = 0;
      for (int i = 2; i < values.length - 1; i++) {
        boolean signal =
            Math.min(Math.min(bright[i - 2], bright[i - 1]), Math.min(bright[i], bright[i + 1]))
                > threshold;
        if (signal && step(values, i - 1, width) < FLAT && step(values, i + 1, width) < FLAT) {
          double part = step(values, i, width);
          wraps += part >= NEARLY_ALL ? 1 : 0;
          halves += part >= HALF && part < HALF + BAND ? 1 : 0;
        }
      }
      clearest = new TurnProof(range, wraps, halves);
    }
    return clearest;
  }

  /** Difference of a value from the one before it, as a part of the range. */
  private static double step(float[] values, int i, double width) {
    return Math.abs(values[i] - (double) values[i - 1]) / width;
  }

  /** Whether the range is a full turn: many jumps by nearly all of it, few by half of it. */
  boolean isTurn() {
    return wraps >= ENOUGH && wraps > 2 * halves;
  }
}
