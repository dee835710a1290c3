package org.qsmnode.field.phase;

/**
 * Weighted least-squares plane through samples around one place, from moments about the origin.
 * Holds work arrays; one instance per thread.
 */
final class LocalPlane {

  /** Added to each second moment of weight 1, so that samples in a line do not tilt the plane. */
  private static final double RIDGE = 0.02;

  private final double[][] factor = new double[4][4];
  private final double[] centre = new double[3];
  private final double[] column = new double[4];
  private boolean empty;

  /**
   * Takes the weights around {@code (u, v, w)}.
   *
   * @param moments sums of a, a u, a v, a w, a uu, a vv, a ww, a uv, a uw, a vw per place
   */
  void weights(float[][] moments, int place, double u, double v, double w) {
    centre[0] = u;
    centre[1] = v;
    centre[2] = w;
    double mass = moments[0][place];
    empty = !(mass > 0);
    if (empty) {
      return;
    }
    double[][] f = factor;
    f[0][0] = 1;
    for (int a = 0; a < 3; a++) {
      f[a + 1][0] = moments[a + 1][place] / mass - centre[a];
      f[a + 1][a + 1] = second(moments, place, mass, a, a, a + 4) + RIDGE;
    }
    f[2][1] = second(moments, place, mass, 0, 1, 7);
    f[3][1] = second(moments, place, mass, 0, 2, 8);
    f[3][2] = second(moments, place, mass, 1, 2, 9);
    cholesky(f);
  }

  private double second(float[][] m, int place, double mass, int a, int b, int index) {
    return (m[index][place] - centre[a] * m[b + 1][place] - centre[b] * m[a + 1][place]) / mass
        + centre[a] * centre[b];
  }

  private static void cholesky(double[][] f) {
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = f[i][j];
        for (int k = 0; k < j; k++) {
          sum -= f[i][k] * f[j][k];
        }
        f[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-6)) : sum / f[j][j];
      }
    }
  }

  /**
   * Height of the plane at the place, up to the weights' sum; 0 where there are no weights.
   *
   * @param sums sums of s, s u, s v, s w per place, from index {@code first} on
   */
  double value(float[][] sums, int first, int place) {
    if (empty) {
      return 0;
    }
    double mass = sums[first][place];
    column[0] = mass;
    for (int a = 0; a < 3; a++) {
      column[a + 1] = sums[first + a + 1][place] - centre[a] * mass;
    }
    for (int i = 0; i < 4; i++) {
      for (int k = 0; k < i; k++) {
        column[i] -= factor[i][k] * column[k];
      }
      column[i] /= factor[i][i];
    }
    double height = 0;
    for (int i = 3; i >= 0; i--) {
      height = column[i];
      for (int k = i + 1; k < 4; k++) {
        height -= factor[k][i] * column[k];
      }
      height /= factor[i][i];
      column[i] = height;
    }
    return height;
  }
}
