package org.qsmnode.inversion.classic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.TimeBudget;
import org.qsmnode.inversion.data.SourceSpace;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.DipoleKernel;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.pipeline.Inversions;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

class TvInversionTest {

  private static final Vector3 B0 = new Vector3(0.3, -0.1, 0.9).unit();

  /** Blocks of constant susceptibility, field in image space, noise of {@code sdPpm}. */
  private static LocalField blocks(Grid grid, double sdPpm, double statedSdPpm) {
    Mask mask = Fields.ellipsoid(grid, 0.9);
    float[] noise = new float[grid.size()];
    new SeededRandom(3).fillGaussian(noise);
    float[] field = chi(grid);
    DipoleConvolution.imageSpace(grid, B0).apply(field, field);
    for (int i = 0; i < field.length; i++) {
      field[i] = mask.data()[i] ? field[i] + (float) sdPpm * noise[i] : 0;
    }
    return Fields.of(mask, field, Fields.constant(mask, statedSdPpm), B0);
  }

  private static float[] chi(Grid grid) {
    Mask mask = Fields.ellipsoid(grid, 0.9);
    float[] chi = new float[grid.size()];
    SeededRandom random = new SeededRandom(2);
    for (int block = 0; block < 10; block++) {
      double value = 0.1 * random.gaussian();
      int x = (int) random.uniform(4, grid.nx() - 12);
      int y = (int) random.uniform(4, grid.ny() - 12);
      int z = (int) random.uniform(4, grid.nz() - 12);
      for (int k = z; k < z + 8; k++) {
        for (int j = y; j < y + 7; j++) {
          for (int i = x; i < x + 6; i++) {
            chi[grid.index(i, j, k)] = mask.at(i, j, k) ? (float) value : 0;
          }
        }
      }
    }
    return chi;
  }

  private static Posterior invert(LocalField field, Map<String, String> settings) {
    return Inversions.named("tv", settings).invert(field, Progress.NONE);
  }

  @Test
  void aBudgetEndsItEarlyWithAMapAndAWarning() {
    LocalField field = blocks(Grid.isotropic(20, 22, 24, 1), 0.005, 0.005);
    AtomicLong seconds = new AtomicLong();
    TimeBudget budget = new TimeBudget(() -> seconds.getAndIncrement() * 1_000_000_000L, 20);
    Posterior posterior =
        Inversions.named("tv", Map.of("tolerance", "1e-6")).invert(field, Progress.NONE, budget);
    assertEquals("TIME_BUDGET", Fields.report(posterior).get("stop"));
    assertEquals(false, Fields.report(posterior).get("converged"));
    assertTrue(Fields.figure(posterior, "iterations") > 3, Fields.report(posterior)::toString);
    assertTrue(seconds.get() <= 22, seconds + " s");
    assertTrue(posterior.warnings().get(0).contains("lack of time"));
    Posterior whole = invert(field, Map.of("tolerance", "1e-6"));
    assertEquals("STEP_LIMIT", Fields.report(whole).get("stop"));
    assertEquals(30, Fields.figure(whole, "iterations"));
    assertTrue(whole.warnings().isEmpty());
  }

  @Test
  void theMapOfManyStepsIsTheMinimumOfTheObjective() {
    Grid grid = new Grid(9, 8, 7, 1, 1.2, 1.5, Orientation.AXIAL);
    LocalField field = blocks(Grid.isotropic(20, 20, 20, 1), 0.005, 0.005);
    Mask mask = Fields.ellipsoid(grid, 0.95);
    SourceSpace space = new SourceSpace(grid, B0, 0);
    float[] known = new float[grid.size()];
    float[] weight = new float[grid.size()];
    for (int i = 0; i < known.length; i++) {
      known[i] = mask.data()[i] ? field.localPpm().data()[3000 + 7 * i] : 0;
      weight[i] = mask.data()[i] ? 1e4f * (1 + i % 5) : 0;
    }
    float[] magnitude = new float[grid.size()];
    new SeededRandom(8).fillGaussian(magnitude);
    float[][] edge = VariationWeights.of(space, mask, magnitude);
    float[] knownEverywhere = space.embed(known);
    float[] weightEverywhere = space.embed(weight);
    SplitVariation problem =
        new SplitVariation(space, B0, knownEverywhere, weightEverywhere, edge, 20);
    for (int step = 0; step < 4000; step++) {
      problem.step();
    }
    Objective objective = new Objective(space, knownEverywhere, weightEverywhere, edge, 20);
    double[] found = new double[space.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = problem.chi()[i];
    }
    double least = objective.at(found);
    assertTrue(least < 0.7 * objective.at(new double[found.length]));
    noSmallChangeIsBetter(objective, found, least);
    double onField = 0;
    double[] explained = objective.field(found);
    double mean = objective.mean(explained);
    for (int i = 0; i < explained.length; i++) {
      onField += weightEverywhere[i] * (knownEverywhere[i] - mean - explained[i]) * explained[i];
    }
    assertEquals(objective.variation(found), onField, 0.001 * onField);
  }

