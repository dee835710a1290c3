package org.qsmnode.field.background;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.qsmnode.field.data.TotalField;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/** Each method against its formula in double precision, without transforms or clever solvers. */
final class BackgroundReferenceTest {

  private static final Grid GRID = new Grid(13, 13, 13, 2, 2, 2, Orientation.AXIAL);
  private static final Mask MASK = ball(5.2);

  @Test
  void laplacianBoundaryValuesAreTheRelaxedSolution() {
    TotalField total = total(MASK, GRID);
    double[] u = doubles(total.ppm());
    boolean[] in = MASK.data();
    int[] steps = {1, -1, GRID.nx(), -GRID.nx(), GRID.nx() * GRID.ny(), -GRID.nx() * GRID.ny()};
    boolean[] inner = new boolean[u.length];
    for (int i = 0; i < u.length; i++) {
      inner[i] = in[i];
      for (int s : steps) {
        inner[i] &= in[i] && in[i + s];
      }
    }
    for (int sweep = 0; sweep < 2000; sweep++) {
      for (int i = 0; i < u.length; i++) {
        if (inner[i]) {
          double sum = 0;
          for (int s : steps) {
            sum += u[i + s];
          }
          u[i] = sum / 6;
        }
      }
    }
    BackgroundRemoval.Result result = new LaplacianBoundary().remove(total, share -> {});
    for (int i = 0; i < u.length; i++) {
      assertEquals(inner[i], result.mask().data()[i]);
      assertEquals(inner[i] ? total.ppm()[i] - u[i] : 0, result.localPpm()[i], 2e-4);
    }
  }

  @Test
  void theIteratedMeanIsTheMeanOfNeighboursUntilItStands() {
    TotalField total = total(MASK, GRID);
    double radius = 4;
    boolean[] inner = whole(MASK, radius);
    double[] u = doubles(total.ppm());
    for (int sweep = 0; sweep < 400; sweep++) {
      double[] mean = mean(u, radius);
      for (int i = 0; i < u.length; i++) {
        u[i] = inner[i] ? mean[i] : u[i];
      }
    }
    BackgroundRemoval.Result result = new IteratedMean(radius).remove(total, share -> {});
    for (int i = 0; i < u.length; i++) {
      assertEquals(inner[i], result.mask().data()[i]);
      assertEquals(inner[i] ? total.ppm()[i] - u[i] : 0, result.localPpm()[i], 1e-3);
    }
  }

