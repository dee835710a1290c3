package org.qsmnode.inversion.error;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.qsmnode.numeric.DipoleKernel;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;

/** Maps drawn with the spectrum that errors had on calibration cases. */
class PosteriorSamplerTest {

  private static final Grid GRID = Grid.isotropic(27, 30, 25, 2);
  private static final Vector3 B0 = new Vector3(0.3, 0, 0.95).unit();
  private static final double SD_PPM = 0.01;
  private static final int DRAWS = 300;
  private static final double REGION_PPM = 0.2;
  private static final int[] REGION = region();
  private static final float[] MEANS = means();

  /** Root mean squares over draws: of the error of one voxel of the region, and of its mean. */
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
  void whatVoxelsOfLikeMeansShareDoesNotAverageOut() {
    Spread spread = spread(ErrorSpectrum.white(), sharedAt200Ppb(0.5 * SD_PPM), SD_PPM);
    assertEquals(SD_PPM, spread.voxelPpm, 0.05 * SD_PPM);
    double expected = SD_PPM * Math.sqrt(0.25 + 0.75 / 216);
    assertEquals(expected, spread.meanPpm, 0.1 * expected);
  }

  @Test
  void voxelsKeepTheirDeviationWhereTheyWouldShareMore() {
    Spread spread = spread(ErrorSpectrum.white(), sharedAt200Ppb(3 * SD_PPM), SD_PPM);
    assertEquals(SD_PPM, spread.voxelPpm, 0.08 * SD_PPM);
    assertEquals(Math.sqrt(0.75) * SD_PPM, spread.meanPpm, 0.1 * SD_PPM);
  }

  @Test
  void whatIsSharedShrinksAsDeviationsDo() {
    Spread spread = spread(ErrorSpectrum.white(), sharedAt200Ppb(SD_PPM), 2 * SD_PPM);
    assertEquals(SD_PPM, spread.voxelPpm, 0.05 * SD_PPM);
    double expected = SD_PPM * Math.sqrt(0.25 + 0.75 / 216);
    assertEquals(expected, spread.meanPpm, 0.1 * expected);
  }

  @Test
  void drawsDependOnTheSeedOnly() {
    PosteriorSampler sampler = sampler(ErrorSpectrum.white(), sharedAt200Ppb(0.5 * SD_PPM), SD_PPM);
    float[] first = sampler.draw(new SeededRandom(1)).data();
    sampler.draw(new SeededRandom(2));
    assertArrayEquals(first, sampler.draw(new SeededRandom(1)).data());
  }

  @Test
  void textsGiveASpectrumBack() {
    double[] power = ErrorSpectrum.white().power();
    power[ErrorSpectrum.bin(0.05, -0.3)] = 7;
    assertEquals(
        7,
        ErrorSpectrum.of(new ErrorSpectrum(power).texts()).power()[ErrorSpectrum.bin(0.05, 0.3)]);
  }

  private static SharedErrors sharedAt200Ppb(double sdPpm) {
    return new SharedErrors(new double[] {0, 0.2}, new double[] {0, sdPpm});
  }

  private static Spread spread(ErrorSpectrum errors) {
    return spread(errors, SharedErrors.none(), SD_PPM);
  }

  /**
   * Of draws with {@link #SD_PPM}.
   *
   * @param networkPpm the network's standard deviation
   */
  private static Spread spread(ErrorSpectrum errors, SharedErrors shared, double networkPpm) {
    PosteriorSampler sampler = sampler(errors, shared, networkPpm);
    SeededRandom random = new SeededRandom(5);
    double[] sums = new double[2];
    for (int d = 0; d < DRAWS; d++) {
      float[] drawn = sampler.draw(random).data();
      double sum = 0;
      for (int i : REGION) {
        double error = drawn[i] - REGION_PPM;
        sum += error;
        sums[0] += error * error / REGION.length;
      }
      sums[1] += sum * sum / REGION.length / REGION.length;
    }
    return new Spread(Math.sqrt(sums[0] / DRAWS), Math.sqrt(sums[1] / DRAWS));
  }

  private static PosteriorSampler sampler(
      ErrorSpectrum errors, SharedErrors shared, double networkPpm) {
    Fourier fourier = new Fourier(new int[] {27, 30, 25}, new int[] {40, 45, 40});
    PosteriorSpectrum spectrum =
        PosteriorSpectrum.measured(
            fourier, DipoleKernel.spectral(fourier, GRID.voxelMm(), B0), GRID.voxelMm(), errors);
    Mask mask = Mask.full(GRID);
    VoxelErrors parts = VoxelErrors.of(shared, MEANS, constant(networkPpm), constant(SD_PPM));
    return new PosteriorSampler(Box.around(mask, 0), mask, spectrum, MEANS, parts);
  }

  private static float[] constant(double sdPpm) {
    float[] sd = new float[GRID.size()];
    Arrays.fill(sd, (float) sdPpm);
    return sd;
  }

  /** Strong in the region, and such in all other voxels that the mean is 0. */
  private static float[] means() {
    float[] means = constant(-REGION_PPM * REGION.length / (GRID.size() - REGION.length));
    for (int i : REGION) {
      means[i] = (float) REGION_PPM;
    }
    return means;
  }

  /** 6x6x6 voxels in the middle. */
  private static int[] region() {
    return IntStream.range(0, 216)
        .map(i -> GRID.index(10 + i % 6, 12 + i / 6 % 6, 10 + i / 36))
        .toArray();
  }
}
