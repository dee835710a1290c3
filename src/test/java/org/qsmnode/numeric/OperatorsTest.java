package org.qsmnode.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;

class OperatorsTest {

  private static final Grid GRID = new Grid(7, 6, 9, 0.8, 1.1, 2.3, Orientation.AXIAL);

  private static float[] noise(long seed) {
    float[] values = new float[GRID.size()];
    new SeededRandom(seed).fillGaussian(values);
    return values;
  }

  @Test
  void divergenceIsTheNegativeAdjointOfTheGradient() {
    Gradient gradient = new Gradient(GRID);
    float[] u = noise(1);
    float[][] p = {noise(2), noise(3), noise(4)};
    float[][] g = {noise(0), noise(0), noise(0)};
    float[] div = noise(0);
    gradient.apply(u, g[0], g[1], g[2]);
    gradient.divergence(p[0], p[1], p[2], div);
    double left = Parallel.dot(g[0], p[0]) + Parallel.dot(g[1], p[1]) + Parallel.dot(g[2], p[2]);
    assertTrue(Math.abs(left) > 0.1);
    assertEquals(left, -Parallel.dot(u, div), 1e-4);
  }

  @Test
  void theGradientOfARampIsItsSlopeExceptOnTheLastPlane() {
    float[] ramp = new float[GRID.size()];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (float) (3 * GRID.dzMm() * (i / (7 * 6)));
    }
    float[][] g = {noise(0), noise(0), noise(0)};
    new Gradient(GRID).apply(ramp, g[0], g[1], g[2]);
    assertEquals(3, g[2][GRID.index(3, 3, 4)], 1e-5);
    assertEquals(0, g[2][GRID.index(3, 3, 8)]);
    assertEquals(0, g[0][GRID.index(3, 3, 4)]);
  }

  @Test
  void conjugateGradientsSolveADenseSystemWithAndWithoutPreconditioner() {
    int n = 12;
    float[] entries = new float[n * n];
    new SeededRandom(7).fillGaussian(entries);
    LinearOperator matrix =
        (in, out) -> {
          for (int i = 0; i < n; i++) {
            double sum = (1 + i) * in[i];
            for (int j = 0; j < n; j++) {
              double product = 0;
              for (int k = 0; k < n; k++) {
                product += entries[i * n + k] * entries[j * n + k];
              }
              sum += product * in[j];
            }
            out[i] = (float) sum;
          }
        };
    float[] truth = new float[n];
    new SeededRandom(8).fillGaussian(truth);
    float[] right = new float[n];
    matrix.apply(truth, right);
    List<Integer> steps = new ArrayList<>();
    float[] plain = new float[n];
    var outcome = new ConjugateGradient(n, matrix, null).solve(right, plain, 60, 1e-6, steps::add);
    assertTrue(outcome.converged());
    assertEquals(outcome.iterations(), steps.size());
    assertArrayEquals(truth, plain, 1e-3f);
    float[] helped = new float[n];
    LinearOperator jacobi =
        (in, out) -> {
          for (int i = 0; i < n; i++) {
            out[i] = in[i] / (n + 1 + i);
          }
        };
    new ConjugateGradient(n, matrix, jacobi).solve(right, helped, 60, 1e-6, i -> {});
    assertArrayEquals(truth, helped, 1e-3f);
  }

  @Test
  void aZeroRightHandSideHasTheZeroSolution() {
    float[] x = {3, 4};
    var outcome =
        new ConjugateGradient(2, (in, out) -> System.arraycopy(in, 0, out, 0, 2), null)
            .solve(new float[2], x, 5, 1e-6, i -> {});
    assertTrue(outcome.converged());
    assertArrayEquals(new float[2], x);
  }

  @Test
  void theLaplacianOfAPlaneWaveIsKnown() {
    int[] n = {12, 10, 15};
    double[] h = {0.9, 1.2, 2};
    Fourier fourier = new Fourier(n, n);
    float[] wave = new float[n[0] * n[1] * n[2]];
    for (int i = 0; i < wave.length; i++) {
      wave[i] = (float) Math.cos(2 * Math.PI * (2.0 * (i % 12) / 12 + 3.0 * (i / 120) / 15));
    }
    double expected =
        -4 * Math.PI * Math.PI * (Math.pow(2 / (12 * 0.9), 2) + Math.pow(3 / (15 * 2.0), 2));
    float[] out = new float[wave.length];
    fourier.convolve(wave, Laplacian.spectral(fourier, h), out);
    for (int i = 0; i < out.length; i++) {
      assertEquals(expected * wave[i], out[i], 1e-4);
    }
    fourier.convolve(out, Laplacian.spectralInverse(fourier, h), out);
    assertArrayEquals(wave, out, 1e-5f);
  }

  @Test
  void sevenPointsInFourierSpaceAreSevenPointsInSpace() {
    int[] n = {7, 6, 9};
    Fourier fourier = new Fourier(n, n);
    float[] in = noise(5);
    float[] spectral = new float[in.length];
    float[] direct = new float[in.length];
    fourier.convolve(in, Laplacian.sevenPoint(fourier, GRID.voxelMm()), spectral);
    Laplacian.apply(GRID, in, direct);
    for (int z = 1; z < 8; z++) {
      for (int y = 1; y < 5; y++) {
        for (int x = 1; x < 6; x++) {
          int i = GRID.index(x, y, z);
          assertEquals(direct[i], spectral[i], 2e-5);
        }
      }
    }
    fourier.convolve(spectral, Laplacian.sevenPointInverse(fourier, GRID.voxelMm()), spectral);
    double mean = 0;
    for (float value : in) {
      mean += value / in.length;
    }
    for (int i = 0; i < in.length; i++) {
      assertEquals(in[i] - mean, spectral[i], 1e-4);
    }
  }

  @Test
  void theDirichletProblemRecoversAHarmonicFunctionFromItsBoundary() {
    Grid grid = new Grid(13, 12, 11, 1, 1.5, 2, Orientation.AXIAL);
    float[] truth = new float[grid.size()];
    boolean[] interior = new boolean[grid.size()];
    for (int i = 0; i < truth.length; i++) {
      double x = i % 13 - 6;
      double y = 1.5 * (i / 13 % 12 - 6);
      double z = 2 * (i / 156 - 5.0);
      truth[i] = (float) (x * x + y * y - 2 * z * z + x * y + 3 * z);
      interior[i] = x * x + y * y + z * z < 30;
    }
    float[] u = truth.clone();
    for (int i = 0; i < u.length; i++) {
      u[i] = interior[i] ? 0 : u[i];
    }
    var outcome =
        Laplacian.solveDirichlet(
            new Mask(grid, interior), new float[u.length], u, 200, 1e-6, i -> {});
    assertTrue(outcome.converged());
    assertArrayEquals(truth, u, 2e-3f);
  }

  @Test
  void theSphereHasItsVolumeAndTheMeanValueProperty() {
    double[] h = {0.9, 1.1, 1.7};
    int[] n = {20, 18, 16};
    float[] kernel = SphericalMean.kernel(n, h, 5);
    double sum = 0;
    for (float value : kernel) {
      sum += value;
    }
    assertEquals(1, sum, 1e-5);
    double expectedCentre = 0.9 * 1.1 * 1.7 / (4.0 / 3 * Math.PI * 125);
    assertEquals(expectedCentre, kernel[0], 0.002 * expectedCentre);

    Grid grid = new Grid(23, 21, 19, 0.9, 1.1, 1.7, Orientation.AXIAL);
    float[] harmonic = new float[grid.size()];
    for (int i = 0; i < harmonic.length; i++) {
      double x = 0.9 * (i % 23 - 11);
      double y = 1.1 * (i / 23 % 21 - 10);
      double z = 1.7 * (i / (23 * 21) - 9);
      harmonic[i] = (float) (x * y - 0.5 * y * z + 2 * x * z - z + 4);
    }
    float[] mean = new float[harmonic.length];
    new SphericalMean(grid, 5).apply(harmonic, mean);
    for (int z = 4; z < 15; z++) {
      int i = grid.index(11 + z % 3, 9 + z % 4, z);
      assertEquals(harmonic[i], mean[i], 2e-4);
    }
  }

  @Test
  void randomNumbersHaveTheirMomentsAndDoNotDependOnHowTheyAreDrawn() {
    float[] many = new float[400_000];
    new SeededRandom(3).fillGaussian(many);
    double mean = 0;
    double square = 0;
    double fourth = 0;
    int beyond3 = 0;
    for (float value : many) {
      mean += value / many.length;
      square += (double) value * value / many.length;
      fourth += Math.pow(value, 4) / many.length;
      beyond3 += Math.abs(value) > 3 ? 1 : 0;
    }
    assertEquals(0, mean, 0.006);
    assertEquals(1, square, 0.01);
    assertEquals(3, fourth, 0.08);
    assertEquals(0.0027, beyond3 / 400_000.0, 0.0004);
    SeededRandom single = new SeededRandom(3);
    for (int i = 0; i < 100; i++) {
      assertEquals(many[i], (float) single.gaussian());
    }
    SeededRandom left = new SeededRandom(3).stream(1);
    SeededRandom right = new SeededRandom(3).stream(2);
    double correlation = 0;
    for (int i = 0; i < 20_000; i++) {
      correlation += left.gaussian() * right.gaussian() / 20_000;
    }
    assertEquals(0, correlation, 0.03);
  }

  @Test
  void normalQuantilesAreRight() {
    assertEquals(1.959963985, SeededRandom.normal(0.975), 1e-8);
    assertEquals(-3.090232306, SeededRandom.normal(0.001), 1e-8);
    assertEquals(0, SeededRandom.normal(0.5), 1e-12);
  }
}