  private static void noSmallChangeIsBetter(Objective objective, double[] found, double least) {
    SeededRandom random = new SeededRandom(4);
    for (int trial = 0; trial < 60; trial++) {
      double[] other = found.clone();
      int length = (int) Math.pow(trial % 4 + 1, 3);
      double size = trial % 2 == 0 ? 1e-3 : 1e-2;
      int first = (int) random.uniform(0, found.length);
      for (int i = first; i < Math.min(found.length, first + length); i++) {
        other[i] += size * random.gaussian();
      }
      assertTrue(objective.at(other) > least * (1 - 1e-6), "trial " + trial);
    }
  }

  /** The objective in double precision with a field summed over frequencies one by one. */
  private record Objective(
      SourceSpace space, float[] known, float[] weight, float[][] edge, double lambda) {

    double at(double[] chi) {
      double[] field = field(chi);
      double mean = mean(field);
      double squares = 0;
      for (int i = 0; i < chi.length; i++) {
        squares += weight[i] * Math.pow(known[i] - mean - field[i], 2);
      }
      return 0.5 * squares + variation(chi);
    }

    double mean(double[] field) {
      double sum = 0;
      double all = 0;
      for (int i = 0; i < field.length; i++) {
        sum += weight[i] * (known[i] - field[i]);
        all += weight[i];
      }
      return sum / all;
    }

    double variation(double[] chi) {
      int[] n = space.dims();
      double[] h = space.box().voxelMm();
      double sum = 0;
      for (int i = 0; i < chi.length; i++) {
        int x = i % n[0];
        int y = i / n[0] % n[1];
        int z = i / (n[0] * n[1]);
        int[] next = {
          index((x + 1) % n[0], y, z, n),
          index(x, (y + 1) % n[1], z, n),
          index(x, y, (z + 1) % n[2], n)
        };
        for (int a = 0; a < 3; a++) {
          sum += lambda * edge[a][i] * Math.abs(chi[next[a]] - chi[i]) / h[a];
        }
      }
      return sum;
    }

    private static int index(int x, int y, int z, int[] n) {
      return x + n[0] * (y + n[1] * z);
    }

    double[] field(double[] chi) {
      int[] n = space.dims();
      double[] h = space.box().voxelMm();
      double[] re = chi.clone();
      double[] im = new double[chi.length];
      for (int a = 0; a < 3; a++) {
        transform(re, im, n, a, -1);
      }
      for (int i = 0; i < re.length; i++) {
        int[] k = {i % n[0], i / n[0] % n[1], i / (n[0] * n[1])};
        double d = 0.5 * (kernel(k, n, h, 1) + kernel(k, n, h, -1)) / re.length;
        re[i] *= d;
        im[i] *= d;
      }
      for (int a = 0; a < 3; a++) {
        transform(re, im, n, a, 1);
      }
      return re;
    }

    private static double kernel(int[] k, int[] n, double[] h, int sign) {
      double[] f = new double[3];
      for (int a = 0; a < 3; a++) {
        int index = (n[a] + sign * k[a]) % n[a];
        f[a] = (index <= (n[a] - 1) / 2 ? index : index - n[a]) / (n[a] * h[a]);
      }
      return DipoleKernel.value(f[0], f[1], f[2], B0);
    }

    private static void transform(double[] re, double[] im, int[] n, int axis, int sign) {
      int stride = axis == 0 ? 1 : axis == 1 ? n[0] : n[0] * n[1];
      int length = n[axis];
      double[] cos = new double[length];
      double[] sin = new double[length];
      for (int i = 0; i < length; i++) {
        cos[i] = Math.cos(2 * Math.PI * i / length);
        sin[i] = sign * Math.sin(2 * Math.PI * i / length);
      }
      double[] lineRe = new double[length];
      double[] lineIm = new double[length];
      for (int start = 0; start < re.length; start++) {
        if (start / stride % length != 0) {
          continue;
        }
        for (int k = 0; k < length; k++) {
          lineRe[k] = 0;
          lineIm[k] = 0;
          for (int i = 0; i < length; i++) {
            double c = cos[i * k % length];
            double s = sin[i * k % length];
            lineRe[k] += c * re[start + i * stride] - s * im[start + i * stride];
            lineIm[k] += c * im[start + i * stride] + s * re[start + i * stride];
          }
        }
        for (int k = 0; k < length; k++) {
          re[start + k * stride] = lineRe[k];
          im[start + k * stride] = lineIm[k];
        }
      }
    }
  }

