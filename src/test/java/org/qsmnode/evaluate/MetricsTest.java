package org.qsmnode.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/** Every figure against its formula written out directly. */
class MetricsTest {

  private static final Grid GRID = Grid.isotropic(9, 8, 7, 1);

  private static Volume noise(long seed, double scale, double offset) {
    Volume volume = Volume.zeros(GRID);
    new SeededRandom(seed).fillGaussian(volume.data());
    for (int i = 0; i < volume.data().length; i++) {
      volume.data()[i] = (float) (scale * volume.data()[i] + offset);
    }
    return volume;
  }

  private static Mask mask() {
    boolean[] inside = new boolean[GRID.size()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = i % 9 > 0 && i / 72 < 6 && i % 13 != 5;
    }
    return new Mask(GRID, inside);
  }

  private static double[] demeaned(Volume volume, Mask mask) {
    double mean = 0;
    for (int i = 0; i < mask.data().length; i++) {
      mean += mask.data()[i] ? volume.data()[i] : 0;
    }
    mean /= mask.count();
    double[] values = new double[mask.data().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = mask.data()[i] ? volume.data()[i] - mean : 0;
    }
    return values;
  }

  /** Convolution with a whole kernel of side 2 * reach + 1, straight from the definition. */
  private static double[] filter(double[] in, double[][][] kernel, int reach) {
    double[] out = new double[in.length];
    for (int i = 0; i < in.length; i++) {
      for (int j = 0; j < in.length; j++) {
        int dx = j % 9 - i % 9 + reach;
        int dy = j / 9 % 8 - i / 9 % 8 + reach;
        int dz = j / 72 - i / 72 + reach;
        int side = 2 * reach + 1;
        if (dx >= 0 && dy >= 0 && dz >= 0 && dx < side && dy < side && dz < side) {
          out[i] += kernel[dx][dy][dz] * in[j];
        }
      }
    }
    return out;
  }

  private static double[][][] gaussian(int reach, boolean laplacian) {
    int side = 2 * reach + 1;
    double[][][] kernel = new double[side][side][side];
    double sum = 0;
    for (int c = 0; c < side * side * side; c++) {
      double value = Math.exp(-squared(c, side, reach) / (2 * 2.25));
      kernel[c % side][c / side % side][c / (side * side)] = value;
      sum += value;
    }
    double total = 0;
    for (int c = 0; c < side * side * side; c++) {
      double factor = laplacian ? squared(c, side, reach) / (2.25 * 2.25) - 3 / 2.25 : 1;
      double value = kernel[c % side][c / side % side][c / (side * side)] / sum * factor;
      kernel[c % side][c / side % side][c / (side * side)] = value;
      total += value;
    }
    for (int c = 0; laplacian && c < side * side * side; c++) {
      kernel[c % side][c / side % side][c / (side * side)] -= total / (side * side * side);
    }
    return kernel;
  }

  private static double squared(int c, int side, int reach) {
    double x = c % side - reach;
    double y = c / side % side - reach;
    double z = c / (side * side) - reach;
    return x * x + y * y + z * z;
  }

  private static double percent(double[] x, double[] t) {
    double error = 0;
    double norm = 0;
    for (int i = 0; i < x.length; i++) {
      error += Math.pow(x[i] - t[i], 2);
      norm += t[i] * t[i];
    }
    return 100 * Math.sqrt(error / norm);
  }

