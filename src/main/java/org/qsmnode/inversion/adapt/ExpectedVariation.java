package org.qsmnode.inversion.adapt;

import org.qsmnode.inversion.data.EdgeWeights;
import org.qsmnode.numeric.Parallel;
import org.qsmnode.volume.Mask;

/**
 * Expected weighted total variation of independent Gaussian voxels inside a mask, in closed form. A
 * difference g per mm with mean m and standard deviation s has {@code E|g| = s sqrt(2/pi) exp(-m^2
 * / (2 s^2)) + m erf(m / (s sqrt 2))}. Forward differences, only between neighbours that are both
 * inside; across edges of the magnitude ({@link EdgeWeights}) a difference counts a tenth.
 */
final class ExpectedVariation {

  private static final double ROOT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);
  private static final double ROOT_HALF = Math.sqrt(0.5);

  private final int[] step;
  private final double[] hMm;
  private final int plane;
  private final int planes;

  /** Per axis, edge weight over voxel size for the difference to the next; 0 at the mask's edge. */
  private final float[][] weight;

  ExpectedVariation(Mask mask, float[] magnitude) {
    int[] dims = mask.grid().dims();
    plane = dims[0] * dims[1];
    planes = dims[2];
    step = new int[] {1, dims[0], plane};
    hMm = mask.grid().voxelMm();
    weight = EdgeWeights.of(step, mask.data(), magnitude, mask.grid().voxelMm());
    for (float[] axis : weight) {
      for (int i = 0; i < axis.length; i++) {
        axis[i] = (float) Math.sqrt(axis[i]);
      }
    }
  }

  /**
   * Standard deviation in ppm of a voxel in a flat region without data, under a prior of strength
   * {@code lambda}. There 1 / sd equals lambda times the slope of the variation.
   */
  double flatSd(double lambda) {
    double slope = 0;
    for (double h : hMm) {
      slope += 2 / Math.sqrt(Math.PI) / h;
    }
    return 1 / (lambda * slope);
  }

  /** Expected variation in ppm/mm of means {@code mu} with standard deviations {@code sd}, ppm. */
  double value(float[] mu, float[] sd) {
    return Parallel.sum(
        mu.length,
        (from, to) -> {
          double sum = 0;
          for (int a = 0; a < 3; a++) {
            for (int i = from; i < to; i++) {
              float w = weight[a][i];
              if (w > 0) {
                int j = i + step[a];
                double m = mu[j] - mu[i];
                double s = deviation(sd, i, j);
                double e = Math.exp(-0.5 * m * m / (s * s));
                sum += w * (s * ROOT_TWO_OVER_PI * e + m * erf(m / s * ROOT_HALF, e));
              }
            }
          }
          return sum;
        });
  }

  /** Adds {@code factor} times the derivatives of {@link #value} with respect to each mean. */
  void addMeanGradient(float[] mu, float[] sd, double factor, float[] byMu) {
    Parallel.run(
        planes,
        (from, to) -> {
          for (int i = from * plane; i < to * plane; i++) {
            double sum = 0;
            for (int a = 0; a < 3; a++) {
              int last = i - step[a];
              if (weight[a][i] > 0) {
                sum -= weight[a][i] * sign(mu, sd, a, i);
              }
              if (last >= 0 && weight[a][last] > 0) {
                sum += weight[a][last] * sign(mu, sd, a, last);
              }
            }
            byMu[i] += (float) (factor * sum);
          }
        });
  }

  /** Expected sign of the difference from {@code i} to the next. */
  private double sign(float[] mu, float[] sd, int a, int i) {
    double s = deviation(sd, i, i + step[a]);
    double m = mu[i + step[a]] - mu[i];
    return erf(m / s * ROOT_HALF, Math.exp(-0.5 * m * m / (s * s)));
  }

  /**
   * Curvature along {@code direction} of the parabola that touches {@link #value} at {@code mu} and
   * lies above it everywhere. It exists because the expected size of a difference is a concave
   * function of its squared mean.
   */
  double curvature(float[] mu, float[] sd, float[] direction) {
    return Parallel.sum(
        mu.length,
        (from, to) -> {
          double sum = 0;
          for (int a = 0; a < 3; a++) {
            for (int i = from; i < to; i++) {
              float w = weight[a][i];
              if (w > 0) {
                int j = i + step[a];
                double m = Math.abs(mu[j] - mu[i]);
                double s = deviation(sd, i, j);
                double slope =
                    m < 1e-3 * s
                        ? ROOT_TWO_OVER_PI / s
                        : erf(m / s * ROOT_HALF, Math.exp(-0.5 * m * m / (s * s))) / m;
                double move = direction[j] - direction[i];
                sum += w * slope * move * move;
              }
            }
          }
          return sum;
        });
  }

  /** Standard deviation of a difference. */
  private double deviation(float[] sd, int i, int j) {
    double one = sd[i];
    double other = sd[j];
    return Math.sqrt(one * one + other * other);
  }

  /**
   * Error function with an absolute error below 1.5e-7 (Abramowitz and Stegun 1964, 7.1.26).
   *
   * @param e exp(-x^2)
   */
  static double erf(double x, double e) {
    double t = 1 / (1 + 0.3275911 * Math.abs(x));
    double tail =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    return Math.copySign(1 - tail * e, x);
  }
}
