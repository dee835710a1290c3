package org.qsmnode.field.background;

import org.qsmnode.field.data.Slices;
import org.qsmnode.volume.Grid;

/**
 * Second-order shim: takes away the solid harmonics of degree 0 to 2 that fit a field in a region.
 * A shim coil's field obeys Laplace's equation, so no other polynomial may be taken away.
 */
public final class Shim {

  private static final int TERMS = 9;
  // Positions come to about 1, so that the normal matrix stays well conditioned.
  private static final double UNIT_MM = 80;

  private Shim() {}

  /** Subtracts from {@code field} its least-squares harmonics over {@code inside}, in place. */
  public static void apply(Grid grid, boolean[] inside, float[] field) {
    double[][] normal = new double[TERMS][TERMS + 1];
    double[] terms = new double[TERMS];
    for (int i = 0; i < field.length; i++) {
      if (!inside[i]) {
        continue;
      }
      basis(grid, i, terms);
      for (int a = 0; a < TERMS; a++) {
        for (int b = 0; b <= a; b++) {
          normal[a][b] += terms[a] * terms[b];
        }
        normal[a][TERMS] += terms[a] * field[i];
      }
    }
    for (int a = 0; a < TERMS; a++) {
      for (int b = a + 1; b < TERMS; b++) {
        normal[a][b] = normal[b][a];
      }
      normal[a][a] += 1e-9 * (1 + normal[a][a]);
    }
    double[] weights = solve(normal);
    int slice = grid.nx() * grid.ny();
    Slices.each(
        grid.nz(),
        z -> {
          double[] local = new double[TERMS];
          for (int i = z * slice; i < (z + 1) * slice; i++) {
            basis(grid, i, local);
            double sum = 0;
            for (int a = 0; a < TERMS; a++) {
              sum += weights[a] * local[a];
            }
            field[i] -= (float) sum;
          }
        });
  }

  private static void basis(Grid grid, int index, double[] terms) {
    double x = (index % grid.nx() - grid.nx() / 2.0) * grid.dxMm() / UNIT_MM;
    double y = (index / grid.nx() % grid.ny() - grid.ny() / 2.0) * grid.dyMm() / UNIT_MM;
    double z = (index / grid.nx() / grid.ny() - grid.nz() / 2.0) * grid.dzMm() / UNIT_MM;
    terms[0] = 1;
    terms[1] = x;
    terms[2] = y;
    terms[3] = z;
    terms[4] = x * y;
    terms[5] = x * z;
    terms[6] = y * z;
    terms[7] = x * x - y * y;
    terms[8] = 2 * z * z - x * x - y * y;
  }

  private static double[] solve(double[][] m) {
    for (int p = 0; p < TERMS; p++) {
      int best = p;
      for (int r = p + 1; r < TERMS; r++) {
        best = Math.abs(m[r][p]) > Math.abs(m[best][p]) ? r : best;
      }
      double[] row = m[best];
      m[best] = m[p];
      m[p] = row;
      for (int r = p + 1; r < TERMS; r++) {
        double factor = m[r][p] / row[p];
        for (int c = p; c <= TERMS; c++) {
          m[r][c] -= factor * row[c];
        }
      }
    }
    double[] x = new double[TERMS];
    for (int p = TERMS - 1; p >= 0; p--) {
      double sum = m[p][TERMS];
      for (int c = p + 1; c < TERMS; c++) {
        sum -= m[p][c] * x[c];
      }
      x[p] = sum / m[p][p];
    }
    return x;
  }
}