  @Test
  void theMapOfBlocksIsFarCloserToTheTruthThanThatOfTheOtherMethods() {
    Grid grid = Grid.isotropic(40, 38, 36, 1);
    LocalField field = blocks(grid, 0.002, 0.002);
    double tv =
        Fields.relativeError(invert(field, Map.of()).chiPpm().data(), chi(grid), field.mask());
    double tkd =
        Fields.relativeError(
            new TkdInversion(0.19).invert(field, Progress.NONE).chiPpm().data(),
            chi(grid),
            field.mask());
    assertTrue(tv < 0.4 * tkd, tv + " and " + tkd);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 3})
  void aStatedNoiseThatIsWrongChangesTheMapLittleAndIsFound(double factor) {
    Grid grid = Grid.isotropic(36, 36, 36, 1);
    Posterior right = invert(blocks(grid, 0.003, 0.003), Map.of("iterations", "60"));
    LocalField field = blocks(grid, 0.003, factor * 0.003);
    Posterior wrong = invert(field, Map.of("iterations", "60"));
    assertTrue(
        Fields.relativeError(wrong.chiPpm().data(), right.chiPpm().data(), field.mask()) < 0.1);
    assertEquals(1 / factor, Fields.figure(wrong, "noiseFactor"), 0.15 / factor);
  }

  @Test
  void aFieldWithoutItsNoiseHasTheNoiseMeasured() {
    Grid grid = Grid.isotropic(36, 36, 36, 1);
    LocalField field = blocks(grid, 0.004, 0);
    Posterior posterior = invert(field, Map.of());
    assertEquals(false, Fields.report(posterior).get("noiseFitted"));
    assertEquals(0.004, Fields.figure(posterior, "noiseFactor"), 0.0008);
    assertTrue(Fields.correlation(posterior.chiPpm().data(), chi(grid), field.mask()) > 0.9);
  }

  @Test
  void theRuleEndsWhereResidualAndFieldCorrelateAsMuchAsNoiseDoes() {
    LocalField field = blocks(Grid.isotropic(32, 33, 34, 1), 0.004, 0.004);
    Posterior posterior = invert(field, Map.of("iterations", "150", "tolerance", "1e-6"));
    assertEquals(1, Fields.figure(posterior, "residualOnFieldPerVoxel"), 0.01);
  }

  @Test
  void unknownVoxelsHaveNoInfluence() {
    Grid grid = Grid.isotropic(24, 23, 22, 1);
    LocalField field = blocks(grid, 0.003, 0.003);
    float[] sd = field.sdPpm().data().clone();
    float[] one = field.localPpm().data().clone();
    float[] two = one.clone();
    for (int i = grid.index(11, 11, 11); i < grid.index(14, 11, 11); i++) {
      sd[i] = Float.POSITIVE_INFINITY;
      one[i] = 20;
      two[i] = Float.NaN;
    }
    assertArrayEquals(
        invert(Fields.of(field.mask(), one, sd, B0), Map.of()).chiPpm().data(),
        invert(Fields.of(field.mask(), two, sd, B0), Map.of()).chiPpm().data());
  }

  @Test
  void aConstantAddedToTheFieldChangesNothing() {
    LocalField field = blocks(Grid.isotropic(22, 23, 24, 1), 0.003, 0.003);
    float[] shifted = field.localPpm().data().clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += field.mask().data()[i] ? 0.05f : 0;
    }
    LocalField other = Fields.of(field.mask(), shifted, field.sdPpm().data(), B0);
    Map<String, String> settings = Map.of("lambda", "60", "iterations", "80");
    float[] one = invert(field, settings).chiPpm().data();
    float[] two = invert(other, settings).chiPpm().data();
    assertTrue(Fields.relativeError(two, one, field.mask()) < 0.05);
  }

  @Test
  void gradientAndItsAdjointAgreeOnAnOddPeriodicGrid() {
    int[] dims = {5, 4, 3};
    PeriodicGradient gradient = new PeriodicGradient(dims, new double[] {1, 1.5, 2});
    float[] values = new float[60];
    float[][] field = new float[3][60];
    SeededRandom random = new SeededRandom(6);
    random.fillGaussian(values);
    for (float[] component : field) {
      random.fillGaussian(component);
    }
    float[] adjoint = new float[60];
    gradient.adjoint((axis, i) -> field[axis][i], adjoint);
    double right = 0;
    for (int i = 0; i < 60; i++) {
      right += (double) values[i] * adjoint[i];
    }
    assertEquals(
        gradient.sum(values, (axis, i, perMm) -> (double) perMm * field[axis][i]), right, 1e-4);
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TvSettings(-1, 30, 0.01));
    assertThrows(IllegalArgumentException.class, () -> new TvSettings(0, 0, 0.01));
    assertThrows(IllegalArgumentException.class, () -> new TvSettings(0, 30, 1));
  }
}
