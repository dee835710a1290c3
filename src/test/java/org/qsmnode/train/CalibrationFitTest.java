package org.qsmnode.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.inversion.ErrorModel;
import org.qsmnode.inversion.ErrorModels;
import org.qsmnode.inversion.ErrorSpectrum;
import org.qsmnode.inversion.Inversions;
import org.qsmnode.inversion.PdiInputs;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.SdCalibration;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.simulate.CaseFolder;
import org.qsmnode.simulate.InversionCase;
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
    SdCalibration fitted = fit(one, noise, sd).models().quiet().sd();
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
    ErrorModel model = fit.models().quiet();
    assertEquals(1, model.sd().factor()[0], 0.15);
    double[] power = model.spectrum().power();
    double inside = power[ErrorSpectrum.bin(0.05, 0.2)];
    double outside = power[ErrorSpectrum.bin(0.17, 0.2)];
    assertTrue(inside > 20 * outside, inside + " and " + outside);
  }

  @Test
  void fieldsNoisierThanStatedHaveAModelOfTheirOwn() throws IOException {
    CachedCase quiet = cached("quiet", 1);
    CachedCase noisy = cached("noisy", 3);
    CalibrationFit fit = new CalibrationFit();
    for (int k = 0; k < 3; k++) {
      fit.add(quiet, B0, predicted10Ppb(quiet, 0.01f));
      fit.add(noisy, B0, predicted10Ppb(noisy, 0.04f));
    }
    ErrorModels models = fit.models();
    double between = Math.sqrt(ErrorModels.QUIET_PPM * ErrorModels.NOISY_PPM);
    assertEquals(0.01, models.at(0).sd().sdPpm(0.01), 0.001);
    assertEquals(0.02, models.at(between).sd().sdPpm(0.01), 0.002);
    assertEquals(0.04, models.at(1).sd().sdPpm(0.01), 0.004);
  }

  @Test
  void aKindOfWhichThereAreFewCasesSharesTheModelOfAll() throws IOException {
    CachedCase quiet = cached("quiet", 1);
    CalibrationFit fit = new CalibrationFit();
    for (int k = 0; k < 4; k++) {
      fit.add(quiet, B0, predicted10Ppb(quiet, 0.03f));
    }
    assertEquals(0.03, fit.models().at(1).sd().sdPpm(0.01), 0.003);
  }

  /** Independent errors of a size in ppm where the standard deviation says 0.01 ppm. */
  private static Prediction predicted10Ppb(CachedCase one, float size) {
    float[] noise = new float[one.voxels()];
    new SeededRandom(5).fillGaussian(noise);
    double[] sd = new double[noise.length];
    Arrays.fill(sd, 0.01);
    return prediction(one, noise, size, sd);
  }

  private static Prediction prediction(CachedCase one, float[] noise, float size, double[] sd) {
    double[] mean = new double[noise.length];
    int count = 0;
    for (int i = 0; i < mean.length; i++) {
      mean[i] = one.truthPpm(i) + size * noise[i];
      count += one.inMask(i) ? 1 : 0;
    }
    return new Prediction(mean, sd, count);
  }

  /** A case whose start map found the field to be {@code noiseFactor} times as noisy as stated. */
  private CachedCase cached(String name, double noiseFactor) throws IOException {
    InversionCase one = TrainingCases.of("geometric", 1, 31, 34, 29);
    Posterior start =
        new Posterior(one.chiPpm(), Optional.empty(), Map.of("noiseFactor", noiseFactor));
    PdiInputs inputs = PdiInputs.of(one.field(), start);
    Path file = root.resolve(name + ".inputs");
    CachedCase.write(
        file,
        inputs,
        3,
        inputs.box().crop(one.chiPpm()).data(),
        inputs.box().crop(one.labels()).data());
    return CachedCase.open(name, file);
  }

  private static CalibrationFit fit(CachedCase one, float[] errors, double[] sd) {
    CalibrationFit fit = new CalibrationFit();
    fit.add(one, B0, prediction(one, errors, 1, sd));
    return fit;
  }

  private CachedCase cached() throws IOException {
    Path folder = root.resolve("geometric-00001");
    CaseFolder.write(TrainingCases.of("geometric", 1, 31, 34, 29), folder);
    CaseCache cache = new CaseCache(root.resolve("inputs"), Inversions.named("tkd", Map.of()));
    return cache.open(folder);
  }
}
