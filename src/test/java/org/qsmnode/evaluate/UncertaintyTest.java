package org.qsmnode.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsmnode.numeric.DipoleKernel;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/** Every figure about a standard deviation against its formula written out directly. */
class UncertaintyTest {

  private static final Grid GRID = Grid.isotropic(12, 11, 10, 1);
  private static final Vector3 B0 = new Vector3(0.2, 0.1, 0.97).unit();

  private static final double[] COS = new double[1320];

  static {
    for (int p = 0; p < COS.length; p++) {
      COS[p] = Math.cos(2 * Math.PI * p / COS.length);
    }
  }

  /** Truth 0 and an error of {@code factor} times the stated standard deviation. */
  private record Stated(Volume chi, Volume sd, Volume truth, Mask mask) {

    static Stated of(double factor, long seed) {
      Volume chi = Volume.zeros(GRID);
      Volume sd = Volume.zeros(GRID);
      SeededRandom random = new SeededRandom(seed);
      for (int i = 0; i < GRID.size(); i++) {
        sd.data()[i] = (float) random.uniform(0.005, 0.05);
        chi.data()[i] = (float) (factor * sd.data()[i] * random.gaussian());
      }
      return new Stated(chi, sd, Volume.zeros(GRID), Mask.full(GRID));
    }

    double error(int i) {
      double mean = 0;
      for (float value : chi.data()) {
        mean += value;
      }
      return -(chi.data()[i] - mean / GRID.size());
    }

