package org.qsmnode.inversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.qsmnode.numeric.DipoleKernel;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/** Maps drawn with the spectrum that errors had on calibration cases. */
class PosteriorSamplerTest {

  private static final Grid GRID = Grid.isotropic(27, 30, 25, 2);
  private static final Vector3 B0 = new Vector3(0.3, 0, 0.95).unit();
  private static final double SD_PPM = 0.01;
  private static final int DRAWS = 60;

  /** Root mean squares over draws: of one voxel, and of the mean of 6x6x6 voxels around it. */
  private record Spread(double voxelPpm, double meanPpm) {}

  @Test
  void unrelatedVoxelsAverageOut() {
    Spread spread = spread(ErrorSpectrum.white());
    assertEquals(SD_PPM, spread.voxelPpm, 0.05 * SD_PPM);
    assertEquals(SD_PPM / Math.sqrt(216), spread.meanPpm, 0.3 * SD_PPM / Math.sqrt(216));
  }

  @Test
  void smoothErrorsDoNotAndVoxelsKeepTheirDeviation() {
    double[] power = new double[ErrorSpectrum.FREQUENCIES * ErrorSpectrum.DIPOLES];
    Arrays.fill(power, 1e-3);
    for (int f = 0; f < 6; f++) {
      Arrays.fill(power, f * ErrorSpectrum.DIPOLES, (f + 1) * ErrorSpectrum.DIPOLES, 1);
    }
    Spread spread = spread(new ErrorSpectrum(power));
    assertEquals(SD_PPM, spread.voxelPpm, 0.1 * SD_PPM);
    assertTrue(spread.meanPpm > 4 * SD_PPM / Math.sqrt(216), spread::toString);
  }

  @Test
  void textsGiveASpectrumBack() {
    double[] power = ErrorSpectrum.white().power();
    power[ErrorSpectrum.bin(0.05, -0.3)] = 7;
    assertEquals(
        7,
        ErrorSpectrum.of(new ErrorSpectrum(power).texts()).power()[ErrorSpectrum.bin(0.05, 0.3)]);
  }

  private static Spread spread(ErrorSpectrum errors) {
    Fourier fourier = new Fourier(new int[] {27, 30, 25}, new int[] {40, 45, 40});
    PosteriorSpectrum spectrum =
        PosteriorSpectrum.measured(
            fourier, DipoleKernel.spectral(fourier, GRID.voxelMm(), B0), GRID.voxelMm(), errors);
    Mask mask = Mask.full(GRID);
    float[] sd = new float[GRID.size()];
    Arrays.fill(sd, (float) SD_PPM);
    PosteriorSampler sampler =
        new PosteriorSampler(Box.around(mask, 0), mask, spectrum, new float[sd.length], sd);
    SeededRandom random = new SeededRandom(5);
    double voxels = 0;
    double means = 0;
    for (int d = 0; d < DRAWS; d++) {
      Volume drawn = sampler.draw(random);
      double sum = 0;
      for (int z = 10; z < 16; z++) {
        for (int y = 12; y < 18; y++) {
          for (int x = 10; x < 16; x++) {
            double value = drawn.data()[GRID.index(x, y, z)];
            sum += value;
            voxels += value * value / 216;
          }
        }
      }
      means += sum * sum / 216 / 216;
    }
    return new Spread(Math.sqrt(voxels / DRAWS), Math.sqrt(means / DRAWS));
  }
}
