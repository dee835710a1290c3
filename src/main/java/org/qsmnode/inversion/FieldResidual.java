package org.qsmnode.inversion;

import org.qsmnode.numeric.DipoleConvolution;

/** What a map leaves unexplained of a field. */
final class FieldResidual {

  private FieldResidual() {}

  /**
   * Field less that of the map, 0 where the field is unknown, its weighted mean removed.
   *
   * @param known field in ppm
   * @param chi map in ppm, 0 outside the mask
   * @param weight 1/sd of the field, 0 where it is unknown
   */
  static float[] of(DipoleConvolution dipole, float[] known, float[] chi, float[] weight) {
    float[] residual = new float[chi.length];
    dipole.apply(chi, residual);
    for (int i = 0; i < residual.length; i++) {
      residual[i] = known[i] - residual[i];
    }
    centre(residual, weight);
    return residual;
  }

  /**
   * Takes out the weighted mean, and what is unknown: a constant field says nothing of
   * susceptibility.
   */
  static void centre(float[] residual, float[] weight) {
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
