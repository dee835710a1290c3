package org.qsmnode.series.pixels;

import org.qsmnode.series.header.PhaseScale;

/**
 * Finds and removes a sign that alternates from slice to slice, left by reconstructions that do not
 * centre the transform along slices.
 */
final class SliceChopper {

  private static final double CLEAR = 0.3;

  private SliceChopper() {}

  /**
   * Compares neighbouring slices of a complex image given as magnitude and phase.
   *
   * @param magnitude nz slices of {@code sliceSize} values
   * @param phase radians
   */
  static Chopper detect(float[] magnitude, float[] phase, int sliceSize) {
    double agreement = 0;
    double total = 0;
    for (int i = 0; i + sliceSize < magnitude.length; i++) {
      double weight = (double) magnitude[i] * magnitude[i + sliceSize];
      agreement += weight * Math.cos(phase[i] - phase[i + sliceSize]);
      total += weight;
    }
    if (total == 0) {
      return Chopper.UNCLEAR;
    }
    double share = agreement / total;
    return share < -CLEAR ? Chopper.APPLIED : share > CLEAR ? Chopper.ABSENT : Chopper.UNCLEAR;
  }

  /** Adds pi to every second slice, keeping phase in [-pi, pi). */
  static void remove(float[] phase, int sliceSize) {
    for (int start = sliceSize; start < phase.length; start += 2 * sliceSize) {
      for (int i = start; i < start + sliceSize; i++) {
        phase[i] = PhaseScale.wrap(phase[i] + Math.PI);
      }
    }
  }
}
