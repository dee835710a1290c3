package org.qsmnode.inversion.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.data.SourceSpace;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/** The posterior on a tiny grid against the inverse of the full matrix in double precision. */
class DenseGaussianTest {

  private static final Grid GRID = new Grid(6, 5, 5, 1, 1.2, 1.6, Orientation.AXIAL);
  private static final Vector3 B0 = new Vector3(0.3, -0.2, 0.9).unit();
  private static final double GRADIENT = 0.04;
  private static final double INSIDE = 0.1;
  private static final double OUTSIDE = 0.3;
  private static final int SAMPLES = 300;

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
        new GaussianSettings(
            FieldChoice.TOTAL, SAMPLES, 60, 1e-4, 0, 1, 1, GRADIENT, INSIDE, OUTSIDE, 0, 1);
    posterior = new GaussianInversion(settings).invert(field, Progress.NONE);
    Box box = Box.around(mask, 0);
    dense(box.crop(mask), box, new SourceSpace(box.grid(), B0, 0));
  }

  private static void dense(Mask mask, Box box, SourceSpace space) {
    boolean[] inside = space.embed(mask);
    int n = space.size();
    int known = mask.grid().size();
    double[][] a = new double[known][n];
    for (int j = 0; j < n; j++) {
      float[] one = new float[n];
      one[j] = 1;
      float[] response = new float[known];
      space.field(one, response);
      for (int k = 0; k < known; k++) {
        a[k][j] = response[k];
      }
    }
    float[] sd = box.crop(field.sdPpm()).data();
    float[] measured = box.crop(field.localPpm()).data();
    double[] weight = new double[known];
    double sum = 0;
    for (int k = 0; k < known; k++) {
      double least = 0.2 * 0.012;
      boolean used = mask.data()[k] && Double.isFinite(sd[k]);
      weight[k] = used ? 1 / Math.pow(Math.max(sd[k], least), 2) : 0;
      sum += weight[k];
    }
    double[][] precision = priorPrecision(space.dims(), inside);
    double[] right = new double[n];
    double[] column = new double[n];
    double constant = 0;
    for (int k = 0; k < known; k++) {
      constant += weight[k] * measured[k] / sum;
      for (int j = 0; j < n; j++) {
        column[j] += weight[k] * a[k][j];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        precision[i][j] -= column[i] * column[j] / sum;
      }
    }
    for (int k = 0; k < known; k++) {
      if (weight[k] > 0) {
        for (int i = 0; i < n; i++) {
          right[i] += a[k][i] * weight[k] * (measured[k] - constant);
          for (int j = 0; j < n; j++) {
            precision[i][j] += a[k][i] * weight[k] * a[k][j];
          }
        }
      }
    }
    double[][] covariance = inverse(precision);
    relativeToTheMask(inside, covariance, right);
    voxels = new int[mask.count()];
    for (int i = 0, v = 0; i < field.mask().data().length; i++) {
      if (field.mask().data()[i]) {
        voxels[v++] = i;
      }
    }
  }

  private static void relativeToTheMask(boolean[] inside, double[][] covariance, double[] right) {
    int n = inside.length;
    int[] places = IntStream.range(0, n).filter(i -> inside[i]).toArray();
    expectedMean = new double[places.length];
    expectedSd = new double[places.length];
    double average = 0;
    double total = 0;
    double[] rowMean = new double[places.length];
    for (int v = 0; v < places.length; v++) {
      for (int j = 0; j < n; j++) {
        expectedMean[v] += covariance[places[v]][j] * right[j];
      }
      average += expectedMean[v] / places.length;
      for (int place : places) {
        rowMean[v] += covariance[places[v]][place] / places.length;
      }
      total += rowMean[v] / places.length;
    }
    for (int v = 0; v < places.length; v++) {
      expectedMean[v] -= average;
      double own = covariance[places[v]][places[v]];
      expectedSd[v] = Math.sqrt(own - 2 * rowMean[v] + total);
    }
  }

  private static double[][] priorPrecision(int[] dims, boolean[] inside) {
    int n = inside.length;
    double[][] precision = new double[n][n];
    for (int i = 0; i < n; i++) {
      precision[i][i] += 1 / Math.pow(inside[i] ? INSIDE : OUTSIDE, 2);
      for (int j = 0; j < n; j++) {
        int dx = Math.abs(i % dims[0] - j % dims[0]);
        int dy = Math.abs(i / dims[0] % dims[1] - j / dims[0] % dims[1]);
        int dz = Math.abs(i / (dims[0] * dims[1]) - j / (dims[0] * dims[1]));
        if (inside[i] && inside[j] && dx + dy + dz == 1) {
          double h = dx == 1 ? 1 : dy == 1 ? 1.2 : 1.6;
          precision[i][i] += 1 / (h * h * GRADIENT * GRADIENT);
          precision[i][j] -= 1 / (h * h * GRADIENT * GRADIENT);
        }
      }
    }
    return precision;
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