  @Test
  void errorsAndCorrelationFollowTheirDefinitions() {
    Mask mask = mask();
    Volume map = noise(1, 0.05, 0.01);
    Volume truth = noise(2, 0.04, -0.02);
    Accuracy accuracy = Accuracy.of(map, truth, mask);
    double[] x = demeaned(map, mask);
    double[] t = demeaned(truth, mask);
    double error = 0;
    double norm = 0;
    double xt = 0;
    double xx = 0;
    double tt = 0;
    for (int i = 0; i < x.length; i++) {
      if (mask.data()[i]) {
        error += Math.pow((double) map.data()[i] - truth.data()[i], 2);
        norm += Math.pow(truth.data()[i], 2);
      }
      xt += x[i] * t[i];
      xx += x[i] * x[i];
      tt += t[i] * t[i];
    }
    assertEquals(mask.count(), accuracy.voxels());
    assertEquals(100 * Math.sqrt(error / norm), accuracy.rmsePercent(), 1e-6);
    assertEquals(percent(x, t), accuracy.nrmsePercent(), 1e-6);
    assertEquals(xt / Math.sqrt(xx * tt), accuracy.correlation(), 1e-9);
    assertEquals(xt / tt, accuracy.slope(), 1e-9);
    double[] straight = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      straight[i] = x[i] / (xt / tt);
    }
    assertEquals(percent(straight, t), accuracy.detrendedPercent(), 1e-6);
  }

  @Test
  void hfenUsesTheFifteenTapLaplacianOfGaussian() {
    Mask mask = mask();
    Volume map = noise(3, 0.05, 0);
    Volume truth = noise(4, 0.05, 0);
    double[][][] kernel = gaussian(7, true);
    double expected =
        percent(filter(demeaned(map, mask), kernel, 7), filter(demeaned(truth, mask), kernel, 7));
    assertEquals(expected, Accuracy.of(map, truth, mask).hfenPercent(), 1e-6);
  }

  @Test
  void xsimFollowsItsDefinition() {
    Mask mask = mask();
    Volume map = noise(5, 0.05, 0);
    Volume truth = noise(6, 0.05, 0);
    for (int i = 0; i < map.data().length; i++) {
      map.data()[i] += truth.data()[i];
    }
    double[] x = demeaned(map, mask);
    double[] t = demeaned(truth, mask);
    double[][][] window = gaussian(3, false);
    double[] xx = new double[x.length];
    double[] tt = new double[x.length];
    double[] xt = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      xx[i] = x[i] * x[i];
      tt[i] = t[i] * t[i];
      xt[i] = x[i] * t[i];
    }
    double[] mx = filter(x, window, 3);
    double[] mt = filter(t, window, 3);
    double[] mxx = filter(xx, window, 3);
    double[] mtt = filter(tt, window, 3);
    double[] mxt = filter(xt, window, 3);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      if (mask.data()[i]) {
        double luminance = (2 * mx[i] * mt[i] + 1e-4) / (mx[i] * mx[i] + mt[i] * mt[i] + 1e-4);
        double structure =
            (2 * (mxt[i] - mx[i] * mt[i]) + 1e-6)
                / (mxx[i] - mx[i] * mx[i] + mtt[i] - mt[i] * mt[i] + 1e-6);
        sum += luminance * structure;
      }
    }
    assertEquals(sum / mask.count(), Accuracy.of(map, truth, mask).xsimG7(), 1e-9);
  }

  @Test
  void aPerfectMapIsPerfectWhateverItsOffset() {
    Mask mask = mask();
    Volume truth = noise(7, 0.05, 0);
    Volume shifted = noise(7, 0.05, 0.3);
    Accuracy accuracy = Accuracy.of(shifted, truth, mask);
    assertEquals(0, accuracy.nrmsePercent(), 1e-3);
    assertEquals(1, accuracy.correlation(), 1e-6);
    assertEquals(1, accuracy.xsimG7(), 1e-5);
    assertEquals(0, accuracy.hfenPercent(), 1e-3);
  }

  @Test
  void coverageCountsVoxelsWithinTheirOwnSigma() {
    Grid grid = Grid.isotropic(4, 1, 1, 1);
    Volume truth = Volume.zeros(grid);
    Volume map = new Volume(grid, new float[] {0.5f, -1.5f, 3.5f, -2.5f});
    Volume sd = new Volume(grid, new float[] {1, 1, 1, 1});
    Calibration found = Calibration.of(map, sd, truth, Mask.full(grid));
    assertEquals(25, found.within1Percent());
    assertEquals(50, found.within2Percent());
    assertEquals(75, found.within3Percent());
    assertEquals((0.25 + 2.25 + 12.25 + 6.25) / 4, found.meanSquaredZ(), 1e-9);
    assertEquals(1, found.meanSdPpm());
    assertEquals(0, found.spearman(), "a constant has no rank");
  }

  @Test
  void anHonestSigmaIsFoundHonest() {
    Grid grid = Grid.isotropic(40, 40, 40, 1);
    Volume map = Volume.zeros(grid);
    Volume sd = Volume.zeros(grid);
    SeededRandom random = new SeededRandom(1);
    for (int i = 0; i < grid.size(); i++) {
      sd.data()[i] = (float) random.uniform(0.001, 0.1);
      map.data()[i] = (float) (sd.data()[i] * random.gaussian());
    }
    Calibration found = Calibration.of(map, sd, Volume.zeros(grid), Mask.full(grid));
    assertEquals(68.27, found.within1Percent(), 0.6);
    assertEquals(95.45, found.within2Percent(), 0.3);
    assertEquals(99.73, found.within3Percent(), 0.1);
    assertEquals(1, found.meanSquaredZ(), 0.02);
  }

  @Test
  void ranksShareTheirMeanWhenEqual() {
    Grid grid = Grid.isotropic(6, 1, 1, 1);
    Volume sd = new Volume(grid, new float[] {1, 2, 2, 3, 4, 4});
    Volume error = new Volume(grid, new float[] {0.5f, -0.5f, 1.5f, -1.5f, 3, -3});
    double[] rankSd = {0, 1.5, 1.5, 3, 4.5, 4.5};
    double[] rankError = {0.5, 0.5, 2.5, 2.5, 4.5, 4.5};
    double top = 0;
    double a = 0;
    double b = 0;
    for (int i = 0; i < 6; i++) {
      top += (rankSd[i] - 2.5) * (rankError[i] - 2.5);
      a += Math.pow(rankSd[i] - 2.5, 2);
      b += Math.pow(rankError[i] - 2.5, 2);
    }
    Calibration found = Calibration.of(error, sd, Volume.zeros(grid), Mask.full(grid));
    assertEquals(top / Math.sqrt(a * b), found.spearman(), 1e-9);
  }

  @Test
  void infiniteSigmaIsLeftOutAndNoneIsRefused() {
    Grid grid = Grid.isotropic(3, 1, 1, 1);
    Volume sd = new Volume(grid, new float[] {1, Float.POSITIVE_INFINITY, 0});
    assertEquals(
        1, Calibration.of(Volume.zeros(grid), sd, Volume.zeros(grid), Mask.full(grid)).voxels());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Calibration.of(
                Volume.zeros(grid), Volume.zeros(grid), Volume.zeros(grid), Mask.full(grid)));
  }
}
