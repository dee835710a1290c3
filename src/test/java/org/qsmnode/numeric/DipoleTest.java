package org.qsmnode.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

class DipoleTest {

  private static float[] noise(int size, long seed) {
    float[] values = new float[size];
    new SeededRandom(seed).fillGaussian(values);
    return values;
  }

  @ParameterizedTest
  @CsvSource({"6,8,10", "7,9,5", "8,5,6", "4,4,4", "3,16,7"})
  void theKernelEqualsTheDefinitionForOddAndEvenSizes(int nx, int ny, int nz) {
    double[] voxel = {0.9, 1.3, 2.8};
    Vector3 b = new Vector3(0.3, -0.5, 0.8).unit();
    int[] n = {nx, ny, nz};
    float[] in = noise(nx * ny * nz, 5);
    Fourier fourier = new Fourier(n, n);
    float[] out = new float[in.length];
    fourier.convolve(in, DipoleKernel.spectral(fourier, voxel, b), out);
    double[] expected = PlainTransform.dipole(in, n, voxel, new double[] {b.x(), b.y(), b.z()});
    for (int i = 0; i < out.length; i++) {
      assertEquals(expected[i], out[i], 3e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void convolutionIsSelfAdjointOnTheUnpaddedGrid(boolean imageSpace) {
    Grid grid = new Grid(9, 8, 7, 1, 0.7, 2.2, Orientation.AXIAL);
    Vector3 b = new Vector3(0.5, 0.4, 0.9);
    DipoleConvolution dipole =
        imageSpace ? DipoleConvolution.imageSpace(grid, b) : new DipoleConvolution(grid, b);
    float[] x = noise(grid.size(), 6);
    float[] y = noise(grid.size(), 7);
    float[] ax = new float[x.length];
    float[] ay = new float[x.length];
    dipole.apply(x, ax);
    dipole.apply(y, ay);
    double left = Parallel.dot(ax, y);
    double right = Parallel.dot(x, ay);
    assertTrue(Math.abs(left) > 0.1);
    assertEquals(left, right, 1e-5 * Math.abs(left) + 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"64,1,1,1", "57,1,1.2,1.5"})
  void aSphereHasNoFieldInsideAndADipoleOutside(int n, double dx, double dy, double dz) {
    Grid grid = new Grid(n, n, n, dx, dy, dz, Orientation.AXIAL);
    Vector3 b = new Vector3(0.3, -0.2, 0.93).unit();
    double radius = 11;
    double chi = 2;
    double[] centre = {dx * (n / 2), dy * (n / 2), dz * (n / 2)};
    float[] sphere = sphere(grid, centre, radius, chi);
    for (DipoleConvolution dipole :
        new DipoleConvolution[] {
          new DipoleConvolution(grid, b), DipoleConvolution.imageSpace(grid, b)
        }) {
      float[] field = new float[sphere.length];
      dipole.apply(sphere, field);
      double worstInside = 0;
      double squaredOutside = 0;
      double expectedOutside = 0;
      for (int z = 0, i = 0; z < n; z++) {
        for (int y = 0; y < n; y++) {
          for (int x = 0; x < n; x++, i++) {
            double rx = x * dx - centre[0];
            double ry = y * dy - centre[1];
            double rz = z * dz - centre[2];
            double r = Math.sqrt(rx * rx + ry * ry + rz * rz);
            double along = (rx * b.x() + ry * b.y() + rz * b.z()) / Math.max(r, 1e-9);
            if (r < radius - 3) {
              worstInside = Math.max(worstInside, Math.abs(field[i]));
            } else if (r > radius + 3) {
              double expected = chi / 3 * Math.pow(radius / r, 3) * (3 * along * along - 1);
              squaredOutside += Math.pow(field[i] - expected, 2);
              expectedOutside += expected * expected;
            }
          }
        }
      }
      assertTrue(worstInside < 0.05 * chi, "inside " + worstInside);
      double relative = Math.sqrt(squaredOutside / expectedOutside);
      assertTrue(relative < 0.06, "outside " + relative);
    }
  }

  /** A ball with voxels at its surface weighted by the part inside. */
  private static float[] sphere(Grid grid, double[] centre, double radius, double chi) {
    float[] values = new float[grid.size()];
    int fine = 5;
    for (int i = 0; i < values.length; i++) {
      int x = i % grid.nx();
      int y = i / grid.nx() % grid.ny();
      int z = i / (grid.nx() * grid.ny());
      int inside = 0;
      for (int s = 0; s < fine * fine * fine; s++) {
        double ax = grid.dxMm() * (x + (s % fine + 0.5) / fine - 0.5) - centre[0];
        double ay = grid.dyMm() * (y + (s / fine % fine + 0.5) / fine - 0.5) - centre[1];
        double az = grid.dzMm() * (z + (s / (fine * fine) + 0.5) / fine - 0.5) - centre[2];
        inside += ax * ax + ay * ay + az * az <= radius * radius ? 1 : 0;
      }
      values[i] = (float) (chi * inside / (fine * fine * fine));
    }
    return values;
  }

  @Test
  void theImageSpaceKernelIsTheIntegralOfPointDipolesOverTheVoxel() {
    double[] voxel = {0.9, 1.2, 2.5};
    Vector3 b = new Vector3(0.4, -0.3, 0.8).unit();
    Grid grid = new Grid(32, 32, 32, 0.9, 1.2, 2.5, Orientation.AXIAL);
    float[] one = new float[grid.size()];
    one[grid.index(10, 10, 10)] = 1;
    float[] field = new float[one.length];
    DipoleConvolution.imageSpace(grid, b).apply(one, field);
    int[][] offsets = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {2, -1, 1}, {1, 3, -2}, {15, 9, 2}};
    for (int[] o : offsets) {
      double expected = 0;
      int fine = 24;
      for (int s = 0; s < fine * fine * fine; s++) {
        double x = voxel[0] * (o[0] + (s % fine + 0.5) / fine - 0.5);
        double y = voxel[1] * (o[1] + (s / fine % fine + 0.5) / fine - 0.5);
        double z = voxel[2] * (o[2] + (s / (fine * fine) + 0.5) / fine - 0.5);
        double squared = x * x + y * y + z * z;
        double along = x * b.x() + y * b.y() + z * b.z();
        expected += (3 * along * along / squared - 1) / (4 * Math.PI * Math.pow(squared, 1.5));
      }
      expected *= voxel[0] * voxel[1] * voxel[2] / (fine * fine * fine);
      double actual = field[grid.index(10 + o[0], 10 + o[1], 10 + o[2])];
      assertEquals(expected, actual, 0.01 * Math.abs(expected) + 1e-6);
    }
  }

  @Test
  void permutingAxesPermutesTheField() {
    Grid grid = new Grid(10, 12, 14, 1, 1.5, 2, Orientation.AXIAL);
    Grid turned = new Grid(14, 10, 12, 2, 1, 1.5, Orientation.AXIAL);
    Vector3 b = new Vector3(0.2, 0.5, 0.8).unit();
    float[] in = noise(grid.size(), 8);
    float[] inTurned = new float[in.length];
    turn(grid, in, turned, inTurned);
    float[] out = new float[in.length];
    float[] outTurned = new float[in.length];
    float[] expected = new float[in.length];
    new DipoleConvolution(grid, b).apply(in, out);
    new DipoleConvolution(turned, new Vector3(b.z(), b.x(), b.y())).apply(inTurned, outTurned);
    turn(grid, out, turned, expected);
    for (int i = 0; i < out.length; i++) {
      assertEquals(expected[i], outTurned[i], 2e-6);
    }
  }

  private static void turn(Grid grid, float[] in, Grid turned, float[] out) {
    for (int z = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++) {
          out[turned.index(z, x, y)] = in[grid.index(x, y, z)];
        }
      }
    }
  }

  @Test
  void theFieldDirectionHasNoSign() {
    Grid grid = new Grid(8, 9, 10, 1, 1, 2, Orientation.AXIAL);
    Vector3 b = new Vector3(0.1, -0.3, 0.95);
    float[] in = noise(grid.size(), 9);
    float[] one = new float[in.length];
    float[] other = new float[in.length];
    new DipoleConvolution(grid, b).apply(in, one);
    new DipoleConvolution(grid, b.times(-2)).apply(in, other);
    for (int i = 0; i < one.length; i++) {
      assertEquals(one[i], other[i], 1e-6);
    }
  }
}
