package org.qsmnode.simulate;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Smooth random field in space with unit variance: cubic B-splines over a lattice of Gaussian
 * numbers. Seeded; the lattice repeats after 32 points along each axis.
 */
final class SmoothNoise {

  private static final int PERIOD = 32;
  // Standard deviation of a cubic B-spline sum over unit white noise, averaged over position.
  private static final double SPREAD = Math.pow(151.0 / 315.0, 1.5);

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
    return sample(x, y, z, null);
  }

  /** Value and, in {@code gradient}, the derivatives per mm along x, y and z. */
  double at(double x, double y, double z, double[] gradient) {
    return sample(x, y, z, gradient);
  }

  private double sample(double x, double y, double z, double @Nullable [] gradient) {
    double u = x / spacingMm;
    double v = y / spacingMm;
    double w = z / spacingMm;
    int iu = (int) Math.floor(u);
    int iv = (int) Math.floor(v);
    int iw = (int) Math.floor(w);
    double fu = u - iu;
    double fv = v - iv;
    double fw = w - iw;
    double sum = 0;
    double du = 0;
    double dv = 0;
    double dw = 0;
    for (int c = 0; c < 4; c++) {
      double bw = basis(c, fw);
      double sw = slope(c, fw);
      int row = Math.floorMod(iw + c - 1, PERIOD) * PERIOD;
      for (int b = 0; b < 4; b++) {
        double bv = basis(b, fv);
        double sv = slope(b, fv);
        int start = (row + Math.floorMod(iv + b - 1, PERIOD)) * PERIOD;
        double line = 0;
        double lineSlope = 0;
        for (int a = 0; a < 4; a++) {
          float value = lattice[start + Math.floorMod(iu + a - 1, PERIOD)];
          line += basis(a, fu) * value;
          lineSlope += slope(a, fu) * value;
        }
        sum += bw * bv * line;
        du += bw * bv * lineSlope;
        dv += bw * sv * line;
        dw += sw * bv * line;
      }
    }
    if (gradient != null) {
      double scale = 1 / (SPREAD * spacingMm);
      gradient[0] = du * scale;
      gradient[1] = dv * scale;
      gradient[2] = dw * scale;
    }
    return sum / SPREAD;
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
