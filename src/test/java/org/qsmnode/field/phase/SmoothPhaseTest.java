package org.qsmnode.field.phase;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.data.Angles;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;

final class SmoothPhaseTest {

  private static final Grid GRID = new Grid(41, 38, 29, 2.1, 2, 2.7, Orientation.AXIAL);
  private static final Mask BALL = ball(GRID, 36);

  @FunctionalInterface
  private interface Position {
    double phase(double xMm, double yMm, double zMm);
  }

  @Test
  void aSteepWrappedPlaneIsFollowedToTheRim() {
    float[] plane = image(GRID, (x, y, z) -> 0.9 + 0.14 * x - 0.2 * y + 0.05 * z);
    float[] smooth = SmoothPhase.of(BALL, wrapped(plane, 0, 1), weights(GRID), 8);
    assertEquals(0, worst(smooth, plane, BALL), 2e-3);
  }

  @Test
  void aCurvedPhaseIsNotFlattenedAtTheRim() {
    float[] curved = image(GRID, (x, y, z) -> 1.3 + 9e-4 * (x * x + y * y - 0.7 * z * z + x * y));
    float[] smooth = SmoothPhase.of(BALL, wrapped(curved, 0, 1), weights(GRID), 8);
    double error = worst(smooth, curved, BALL);
    assertTrue(error < 0.06, "largest error " + error + " rad");
  }

  @Test
  void anOddThinGridWorks() {
    Grid thin = new Grid(31, 33, 1, 1, 1, 3, Orientation.AXIAL);
    float[] plane = image(thin, (x, y, z) -> 0.3 * x - 0.1 * y);
    Mask all = Mask.full(thin);
    float[] smooth = SmoothPhase.of(all, wrapped(plane, 0, 1), weights(thin), 5);
    assertEquals(0, worst(smooth, plane, all), 2e-3);
  }

  @Test
  void itIsTheAngleOfAPlaneFittedToTheComplexSignalUnderAGaussian() {
    Position wavy = (x, y, z) -> 0.4 * Math.sin(0.05 * x) + 0.3 * Math.cos(0.06 * y - 0.04 * z);
    float[] phase = image(GRID, wavy);
    float[] smooth = SmoothPhase.of(BALL, wrapped(phase, 0.4, 3), weights(GRID), 8);
    float[] noisy = wrapped(phase, 0.4, 3);
    for (int[] at : new int[][] {{20, 19, 14}, {5, 18, 14}, {20, 32, 20}}) {
      double reference = gaussianRegression(noisy, phase, at);
      assertEquals(reference, smooth[GRID.index(at[0], at[1], at[2])], 0.06);
    }
  }

  @Test
  void turnsOfTwoPiAConstantAndTheSignChangeNothingElse() {
    Random random = new Random(5);
    float[] phase = wrapped(image(GRID, (x, y, z) -> 0.03 * x + 1e-4 * y * z), 0.2, 8);
    float[] smooth = SmoothPhase.of(BALL, phase, weights(GRID), 8);
    float[] turned = phase.clone();
    float[] mirrored = phase.clone();
    for (int i = 0; i < phase.length; i++) {
      turned[i] += (float) (Angles.TWO_PI * (random.nextInt(5) - 2)) + 0.5f;
      mirrored[i] = -phase[i];
    }
    float[] shifted = SmoothPhase.of(BALL, turned, weights(GRID), 8);
    float[] opposite = SmoothPhase.of(BALL, mirrored, weights(GRID), 8);
    for (int i = 0; i < phase.length; i++) {
      if (BALL.data()[i]) {
        shifted[i] -= 0.5f;
        opposite[i] = -opposite[i];
      }
    }
    assertArrayEquals(smooth, shifted, 1e-3f);
    assertArrayEquals(smooth, opposite, 1e-3f);
  }

  /** Two rounds of weighted regression in double precision, voxel by voxel. */
  private static double gaussianRegression(float[] noisy, float[] start, int[] at) {
    double[][] normal = new double[4][4];
    double[] re = new double[4];
    double[] im = new double[4];
    for (int z = 0, i = 0; z < GRID.nz(); z++) {
      for (int y = 0; y < GRID.ny(); y++) {
        for (int x = 0; x < GRID.nx(); x++, i++) {
          if (BALL.data()[i]) {
            double[] d = {1, (x - at[0]) * 2.1, (y - at[1]) * 2.0, (z - at[2]) * 2.7};
            double w = Math.exp(-(d[1] * d[1] + d[2] * d[2] + d[3] * d[3]) / (2 * 64));
            for (int a = 0; a < 4; a++) {
              for (int b = 0; b < 4; b++) {
                normal[a][b] += w * d[a] * d[b];
              }
              re[a] += w * d[a] * Math.cos(noisy[i] - start[i]);
              im[a] += w * d[a] * Math.sin(noisy[i] - start[i]);
            }
          }
        }
      }
    }
    double rest = Math.atan2(intercept(normal, im), intercept(normal, re));
    return start[GRID.index(at[0], at[1], at[2])] + rest;
  }

  private static double intercept(double[][] normal, double[] right) {
    double[][] m = new double[4][5];
    for (int a = 0; a < 4; a++) {
      m[a] = Arrays.copyOf(normal[a], 5);
      m[a][4] = right[a];
    }
    for (int p = 3; p >= 0; p--) {
      for (int r = 0; r < p; r++) {
        double factor = m[r][p] / m[p][p];
        for (int c = 0; c < 5; c++) {
          m[r][c] -= factor * m[p][c];
        }
      }
    }
    return m[0][4] / m[0][0];
  }

  private static double worst(float[] a, float[] b, Mask mask) {
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      worst = mask.data()[i] ? Math.max(worst, Math.abs(Angles.wrap(a[i] - b[i]))) : worst;
    }
    return worst;
  }

  private static float[] weights(Grid grid) {
    float[] weight = new float[grid.size()];
    Arrays.fill(weight, 2.5f);
    return weight;
  }

  private static float[] wrapped(float[] phase, double noiseRad, long seed) {
    Random random = new Random(seed);
    float[] wrapped = new float[phase.length];
    for (int i = 0; i < phase.length; i++) {
      wrapped[i] = (float) Angles.wrap(phase[i] + noiseRad * random.nextGaussian());
    }
    return wrapped;
  }

  private static float[] image(Grid grid, Position position) {
    float[] image = new float[grid.size()];
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++, i++) {
          image[i] =
              (float)
                  position.phase(
                      (x - 0.5 * grid.nx()) * grid.dxMm(),
                      (y - 0.5 * grid.ny()) * grid.dyMm(),
                      (z - 0.5 * grid.nz()) * grid.dzMm());
        }
      }
    }
    return image;
  }

  private static Mask ball(Grid grid, double radiusMm) {
    float[] radius = image(grid, (x, y, z) -> Math.sqrt(x * x + y * y + z * z));
    boolean[] inside = new boolean[radius.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = radius[i] < radiusMm;
    }
    return new Mask(grid, inside);
  }
}
