package org.qsmnode.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.inversion.ErrorSpectrum;
import org.qsmnode.inversion.Inversions;
import org.qsmnode.inversion.SdCalibration;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.simulate.CaseFolder;
import org.qsmnode.volume.Vector3;

/** Errors of a known kind are told for what they are. */
class CalibrationFitTest {

  private static final Vector3 B0 = Vector3.Z;

  @TempDir Path root;

  @Test
  void deviationsThatAreTooSmallWhereTheyAreLargeGetTheirFactor() throws IOException {
    CachedCase one = cached();
    float[] noise = new float[one.voxels()];
    new SeededRandom(3).fillGaussian(noise);
    double[] sd = new double[noise.length];
    for (int i = 0; i < noise.length; i++) {
      sd[i] = i % 2 == 0 ? 0.004 : 0.02;
      noise[i] *= (float) (i % 2 == 0 ? 0.004 : 0.06);
    }
    SdCalibration fitted = fit(one, noise, sd).sd();
    assertEquals(0.004, fitted.sdPpm(0.004), 0.0003);
    assertEquals(0.06, fitted.sdPpm(0.02), 0.004);
  }

  @Test
  void smoothErrorsHaveTheirPowerAtLowFrequencies() throws IOException {
    CachedCase one = cached();
    int[] n = one.dims();
    Fourier fourier = new Fourier(n[0], n[1], n[2]);
    float[] noise = new float[one.voxels()];
    new SeededRandom(4).fillGaussian(noise);
    float[] low =
        fourier.multiplier(
            (x, y, z) ->
                Math.hypot(Math.hypot(x / 2.0 / n[0], y / 2.0 / n[1]), z / 2.0 / n[2]) < .06
                    ? 1
                    : 0);
    fourier.convolve(noise, low, noise);
    double[] sd = new double[noise.length];
    double squares = 0;
    for (float value : noise) {
      squares += value * value;
    }
    Arrays.fill(sd, Math.sqrt(squares / noise.length));
    CalibrationFit fit = fit(one, noise, sd);
    assertEquals(1, fit.sd().factor()[0], 0.15);
    double[] power = fit.spectrum(SdCalibration.constant(1)).power();
    double inside = power[ErrorSpectrum.bin(0.05, 0.2)];
    double outside = power[ErrorSpectrum.bin(0.17, 0.2)];
    assertTrue(inside > 20 * outside, inside + " and " + outside);
  }

  private static CalibrationFit fit(CachedCase one, float[] errors, double[] sd) {
    double[] mean = new double[errors.length];
    int count = 0;
    for (int i = 0; i < mean.length; i++) {
      mean[i] = one.truthPpm(i) + errors[i];
      count += one.inMask(i) ? 1 : 0;
    }
    CalibrationFit fit = new CalibrationFit();
    fit.add(one, B0, new Prediction(mean, sd, count));
    return fit;
  }

  private CachedCase cached() throws IOException {
    Path folder = root.resolve("geometric-00001");
    CaseFolder.write(TrainingCases.of("geometric", 1, 31, 34, 29), folder);
    CaseCache cache = new CaseCache(root.resolve("inputs"), Inversions.named("tkd", Map.of()));
    return cache.open(folder);
  }
}
