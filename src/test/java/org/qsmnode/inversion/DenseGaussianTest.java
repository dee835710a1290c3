package org.qsmnode.inversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/** The posterior on a tiny grid against the inverse of the full matrix in double precision. */
class DenseGaussianTest {

  private static final Grid GRID = new Grid(7, 6, 5, 1, 1.2, 1.6, Orientation.AXIAL);
  private static final Vector3 B0 = new Vector3(0.3, -0.2, 0.9).unit();
  private static final double AMPLITUDE = 0.05;
  private static final double LENGTH_MM = 3;
  private static final int SAMPLES = 1500;

  private static LocalField field;
  private static Posterior posterior;
  private static int[] voxels = {};
  private static double[] expectedMean = {};
  private static double[] expectedSd = {};

  @BeforeAll
  static void solveBothWays() {
    Mask mask = Fields.ellipsoid(GRID, 1.05);
    float[] chi = new float[GRID.size()];
    float[] sd = new float[GRID.size()];
    for (int i = 0; i < chi.length; i++) {
      chi[i] = mask.data()[i] ? (float) (0.1 * Math.sin(1.3 * i)) : 0;
      sd[i] = mask.data()[i] ? 0.004f * (1 + i % 5) : 0;
    }
    sd[GRID.index(3, 3, 2)] = Float.POSITIVE_INFINITY;
    DipoleConvolution dipole = new DipoleConvolution(GRID, B0);
    field = Fields.measured(mask, chi, sd, B0, dipole, 4);
    GaussianSettings settings =
        new GaussianSettings(SAMPLES, 200, 1e-5, 0, 1, 1, AMPLITUDE, LENGTH_MM);
    posterior = new GaussianInversion(settings).invert(field, Progress.NONE);
    dense(mask, dipole);
  }

  private static void dense(Mask mask, DipoleConvolution dipole) {
    voxels = new int[mask.count()];
    for (int i = 0, v = 0; i < mask.data().length; i++) {
      if (mask.data()[i]) {
        voxels[v++] = i;
      }
    }
    int n = voxels.length;
    double[][] a = new double[n][n];
    for (int j = 0; j < n; j++) {
      float[] one = new float[GRID.size()];
      one[voxels[j]] = 1;
      dipole.apply(one, one);
      for (int i = 0; i < n; i++) {
        a[i][j] = one[voxels[i]];
      }
    }
    double[][] root = priorRoot(mask);
    double[][] precision = new double[n][n];
    double[] right = new double[n];
    for (int k = 0; k < n; k++) {
      double sd = field.sdPpm().data()[voxels[k]];
      double median = 0.012;
      double weight = Double.isInfinite(sd) ? 0 : 1 / Math.pow(Math.max(sd, 0.2 * median), 2);
      for (int i = 0; i < n; i++) {
        right[i] += a[k][i] * weight * field.localPpm().data()[voxels[k]];
        for (int j = 0; j < n; j++) {
          precision[i][j] += a[k][i] * weight * a[k][j] + root[k][i] * root[k][j];
        }
      }
    }
    double[][] covariance = inverse(precision);
    expectedMean = new double[n];
    double average = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        expectedMean[i] += covariance[i][j] * right[j];
      }
      average += expectedMean[i] / n;
    }
    double[] rowMean = new double[n];
    double total = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        rowMean[i] += covariance[i][j] / n;
      }
      total += rowMean[i] / n;
    }
    expectedSd = new double[n];
    for (int i = 0; i < n; i++) {
      expectedMean[i] -= average;
      expectedSd[i] = Math.sqrt(covariance[i][i] - 2 * rowMean[i] + total);
    }
  }

  /** (1/l^2 - Laplacian within the mask) / amplitude as a matrix. */
  private static double[][] priorRoot(Mask mask) {
    int n = voxels.length;
    double[][] root = new double[n][n];
    for (int i = 0; i < n; i++) {
      root[i][i] += 1 / (LENGTH_MM * LENGTH_MM * AMPLITUDE);
      for (int j = 0; j < n; j++) {
        int dx = Math.abs(voxels[i] % 7 - voxels[j] % 7);
        int dy = Math.abs(voxels[i] / 7 % 6 - voxels[j] / 7 % 6);
        int dz = Math.abs(voxels[i] / 42 - voxels[j] / 42);
        if (dx + dy + dz == 1) {
          double h = dx == 1 ? 1 : dy == 1 ? 1.2 : 1.6;
          root[i][i] += 1 / (h * h * AMPLITUDE);
          root[i][j] -= 1 / (h * h * AMPLITUDE);
        }
      }
    }
    return root;
  }

  /** Gauss-Jordan with pivots from the diagonal, which a positive definite matrix allows. */
  private static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] a = new double[n][2 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix[i], 0, a[i], 0, n);
      a[i][n + i] = 1;
    }
    for (int p = 0; p < n; p++) {
      double pivot = a[p][p];
      for (int j = 0; j < 2 * n; j++) {
        a[p][j] /= pivot;
      }
      for (int i = 0; i < n; i++) {
        double factor = a[i][p];
        if (i != p && factor != 0) {
          for (int j = p; j < 2 * n; j++) {
            a[i][j] -= factor * a[p][j];
          }
        }
      }
    }
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(a[i], n, inverse[i], 0, n);
    }
    return inverse;
  }

  @Test
  void theMeanIsThatOfTheFullMatrix() {
    for (int v = 0; v < voxels.length; v++) {
      assertEquals(expectedMean[v], posterior.chiPpm().data()[voxels[v]], 2e-4);
    }
  }

  @Test
  void theStandardDeviationIsThatOfTheFullMatrix() {
    float[] sd = posterior.sdPpm().orElseThrow().data();
    double standardError = 1 / Math.sqrt(2.0 * SAMPLES);
    double worst = 0;
    double bias = 0;
    for (int v = 0; v < voxels.length; v++) {
      double relative = sd[voxels[v]] / expectedSd[v] - 1;
      worst = Math.max(worst, Math.abs(relative));
      bias += relative / voxels.length;
    }
    assertTrue(worst < 4.5 * standardError, "worst " + worst);
    assertEquals(0, bias, standardError);
  }
}
