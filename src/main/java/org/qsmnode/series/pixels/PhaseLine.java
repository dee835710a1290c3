package org.qsmnode.series.pixels;

import java.util.List;

/**
 * How straight phase runs over the first three echoes. Where signal is strong, {@code S1 S3
 * conj(S2)^2} is real and positive if phase grows linearly in time.
 */
final class PhaseLine {

  /** Below this, phase is not what a monopolar readout and a steady field make of it. */
  static final double BENT = 0.3;

  private static final double SAME_SPACING = 0.01;

  private PhaseLine() {}

  /** Whether the first three echoes are equally spaced. */
  static boolean isDefined(double[] echoTimes) {
    return echoTimes.length >= 3
        && Math.abs((echoTimes[2] - echoTimes[1]) / (echoTimes[1] - echoTimes[0]) - 1)
            < SAME_SPACING;
  }

  /** Resultant length, 0 to 1, of the second difference of phase times {@code factor}. */
  static double sharpness(double factor, List<float[]> phase, List<float[]> magnitude) {
    float[] bright = magnitude.get(2);
    float threshold = ValueRange.bright(bright) / 2;
    double re = 0;
    double im = 0;
    long count = 0;
    for (int i = 0; i < bright.length; i++) {
      if (bright[i] > threshold) {
        double second = factor * (phase.get(0)[i] - 2.0 * phase.get(1)[i] + phase.get(2)[i]);
        re += Math.cos(second);
        im += Math.sin(second);
        count++;
      }
    }
    return count == 0 ? 1 : Math.hypot(re, im) / count;
  }
}
