package org.qsmnode.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/** Every figure against its formula written out directly. */
class SimilarityTest {

  private static final Grid GRID = Grid.isotropic(9, 8, 7, 1);

  private final Mask mask = mask();
  private final double[] x = demeaned(noise(1));
  private final double[] t = demeaned(noise(2));
  private final Similarity found = Similarity.of(noise(1), noise(2), mask);

  private static Volume noise(long seed) {
    Volume volume = Volume.zeros(GRID);
    new SeededRandom(seed).fillGaussian(volume.data());
    for (int i = 0; i < volume.data().length; i++) {
      volume.data()[i] = 0.05f * volume.data()[i] + (i % 9 > 4 ? 0.1f : 0);
    }
    return volume;
  }

  private static Mask mask() {
    boolean[] inside = new boolean[GRID.size()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = i % 9 > 0 && i / 72 < 6;
    }
    return new Mask(GRID, inside);
  }

  private double[] demeaned(Volume volume) {
    double mean = 0;
    for (int i = 0; i < GRID.size(); i++) {
      mean += mask.data()[i] ? (double) volume.data()[i] / mask.count() : 0;
    }
    double[] values = new double[GRID.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = mask.data()[i] ? volume.data()[i] - mean : 0;
    }
    return values;
  }

  /** 0..255 inside the mask, 0 outside. */
  private double[] scaled(double[] values) {
    double least = 0;
    double most = 0;
    for (int i = 0; i < values.length; i++) {
      least = Math.min(least, Math.min(x[i], t[i]));
      most = Math.max(most, Math.max(x[i], t[i]));
    }
    double[] scaled = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = mask.data()[i] ? 255 * (values[i] - least) / (most - least) : 0;
    }
    return scaled;
  }

  /** Similarity at a voxel, the window summed voxel by voxel. */
  private static double at(
      double[] a, double[] b, int i, int reach, double sigma, double c1, double c2, boolean cut) {
    int cx = i % 9;
    int cy = i / 9 % 8;
    int cz = i / 72;
    double total = 0;
    double inGrid = 0;
    double[] sums = new double[5];
    for (int dz = -reach; dz <= reach; dz++) {
      for (int dy = -reach; dy <= reach; dy++) {
        for (int dx = -reach; dx <= reach; dx++) {
          double weight =
              sigma > 0 ? Math.exp(-(dx * dx + dy * dy + dz * dz) / (2 * sigma * sigma)) : 1;
          total += weight;
          if (GRID.contains(cx + dx, cy + dy, cz + dz)) {
            inGrid += weight;
            double p = a[GRID.index(cx + dx, cy + dy, cz + dz)];
            double q = b[GRID.index(cx + dx, cy + dy, cz + dz)];
            sums[0] += weight * p;
            sums[1] += weight * q;
            sums[2] += weight * p * p;
            sums[3] += weight * q * q;
            sums[4] += weight * p * q;
          }
        }
      }
    }
    double norm = cut ? inGrid : total;
    double mp = sums[0] / norm;
    double mq = sums[1] / norm;
    double luminance = (2 * mp * mq + c1) / (mp * mp + mq * mq + c1);
    double structure =
        (2 * (sums[4] / norm - mp * mq) + c2)
            / (sums[2] / norm - mp * mp + sums[3] / norm - mq * mq + c2);
    return luminance * structure;
  }

  @Test
  void peakSignalToNoiseCountsTheWholeVolume() {
    double[] a = scaled(x);
    double[] b = scaled(t);
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += Math.pow(a[i] - b[i], 2);
    }
    assertEquals(20 * Math.log10(255 / Math.sqrt(squares / GRID.size())), found.psnr2016Db(), 1e-6);
  }

  @Test
  void theSimilarityOf2016AveragesTheMask() {
    double[] a = scaled(x);
    double[] b = scaled(t);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += mask.data()[i] ? at(a, b, i, 2, 1.5, 2.55 * 2.55, 7.65 * 7.65, false) : 0;
    }
    assertEquals(sum / mask.count(), found.ssim2016(), 1e-9);
  }

  @Test
  void theSimilarityOfCornellAveragesEverythingWithoutTheRange() {
    double[] a = scaled(x);
    double[] b = scaled(t);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += at(a, b, i, 5, 1.5, 1e-4, 9e-4, false);
    }
    assertEquals(sum / GRID.size(), found.ssimCornell(), 1e-7);
  }

  @Test
  void theEvenWindowIsCutAtTheBorders() {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += mask.data()[i] ? at(x, t, i, 2, 0, 1e-4, 1e-6, true) : 0;
    }
    assertEquals(sum / mask.count(), found.xsimU5(), 1e-9);
  }

  @Test
  void aPerfectMapHasSimilarityOne() {
    Similarity same = Similarity.of(noise(1), noise(1), mask);
    assertEquals(1, same.ssim2016(), 1e-12);
    assertEquals(1, same.ssimCornell(), 1e-12);
    assertEquals(1, same.xsimU5(), 1e-12);
    assertEquals(Double.POSITIVE_INFINITY, same.psnr2016Db());
  }
}