    double[] sizes() {
      double[] sizes = new double[GRID.size()];
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = Math.abs(error(i));
      }
      return sizes;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "1, 0.8413447460685429",
    "-1.959963984540054, 0.025",
    "2.9999, 0.998649658",
    "3.0001, 0.998650544",
    "-6, 9.865876450376946e-10",
    "40, 1"
  })
  void theNormalDistributionIsThatOfTables(double z, double p) {
    assertEquals(p, Normal.distribution(z), 1e-8 * p);
    if (Math.abs(z) < 30) {
      assertEquals(z, Normal.quantile(Normal.distribution(z)), 1e-6);
    }
  }

  @Test
  void likelihoodAndRankedScoreFollowTheirDefinitions() {
    Stated s = Stated.of(1.3, 1);
    double nll = 0;
    double crps = 0;
    for (int i = 0; i < GRID.size(); i++) {
      double sd = s.sd().data()[i];
      double error = s.error(i);
      nll += 0.5 * Math.log(2 * Math.PI * sd * sd) + error * error / (2 * sd * sd);
      crps += integralOfSquaredDistributionError(error, sd);
    }
    ProperScores found = ProperScores.of(s.chi(), s.sd(), s.truth(), s.mask());
    assertEquals(nll / GRID.size(), found.nll(), 1e-9);
    assertEquals(crps / GRID.size(), found.crpsPpm(), 1e-5 * found.crpsPpm());
  }

  /** The definition of the score: integral of (F(y) - [y >= error])^2 over y. */
  private static double integralOfSquaredDistributionError(double error, double sd) {
    double sum = 0;
    int steps = 4000;
    double low = Math.min(-8 * sd, error - sd);
    double high = Math.max(8 * sd, error + sd);
    double cut = error;
    for (double[] part : new double[][] {{low, cut, 0}, {cut, high, 1}}) {
      double width = (part[1] - part[0]) / steps;
      for (int k = 0; k < steps; k++) {
        double y = part[0] + (k + 0.5) * width;
        sum += width * Math.pow(Normal.distribution(y / sd) - part[2], 2);
      }
    }
    return sum;
  }

  @Test
  void calibrationErrorsFollowTheirDefinitions() {
    Stated s = Stated.of(0.6, 2);
    double ece = 0;
    for (int j = 1; j <= 19; j++) {
      double below = 0;
      for (int i = 0; i < GRID.size(); i++) {
        double p = Normal.distribution(s.error(i) / s.sd().data()[i]);
        below += p <= j / 20.0 ? 1.0 / GRID.size() : 0;
      }
      ece += Math.abs(below - j / 20.0) / 19;
    }
    Integer[] order = new Integer[GRID.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> s.sd().data()[i]));
    double ence = 0;
    for (int b = 0; b < 20; b++) {
      double variance = 0;
      double squares = 0;
      for (int k = GRID.size() * b / 20; k < GRID.size() * (b + 1) / 20; k++) {
        variance += Math.pow(s.sd().data()[order[k]], 2);
        squares += Math.pow(s.error(order[k]), 2);
      }
      ence += Math.abs(Math.sqrt(variance) - Math.sqrt(squares)) / Math.sqrt(variance) / 20;
    }
    ProperScores found = ProperScores.of(s.chi(), s.sd(), s.truth(), s.mask());
    assertEquals(ece, found.regressionEce(), 1e-9);
    assertEquals(ence, found.ence(), 1e-9);
    assertEquals(0.4, found.ence(), 0.05);
  }

  @Test
  void sparsificationRemovesTheMostUncertainFirst() {
    Stated s = Stated.of(1, 3);
    Sparsification found = Sparsification.of(s.chi(), s.sd(), s.truth(), s.mask());
    double[] size = s.sizes();
    Integer[] order = new Integer[size.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> s.sd().data()[i]));
    double[] ordered = size.clone();
    Arrays.sort(ordered);
    double all = rms(size, size.length);
    double[] bySd = new double[size.length];
    for (int k = 0; k < size.length; k++) {
      bySd[k] = size[order[k]];
    }
    for (int f : new int[] {0, 1, 37, 99}) {
      int kept = size.length - size.length * f / 100;
      assertEquals(rms(bySd, kept) / all, found.bySd()[f], 1e-9);
      assertEquals(rms(ordered, kept) / all, found.byError()[f], 1e-9);
    }
    double ause = 0;
    double aurg = 0;
    for (int f = 1; f < 100; f++) {
      ause += 0.005 * (found.bySd()[f] + found.bySd()[f - 1]);
      ause -= 0.005 * (found.byError()[f] + found.byError()[f - 1]);
      aurg += 0.005 * (2 - found.bySd()[f] - found.bySd()[f - 1]);
    }
    assertEquals(ause, found.ause(), 1e-9);
    assertEquals(aurg, found.aurg(), 1e-9);
    assertTrue(found.aurg() > 0.1);
  }

  private static double rms(double[] values, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i] * values[i];
    }
    return Math.sqrt(sum / count);
  }

  @Test
  void aPerfectOrderLeavesNothingBetweenTheCurves() {
    Stated s = Stated.of(1, 4);
    Volume exact = Volume.zeros(GRID);
    double[] size = s.sizes();
    for (int i = 0; i < size.length; i++) {
      exact.data()[i] = (float) size[i];
    }
    assertEquals(0, Sparsification.of(s.chi(), exact, s.truth(), s.mask()).ause(), 1e-6);
  }

  @Test
  void regionsJudgeTheirMeansBySamplesOrAsIfVoxelsWereUnrelated() {
    Stated s = Stated.of(1, 5);
    Volume labels = Volume.zeros(GRID);
    for (int i = 0; i < GRID.size(); i++) {
      labels.data()[i] = 1 + i * 20 / GRID.size();
    }
    double[] squares = new double[1];
    int[] within = new int[1];
    double mean = 0;
    for (float value : s.chi().data()) {
      mean += value / GRID.size();
    }
    for (int label = 1; label <= 20; label++) {
      double error = 0;
      double variance = 0;
      int count = 0;
      for (int i = 0; i < GRID.size(); i++) {
        if (labels.data()[i] == label) {
          error += s.chi().data()[i] - mean;
          variance += Math.pow(s.sd().data()[i], 2);
          count++;
        }
      }
      double z = Math.abs(error / count) / (Math.sqrt(variance) / count);
      squares[0] += z * z / 20;
      within[0] += z <= 1 ? 5 : 0;
    }
    RegionCoverage unrelated =
        RegionCoverage.unrelated(s.chi(), s.sd(), s.truth(), labels, s.mask(), 8);
    assertEquals(20, unrelated.regions());
    assertEquals(squares[0], unrelated.meanSquaredZ(), 1e-6);
    assertEquals(within[0], unrelated.within1Percent(), 1e-9);

    List<Volume> samples = new ArrayList<>();
    SeededRandom random = new SeededRandom(9);
    for (int n = 0; n < 200; n++) {
      Volume sample = s.chi().copy();
      for (int i = 0; i < GRID.size(); i++) {
        sample.data()[i] += (float) (s.sd().data()[i] * random.gaussian());
      }
      samples.add(sample);
    }
    RegionCoverage sampled =
        RegionCoverage.sampled(s.chi(), samples, s.truth(), labels, s.mask(), 8);
    assertEquals(unrelated.meanSquaredZ(), sampled.meanSquaredZ(), 0.2);
  }

  @Test
  void theSpectralRatioComparesPowerBinByBinOfTheDipole() {
    Stated s = Stated.of(1.5, 6);
    SpectralRatio found = SpectralRatio.unrelated(s.chi(), s.sd(), s.truth(), s.mask(), B0);
    double variance = 0;
    for (float sd : s.sd().data()) {
      variance += (double) sd * sd;
    }
    double[] top = new double[10];
    double[] count = new double[10];
    for (int kz = 0; kz < 10; kz++) {
      for (int ky = 0; ky < 11; ky++) {
        for (int kx = 0; kx < 12; kx++) {
          if (kx + ky + kz == 0) {
            continue;
          }
          int bin = Math.min(9, (int) (15 * Math.abs(kernel(kx, ky, kz))));
          top[bin] += power(s, kx, ky, kz);
          count[bin]++;
        }
      }
    }
    double[] expected = new double[10];
    for (int b = 0; b < 10; b++) {
      expected[b] = top[b] / (count[b] * variance);
    }
    assertArrayEquals(expected, found.ratio(), 1e-3);
    assertEquals(2.0 / 3, found.upper()[9], 1e-12);
    assertEquals(2.25, found.ratio()[4], 0.5);
  }

  private static double kernel(int kx, int ky, int kz) {
    double one = value(kx, ky, kz);
    boolean nyquist = kx == 6 || kz == 5;
    return nyquist ? 0.5 * (one + value((12 - kx) % 12, (11 - ky) % 11, (10 - kz) % 10)) : one;
  }

  private static double value(int kx, int ky, int kz) {
    return (float)
        DipoleKernel.value(
            (kx < 6 ? kx : kx - 12) / 12.0,
            (ky <= 5 ? ky : ky - 11) / 11.0,
            (kz < 5 ? kz : kz - 10) / 10.0,
            B0);
  }

  /** The sum over voxels of one frequency; 1320 is a multiple of every length. */
  private static double power(Stated s, int kx, int ky, int kz) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < GRID.size(); i++) {
      int phase = kx * (i % 12) * 110 + ky * (i / 12 % 11) * 120 + kz * (i / 132) * 132;
      re += s.chi().data()[i] * COS[phase % 1320];
      im += s.chi().data()[i] * COS[(phase + 990) % 1320];
    }
    return re * re + im * im;
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void theRankCorrelationOfRightDeviationsIsFoundWithoutTheErrors(double factor) {
    Stated stated = Stated.of(factor, 8);
    Calibration found = Calibration.of(stated.chi, stated.sd, stated.truth, stated.mask);
    assertEquals(found.spearman(), found.spearmanIfRight(), 0.05);
    assertTrue(found.spearmanIfRight() > 0.3, "" + found.spearmanIfRight());
  }

  @Test
  void standardDeviationsThatAreMuchTheSameCannotRankErrors() {
    Stated stated = Stated.of(1, 9);
    for (int i = 0; i < GRID.size(); i++) {
      stated.sd.data()[i] = 0.01f + 1e-4f * (i % 7);
    }
    Calibration found = Calibration.of(stated.chi, stated.sd, stated.truth, stated.mask);
    assertEquals(0, found.spearmanIfRight(), 0.08);
  }
}
