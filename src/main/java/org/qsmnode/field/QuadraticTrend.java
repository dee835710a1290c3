package org.qsmnode.field;

/** Removes the least-squares polynomial of second order in x, y, z (ten terms). */
final class QuadraticTrend {

  private static final int TERMS = 10;

  private QuadraticTrend() {}

  /**
   * Subtracts the trend from {@code values} in place.
   *
   * @param points x, y, z of value i at 3i, of order one
   */
  static void remove(double[] points, double[] values) {
    double[][] normal = new double[TERMS][TERMS + 1];
    double[] row = new double[TERMS];
    for (int i = 0; i < values.length; i++) {
      terms(points, i, row);
      for (int a = 0; a < TERMS; a++) {
        for (int b = 0; b < TERMS; b++) {
          normal[a][b] += row[a] * row[b];
        }
        normal[a][TERMS] += row[a] * values[i];
      }
    }
    double[] c = solve(normal);
    for (int i = 0; i < values.length; i++) {
      terms(points, i, row);
      for (int a = 0; a < TERMS; a++) {
        values[i] -= c[a] * row[a];
      }
    }
  }

  private static void terms(double[] points, int i, double[] row) {
    double x = points[3 * i];
    double y = points[3 * i + 1];
    double z = points[3 * i + 2];
    row[0] = 1;
    row[1] = x;
    row[2] = y;
    row[3] = z;
    row[4] = x * x;
    row[5] = y * y;
    row[6] = z * z;
    row[7] = x * y;
    row[8] = y * z;
    row[9] = z * x;
  }

  /** Gauss elimination with pivots; a term that the points cannot tell apart gets 0. */
  private static double[] solve(double[][] m) {
    double[] result = new double[TERMS];
    double scale = m[0][0];
    boolean[] free = new boolean[TERMS];
    for (int p = 0; p < TERMS; p++) {
      int best = p;
      for (int r = p + 1; r < TERMS; r++) {
        best = Math.abs(m[r][p]) > Math.abs(m[best][p]) ? r : best;
      }
      double[] swap = m[p];
      m[p] = m[best];
      m[best] = swap;
      free[p] = Math.abs(m[p][p]) < 1e-9 * scale;
      for (int r = p + 1; r < TERMS && !free[p]; r++) {
        double factor = m[r][p] / m[p][p];
        for (int k = p; k <= TERMS; k++) {
          m[r][k] -= factor * m[p][k];
        }
      }
    }
    for (int p = TERMS - 1; p >= 0; p--) {
      double sum = m[p][TERMS];
      for (int k = p + 1; k < TERMS; k++) {
        sum -= m[p][k] * result[k];
      }
      result[p] = free[p] ? 0 : sum / m[p][p];
    }
    return result;
  }
}