  @Test
  void oneRadiusOfVSharpIsTheFilteredFieldDividedByTheFilter() {
    TotalField total = total(MASK, GRID);
    double radius = 3;
    boolean[] inner = whole(MASK, radius);
    double[] mean = mean(doubles(total.ppm()), radius);
    double[] filtered = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      filtered[i] = inner[i] ? total.ppm()[i] - mean[i] : 0;
    }
    int n = 16;
    double[] wanted = deconvolve(filtered, n, radius, 0.05);
    BackgroundRemoval.Result result = new VSharp(radius, 0.05).remove(total, share -> {});
    for (int i = 0; i < mean.length; i++) {
      assertEquals(inner[i], result.mask().data()[i]);
      assertEquals(inner[i] ? wanted[i] : 0, result.localPpm()[i], 2e-3);
    }
  }

  @Test
  void theJointProjectionSolvesItsNormalEquations() {
    projection(new JointProjection(0, 400, 1e-6, 0.03), true);
  }

  @Test
  void theProjectionSolvesItsNormalEquations() {
    projection(new DipoleProjection(0, 400, 1e-6), false);
  }

  /** Weighted least squares over all sources of the box by elimination. */
  private static void projection(BackgroundRemoval removal, boolean joint) {
    Grid grid = new Grid(6, 6, 6, 2, 2, 2, Orientation.AXIAL);
    boolean[] in = new boolean[grid.size()];
    for (int i = 0; i < in.length; i++) {
      double x = i % 6 - 2.5;
      double y = i / 6 % 6 - 2.5;
      double z = i / 36 - 2.5;
      in[i] = x * x + y * y + z * z < 11;
    }
    Mask mask = new Mask(grid, in);
    TotalField total = total(mask, grid);
    Fourier fourier = new Fourier(6, 6, 6);
    float[] kernel = PeriodicDipole.multiplier(fourier, grid.voxelMm(), total.b0());
    int n = grid.size();
    double[][] a = new double[n][n];
    for (int k = 0; k < n; k++) {
      float[] column = new float[n];
      column[k] = 1;
      fourier.convolve(column, kernel, column);
      for (int i = 0; i < n; i++) {
        a[i][k] = column[i];
      }
    }
    double[] w = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      w[i] = in[i] ? (joint ? 1 / (0.002 * 0.002 + 0.005 * 0.005) : 1) : 0;
      sum += w[i];
    }
    double[] field = centred(doubles(total.ppm()), w, sum);
    double[][] normal = new double[n][n];
    double[] right = new double[n];
    for (int k = 0; k < n; k++) {
      double[] column = new double[n];
      for (int i = 0; i < n; i++) {
        column[i] = a[i][k] * spread(in[k], joint);
      }
      column = centred(column, w, sum);
      for (int i = 0; i < n; i++) {
        right[k] += column[i] * w[i] * field[i];
        a[i][k] = column[i];
      }
    }
    for (int k = 0; k < n; k++) {
      for (int l = 0; l < n; l++) {
        for (int i = 0; i < n; i++) {
          normal[k][l] += a[i][k] * w[i] * a[i][l];
        }
      }
      normal[k][k] += joint || in[k] ? 1 : 1e-12;
    }
    double[] sources = solve(normal, right);
    BackgroundRemoval.Result result = removal.remove(total, share -> {});
    for (int i = 0; i < n; i++) {
      double local = field[i];
      for (int k = 0; k < n; k++) {
        local -= in[k] ? 0 : a[i][k] * sources[k];
      }
      assertEquals(in[i] ? local : 0, result.localPpm()[i], 2e-3, "voxel " + i);
    }
  }

  private static double spread(boolean inside, boolean joint) {
    if (joint) {
      return inside ? 0.03 : 1;
    }
    return inside ? 0 : 1;
  }

  private static double[] centred(double[] values, double[] w, double sum) {
    double mean = 0;
    for (int i = 0; i < w.length; i++) {
      mean += w[i] * values[i] / sum;
    }
    double[] result = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      result[i] = values[i] - mean;
    }
    return result;
  }

  private static double[] solve(double[][] m, double[] b) {
    int n = b.length;
    for (int k = 0; k < n; k++) {
      for (int i = k + 1; i < n; i++) {
        double f = m[i][k] / m[k][k];
        for (int j = k; f != 0 && j < n; j++) {
          m[i][j] -= f * m[k][j];
        }
        b[i] -= f * b[k];
      }
    }
    for (int k = n - 1; k >= 0; k--) {
      for (int j = k + 1; j < n; j++) {
        b[k] -= m[k][j] * b[j];
      }
      b[k] /= m[k][k];
    }
    return b;
  }

  private static boolean[] whole(Mask mask, double radius) {
    double[] share = mean(doubles(mask.toVolume().data()), radius);
    boolean[] inner = new boolean[share.length];
    for (int i = 0; i < inner.length; i++) {
      inner[i] = mask.data()[i] && share[i] > 0.9999;
    }
    return inner;
  }

  /** Mean over a sphere, zeros beyond the grid. */
  private static double[] mean(double[] in, double radius) {
    double[] out = new double[in.length];
    for (int i = 0; i < in.length; i++) {
      int x = i % GRID.nx();
      int y = i / GRID.nx() % GRID.ny();
      int z = i / (GRID.nx() * GRID.ny());
      double total = 0;
      for (int c = -3; c <= 3; c++) {
        for (int b = -3; b <= 3; b++) {
          for (int a = -3; a <= 3; a++) {
            double part = part(a, b, c, radius);
            total += part;
            if (GRID.contains(x + a, y + b, z + c)) {
              out[i] += part * in[GRID.index(x + a, y + b, z + c)];
            }
          }
        }
      }
      out[i] /= total;
    }
    return out;
  }

  private static final double[] PARTS = new double[3 * 343];

  /** Share of a voxel of 2 mm at an offset that lies in the sphere, on 20x20x20 points. */
  private static double part(int a, int b, int c, double radius) {
    int key = a + 3 + 7 * (b + 3 + 7 * (c + 3)) + (radius == 3 ? 0 : 343);
    if (PARTS[key] == 0) {
      int count = 0;
      for (int k = 0; k < 8000; k++) {
        double x = 2 * (a - 0.5 + (k % 20 + 0.5) / 20);
        double y = 2 * (b - 0.5 + (k / 20 % 20 + 0.5) / 20);
        double z = 2 * (c - 0.5 + (k / 400 + 0.5) / 20);
        count += x * x + y * y + z * z <= radius * radius ? 1 : 0;
      }
      PARTS[key] = 1 + count / 8000.0;
    }
    return PARTS[key] - 1;
  }

  /** Division by 1 - sphere on a periodic block of n^3, sums straight from the definition. */
  private static double[] deconvolve(double[] data, int n, double radius, double threshold) {
    double sum = 0;
    double[] cosines = new double[n];
    for (int k = 0; k < n; k++) {
      cosines[k] = Math.cos(2 * Math.PI * k / n);
    }
    for (int k = 0; k < 343; k++) {
      sum += part(k % 7 - 3, k / 7 % 7 - 3, k / 49 - 3, radius);
    }
    double[] kernel = new double[n * n * n];
    double[] inverse = new double[n * n * n];
    for (int f = 0; f < inverse.length; f++) {
      double s = 0;
      for (int k = 0; k < 343; k++) {
        int turn =
            (k % 7 - 3) * (f % n) + (k / 7 % 7 - 3) * (f / n % n) + (k / 49 - 3) * (f / (n * n));
        s += part(k % 7 - 3, k / 7 % 7 - 3, k / 49 - 3, radius) * cosines[Math.floorMod(turn, n)];
      }
      double kept = 1 - s / sum;
      inverse[f] = Math.abs(kept) > threshold ? 1 / kept : 0;
    }
    // The inverse kernel in space, by separable sums of an even function.
    double[] along = inverse;
    for (int stride : new int[] {1, n, n * n}) {
      double[] next = new double[along.length];
      for (int i = 0; i < along.length; i++) {
        int k = i / stride % n;
        for (int j = 0; j < n; j++) {
          next[i] += along[i + (j - k) * stride] * cosines[j * k % n] / n;
        }
      }
      along = next;
    }
    System.arraycopy(along, 0, kernel, 0, kernel.length);
    double[] out = new double[data.length];
    for (int i = 0; i < out.length; i++) {
      for (int j = 0; j < data.length; j++) {
        if (data[j] != 0) {
          int dx = Math.floorMod(i % 13 - j % 13, n);
          int dy = Math.floorMod(i / 13 % 13 - j / 13 % 13, n);
          int dz = Math.floorMod(i / 169 - j / 169, n);
          out[i] += data[j] * kernel[dx + n * (dy + n * dz)];
        }
      }
    }
    return out;
  }

  private static TotalField total(Mask mask, Grid grid) {
    float[] ppm = new float[grid.size()];
    float[] sd = new float[ppm.length];
    for (int i = 0; i < ppm.length; i++) {
      double x = i % grid.nx() - 5.5;
      double y = i / grid.nx() % grid.ny() - 5;
      double z = i / (grid.nx() * grid.ny()) - 4.5;
      double value = 0.1 * x + 0.02 * (x * x - z * z) + 0.2 * Math.sin(2 * y + x) + 0.4;
      ppm[i] = mask.data()[i] ? (float) value : 0;
      sd[i] = mask.data()[i] ? 0.002f : 0;
    }
    return new TotalField(ppm, sd, mask, new Vector3(0.3, 0, 1).unit());
  }

  private static Mask ball(double radius) {
    boolean[] in = new boolean[GRID.size()];
    for (int i = 0; i < in.length; i++) {
      double x = i % GRID.nx() - 6;
      double y = i / GRID.nx() % GRID.ny() - 6;
      double z = i / (GRID.nx() * GRID.ny()) - 6;
      in[i] = x * x + y * y + z * z < radius * radius;
    }
    return new Mask(GRID, in);
  }

  private static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i];
    }
    return result;
  }
}
