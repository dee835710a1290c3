package org.qsmnode.field.phase;

import org.qsmnode.field.data.EchoImages;
import org.qsmnode.field.data.Slices;
import org.qsmnode.volume.Mask;

/**
 * Phase gained in one echo spacing, free of any offset that the echoes share. It is the angle of
 * the sum of {@code S(j+1) conj(S(j))} over all pairs of echoes with the shortest spacing.
 *
 * @param wrapped phase step in radians in [-pi, pi], per voxel; 0 outside the mask
 * @param weight root of the magnitude of the sum, a measure of signal; 0 outside the mask
 * @param seconds the spacing
 * @param pairs pairs of echoes that were used
 */
public record PhaseStep(float[] wrapped, float[] weight, double seconds, int pairs) {

  /** Spacings that differ by less are one spacing. */
  private static final double TOLERANCE = 0.01;

  public static PhaseStep of(EchoImages images, Mask mask) {
    double[] te = images.te();
    double shortest = Double.POSITIVE_INFINITY;
    for (int e = 1; e < te.length; e++) {
      shortest = Math.min(shortest, te[e] - te[e - 1]);
    }
    boolean[] use = new boolean[te.length];
    int pairs = 0;
    double seconds = 0;
    for (int e = 1; e < te.length; e++) {
      use[e] = te[e] - te[e - 1] <= shortest * (1 + TOLERANCE);
      if (use[e]) {
        pairs++;
        seconds += te[e] - te[e - 1];
      }
    }
    float[] wrapped = new float[images.size()];
    float[] weight = new float[images.size()];
    int slice = images.grid().nx() * images.grid().ny();
    Slices.each(
        images.grid().nz(),
        z -> {
          for (int i = z * slice; i < (z + 1) * slice; i++) {
            if (mask.data()[i]) {
              step(images, use, i, wrapped, weight);
            }
          }
        });
    return new PhaseStep(wrapped, weight, seconds / pairs, pairs);
  }

  private static void step(
      EchoImages images, boolean[] use, int i, float[] wrapped, float[] weight) {
    double re = 0;
    double im = 0;
    for (int e = 1; e < use.length; e++) {
      double m = use[e] ? images.magnitude(e, i) * images.magnitude(e - 1, i) : 0;
      if (m > 0) {
        double angle = images.phase()[e][i] - (double) images.phase()[e - 1][i];
        re += m * Math.cos(angle);
        im += m * Math.sin(angle);
      }
    }
    wrapped[i] = (float) Math.atan2(im, re);
    weight[i] = (float) Math.sqrt(Math.hypot(re, im));
  }
}
