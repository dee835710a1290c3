package org.qsmnode.field.check;

/**
 * The polynomials of second order in x, y, z (ten terms) on a set of points, for taking a trend
 * away.
 */
final class QuadraticTrend {

  private static final int TERMS = 10;

  private final int count;

  /** Orthonormal terms, one row each; a term that the points cannot tell apart is zero. */
  private final double[][] basis;

  /**
   * The polynomials on some points.
   *
   * @param points x, y, z of point i at 3i, of order one
   */
  QuadraticTrend(double[] points) {
    count = points.length / 3;
    basis = new double[TERMS][count];
    for (int i = 0; i < count; i++) {
      double x = points[3 * i];
      double y = points[3 * i + 1];
      double z = points[3 * i + 2];
      double[] values = {1, x, y, z, x * x, y * y, z * z, x * y, y * z, z * x};
      for (int a = 0; a < TERMS; a++) {
        basis[a][i] = values[a];
      }
    }
    for (int a = 0; a < TERMS; a++) {
      double before = Math.sqrt(dot(basis[a], basis[a]));
      for (int round = 0; round < 2; round++) {
        for (int b = 0; b < a; b++) {
          subtract(basis[a], dot(basis[a], basis[b]), basis[b]);
        }
      }
      double norm = Math.sqrt(dot(basis[a], basis[a]));
      double scale = norm > 1e-6 * before ? 1 / norm : 0;
      for (int i = 0; i < count; i++) {
        basis[a][i] *= scale;
      }
    }
  }

  /** Subtracts the least-squares trend from the values at the points, in place. */
  void remove(double[] values) {
    for (double[] term : basis) {
      subtract(values, dot(values, term), term);
    }
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void subtract(double[] from, double factor, double[] term) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= factor * term[i];
    }
  }
}
