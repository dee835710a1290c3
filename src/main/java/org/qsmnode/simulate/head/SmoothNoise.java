package org.qsmnode.simulate.head;

import java.util.Random;

/**
 * Smooth random field in space with unit variance: cubic B-splines over a lattice of Gaussian
 * numbers. Seeded; the lattice repeats after 32 points along each axis.
 */
final class SmoothNoise {

  private static final int PERIOD = 32;
  private static final int MASK = PERIOD - 1;
  // Standard deviation of a cubic B-spline sum over unit white noise, averaged over position.
  private static final double SPREAD = StrictMath.pow(151.0 / 315.0, 1.5);

  private final float[] lattice = new float[PERIOD * PERIOD * PERIOD];
  private final double spacingMm;

  /** Noise whose features are about twice {@code spacingMm} wide. */
  SmoothNoise(long seed, double spacingMm) {
    this.spacingMm = spacingMm;
    Random random = new Random(seed);
    for (int i = 0; i < lattice.length; i++) {
      lattice[i] = (float) random.nextGaussian();
    }
  }

  double at(double x, double y, double z) {
    double u = x / spacingMm;
    double v = y / spacingMm;
    double w = z / spacingMm;
    int iu = (int) Math.floor(u);
    int iv = (int) Math.floor(v);
    int iw = (int) Math.floor(w);
    double fu = u - iu;
    double b0 = basis(0, fu);
    double b1 = basis(1, fu);
    double b2 = basis(2, fu);
    double b3 = basis(3, fu);
    double sum = 0;
    for (int c = 0; c < 4; c++) {
      double plane = 0;
      for (int b = 0; b < 4; b++) {
        int start = row(iv + b - 1, iw + c - 1);
        plane +=
            basis(b, v - iv)
                * (b0 * lattice[start + (iu - 1 & MASK)]
                    + b1 * lattice[start + (iu & MASK)]
                    + b2 * lattice[start + (iu + 1 & MASK)]
                    + b3 * lattice[start + (iu + 2 & MASK)]);
      }
      sum += basis(c, w - iw) * plane;
    }
    return sum / SPREAD;
  }

  /** Value and, in {@code gradient}, the derivatives per mm along x, y and z. */
  double at(double x, double y, double z, double[] gradient) {
    double u = x / spacingMm;
    double v = y / spacingMm;
    double w = z / spacingMm;
    int iu = (int) Math.floor(u);
    int iv = (int) Math.floor(v);
    int iw = (int) Math.floor(w);
    double fu = u - iu;
    double sum = 0;
    double du = 0;
    double dv = 0;
    double dw = 0;
    for (int c = 0; c < 4; c++) {
      double bw = basis(c, w - iw);
      double sw = slope(c, w - iw);
      for (int b = 0; b < 4; b++) {
        double bv = basis(b, v - iv);
        int start = row(iv + b - 1, iw + c - 1);
        float p0 = lattice[start + (iu - 1 & MASK)];
        float p1 = lattice[start + (iu & MASK)];
        float p2 = lattice[start + (iu + 1 & MASK)];
        float p3 = lattice[start + (iu + 2 & MASK)];
        double line = basis(0, fu) * p0 + basis(1, fu) * p1 + basis(2, fu) * p2 + basis(3, fu) * p3;
        double bend = slope(0, fu) * p0 + slope(1, fu) * p1 + slope(2, fu) * p2 + slope(3, fu) * p3;
        sum += bw * bv * line;
        du += bw * bv * bend;
        dv += bw * slope(b, v - iv) * line;
        dw += sw * bv * line;
      }
    }
    double scale = 1 / (SPREAD * spacingMm);
    gradient[0] = du * scale;
    gradient[1] = dv * scale;
    gradient[2] = dw * scale;
    return sum / SPREAD;
  }

  private static int row(int iv, int iw) {
    return ((iw & MASK) * PERIOD + (iv & MASK)) * PERIOD;
  }

  private static double basis(int tap, double f) {
    double g = 1 - f;
    return switch (tap) {
      case 0 -> g * g * g / 6;
      case 1 -> (3 * f * f * f - 6 * f * f + 4) / 6;
      case 2 -> (3 * g * g * g - 6 * g * g + 4) / 6;
      default -> f * f * f / 6;
    };
  }

  private static double slope(int tap, double f) {
    double g = 1 - f;
    return switch (tap) {
      case 0 -> -g * g / 2;
      case 1 -> (3 * f * f - 4 * f) / 2;
      case 2 -> -(3 * g * g - 4 * g) / 2;
      default -> f * f / 2;
    };
  }
}
