package org.qsmnode.inversion.adapt;

import java.util.Arrays;
import org.qsmnode.inversion.data.FieldResidual;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.Parallel;
import org.qsmnode.numeric.Quantiles;

/**
 * Expected logarithm of the likelihood of a local field, bounded from below, for independent
 * Gaussian voxels of susceptibility.
 *
 * <p>{@code field = A chi + constant + noise}. The noise of a voxel is Student's with {@link
 * #FREEDOM} degrees of freedom and scale noiseFactor times the fitted standard deviation. So a
 * voxel whose field is wrong (a wrap, haemorrhage) loses its weight. As a scale mixture of
 * Gaussians (Tipping and Lawrence 2005, doi:10.1016/j.neucom.2005.02.016) it has the closed bound
 * {@code -sum [(freedom + 1) / 2 log(1 + e / (freedom noiseFactor^2)) + log noiseFactor]}. Here e
 * is the expected squared residual in fitted standard deviations, {@code W^2 ((field - A mu -
 * constant)^2 + d^2 * sd^2)}, and d the dipole in image space. The constant is the weighted mean of
 * the residual. Buffers are kept, so an instance serves one thread at a time.
 */
final class RobustLikelihood {

  /** Few enough to let go of outliers, many enough to cost Gaussian noise little. */
  static final double FREEDOM = 8;

  private final DipoleConvolution dipole;
  private final float[] squaredDipole;
  private final float[] field;
  private final float[] weight;
  private final int known;
  private final float[] residual;
  private final float[] spread;
  private double noiseFactor = 1;

  /**
   * A likelihood.
   *
   * @param weight 1/sd of the field in 1/ppm, 0 where it is unknown
   */
  RobustLikelihood(DipoleConvolution dipole, float[] fieldPpm, float[] weight) {
    this.dipole = dipole;
    this.squaredDipole = squaredDipole(dipole);
    this.field = fieldPpm;
    this.weight = weight;
    int count = 0;
    for (float w : weight) {
      count += w > 0 ? 1 : 0;
    }
    known = count;
    residual = new float[field.length];
    spread = new float[field.length];
  }

  /** Multiplier that takes squared standard deviations to the variance of the field. */
  private static float[] squaredDipole(DipoleConvolution dipole) {
    int[] n = dipole.fourier().padded();
    Fourier whole = new Fourier(n, n);
    float[] kernel = dipole.multiplier();
    float[] spectrum = new float[whole.spectrumLength()];
    for (int i = 0; i < kernel.length; i++) {
      spectrum[2 * i] = kernel[i];
    }
    float[] image = new float[n[0] * n[1] * n[2]];
    whole.inverse(spectrum, image);
    for (int i = 0; i < image.length; i++) {
      image[i] *= image[i];
    }
    return whole.multiplierOfImage(image);
  }

  double noiseFactor() {
    return noiseFactor;
  }

  void noiseFactor(double factor) {
    noiseFactor = factor;
  }

  int known() {
    return known;
  }

  /** Sets what {@link #value}, {@link #addGradient} and the others speak of. */
  void at(float[] mu, float[] sd) {
    variances(sd);
    means(mu);
  }

  private void means(float[] mu) {
    FieldResidual.into(residual, dipole, field, mu, weight);
  }

  /** Takes the weighted mean out of a field in ppm and sets it to 0 where the field is unknown. */
  void centre(float[] values) {
    FieldResidual.centre(values, weight);
  }

  private void variances(float[] sd) {
    for (int i = 0; i < sd.length; i++) {
      spread[i] = sd[i] * sd[i];
    }
    dipole.fourier().convolve(spread, squaredDipole, spread);
  }

  /** Expected squared residual of a known voxel in fitted standard deviations. */
  private double expected(int i) {
    double w = (double) weight[i] * weight[i];
    return w * ((double) residual[i] * residual[i] + Math.max(0, spread[i]));
  }

  /**
   * Curvature along a change of the means of the parabola that touches {@link #value} and lies
   * below it everywhere.
   *
   * @param response field of the change after {@link #centre}
   */
  double curvatureAlong(float[] response) {
    return Parallel.sum(
            field.length,
            (from, to) -> {
              double sum = 0;
              for (int i = from; i < to; i++) {
                double moved = (double) weight[i] * response[i];
                sum += weight[i] > 0 ? share(i) * moved * moved : 0;
              }
              return sum;
            })
        / (noiseFactor * noiseFactor);
  }

  private double share(int i) {
    return (FREEDOM + 1) / (FREEDOM + expected(i) / (noiseFactor * noiseFactor));
  }

  double value() {
    double scale = FREEDOM * noiseFactor * noiseFactor;
    return -Parallel.sum(
                field.length,
                (from, to) -> {
                  double sum = 0;
                  for (int i = from; i < to; i++) {
                    sum += weight[i] > 0 ? Math.log1p(expected(i) / scale) : 0;
                  }
                  return sum;
                })
            * (FREEDOM + 1)
            / 2
        - known * Math.log(noiseFactor);
  }

  /** Sum of squared residuals of the means alone over known voxels, in fitted sd, per voxel. */
  double discrepancy() {
    double sum =
        Parallel.sum(
            field.length,
            (from, to) -> {
              double part = 0;
              for (int i = from; i < to; i++) {
                part += Math.pow((double) weight[i] * residual[i], 2);
              }
              return part;
            });
    return sum / Math.max(1, known);
  }

  /** Median absolute residual of the means, as the standard deviation of a Gaussian, fitted sd. */
  double medianResidual() {
    float[] size = new float[known];
    for (int i = 0, k = 0; i < field.length; i++) {
      if (weight[i] > 0) {
        size[k++] = Math.abs(weight[i] * residual[i]);
      }
    }
    Arrays.sort(size);
    return known == 0 ? 0 : Quantiles.MAD_TO_SD * size[known / 2];
  }

  /** Whether a known field counts as wrong: it lost more than three quarters of its weight. */
  boolean rejected(int i) {
    return weight[i] > 0 && share(i) < 0.25;
  }

  /** Takes means whose field differs by {@code step} times {@code response}. */
  void move(double step, float[] response) {
    Parallel.run(
        field.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            residual[i] += (float) (-step * response[i]);
          }
        });
  }

  /** The derivatives of {@link #value} with respect to the field of the means. */
  void pull(float[] out) {
    double scale = 1 / (noiseFactor * noiseFactor);
    double[] along = new double[2];
    for (int i = 0; i < field.length; i++) {
      double w = (double) weight[i] * weight[i];
      out[i] = weight[i] > 0 ? (float) (scale * share(i) * w * residual[i]) : 0;
      along[0] += out[i];
      along[1] += w;
    }
    float mean = along[1] > 0 ? (float) (along[0] / along[1]) : 0;
    for (int i = 0; i < field.length; i++) {
      out[i] -= mean * weight[i] * weight[i];
    }
  }

  /**
   * Adds the derivatives of {@link #value} with respect to each mean; those of voxels outside the
   * mask are the caller's to ignore.
   */
  void addGradient(float[] byMu) {
    float[] pull = new float[field.length];
    pull(pull);
    dipole.apply(pull, pull);
    for (int i = 0; i < field.length; i++) {
      byMu[i] += pull[i];
    }
  }
}
