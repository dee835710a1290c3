package org.qsmnode.inversion.data;

import org.qsmnode.numeric.DipoleConvolution;

/** What a map leaves unexplained of a field. */
public final class FieldResidual {

  private static final float LARGEST = 10;

  private FieldResidual() {}

  /**
   * Field less that of the map, 0 where the field is unknown, its weighted mean removed.
   *
   * @param known field in ppm
   * @param chi map in ppm, 0 outside the mask
   * @param weight 1/sd of the field, 0 where it is unknown
   */
  public static float[] of(DipoleConvolution dipole, float[] known, float[] chi, float[] weight) {
    float[] residual = new float[chi.length];
    into(residual, dipole, known, chi, weight);
    return residual;
  }

  /** Writes the residual of {@link #of} into a buffer. */
  public static void into(
      float[] residual, DipoleConvolution dipole, float[] known, float[] chi, float[] weight) {
    dipole.apply(chi, residual);
    for (int i = 0; i < residual.length; i++) {
      residual[i] = known[i] - residual[i];
    }
    centre(residual, weight);
  }

  /** In standard deviations of the field, at most {@value #LARGEST} of them. */
  public static float[] whitened(float[] residual, float[] weight) {
    float[] whitened = new float[residual.length];
    for (int i = 0; i < whitened.length; i++) {
      whitened[i] = Math.max(-LARGEST, Math.min(LARGEST, weight[i] * residual[i]));
    }
    return whitened;
  }

  /**
   * Takes out the weighted mean, and what is unknown: a constant field says nothing of
   * susceptibility.
   */
  public static void centre(float[] residual, float[] weight) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < weight.length; i++) {
      double w = (double) weight[i] * weight[i];
      sum += w * residual[i];
      all += w;
    }
    float mean = all > 0 ? (float) (sum / all) : 0;
    for (int i = 0; i < weight.length; i++) {
      residual[i] = weight[i] > 0 ? residual[i] - mean : 0;
    }
  }
}
