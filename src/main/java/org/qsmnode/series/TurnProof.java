package org.qsmnode.series;

import java.util.List;

/**
 * What neighbouring voxels say about the size of a full turn. Where phase wraps, neighbours differ
 * by nearly the whole range of values and seldom by half of it; a range that is not a turn shows no
 * such jumps.
 *
 * @param range smallest and largest phase value
 * @param wraps pairs of bright neighbours in a row that differ by four fifths of the range or more
 * @param halves pairs that differ by about half of it
 */
record TurnProof(ValueRange range, long wraps, long halves) {

  private static final float BRIGHT = 0.3f;
  private static final double NEARLY_ALL = 0.8;
  private static final double ABOUT_HALF = 0.15;
  private static final long ENOUGH = 50;

  static TurnProof of(List<float[]> phase, List<float[]> magnitude) {
    ValueRange range = ValueRange.of(phase);
    float threshold = BRIGHT * ValueRange.bright(magnitude.get(0));
    double width = range.width();
    long wraps = 0;
    long halves = 0;
    for (int echo = 0; echo < phase.size(); echo++) {
      float[] values = phase.get(echo);
      float[] bright = magnitude.get(echo);
      for (int i = 1; i < values.length; i++) {
        if (bright[i - 1] > threshold && bright[i] > threshold) {
          double part = Math.abs(values[i] - (double) values[i - 1]) / width;
          wraps += part >= NEARLY_ALL ? 1 : 0;
          halves += Math.abs(part - 0.5) < ABOUT_HALF ? 1 : 0;
        }
      }
    }
    return new TurnProof(range, wraps, halves);
  }

  /** Whether the range is a full turn: many jumps by nearly all of it, few by half of it. */
  boolean isTurn() {
    return wraps >= ENOUGH && wraps > 2 * halves;
  }
}
