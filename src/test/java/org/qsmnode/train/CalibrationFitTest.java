package org.qsmnode.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.error.ErrorModel;
import org.qsmnode.inversion.error.ErrorModels;
import org.qsmnode.inversion.error.ErrorSpectrum;
import org.qsmnode.inversion.error.SdCalibration;
import org.qsmnode.inversion.error.SharedErrors;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.simulate.cases.InversionCase;
import org.qsmnode.volume.Vector3;

/** Errors of a known kind are told for what they are. */
class CalibrationFitTest {

  private static final Vector3 B0 = Vector3.Z;
  private static final InversionCase CASE = TrainingCases.of("geometric", 1, 31, 34, 29);
  private static final int[] DIMS = inputs(0).mask().grid().dims();
  private static final double[] MEANS = means();

  @TempDir Path root;

  private final CalibrationFit fit = new CalibrationFit();
  private int files;

  @Test
  void deviationsThatAreTooSmallWhereTheyAreLargeGetTheirFactor() throws IOException {
    float[] noise = noise(3);
    double[] sd = new double[noise.length];
    for (int i = 0; i < noise.length; i++) {
      sd[i] = i % 2 == 0 ? 0.004 : 0.02;
      noise[i] *= (float) (i % 2 == 0 ? 0.004 : 0.06);
    }
    add(0, noise, sd);
    SdCalibration fitted = fit.models().quiet().sd();
    for (double mean : new double[] {0, 0.05, -0.3}) {
      assertEquals(0.004, fitted.sdPpm(0.004, mean), 0.0003);
      assertEquals(0.06, fitted.sdPpm(0.02, mean), 0.004);
    }
  }

  @Test
  void errorsThatAreTwiceAsLargeWhereTheMeanIsLargeGetTheirFactor() throws IOException {
    float[] noise = noise(6);
    for (int i = 0; i < noise.length; i++) {
      noise[i] *= Math.abs(MEANS[i]) > 0.1 ? 0.02f : 0.01f;
    }
    add(0, noise, constant(0.01));
    SdCalibration fitted = fit.models().quiet().sd();
    for (double sign : new double[] {-1, 1}) {
      assertEquals(0.01, fitted.sdPpm(0.01, sign * 0.002), 0.001);
      assertEquals(0.01, fitted.sdPpm(0.01, sign * 0.05), 0.001);
      assertEquals(0.02, fitted.sdPpm(0.01, sign * 0.25), 0.002);
      assertEquals(0.02, fitted.sdPpm(0.01, sign * 1), 0.002);
    }
  }

  @Test
  void whateverTheSizeOfTheMeanErrorsAreAsLargeAsCalibratedDeviations() throws IOException {
    float[] noise = noise(7);
    double[] sd = new double[noise.length];
    for (int i = 0; i < noise.length; i++) {
      double size = Math.abs(MEANS[i]);
      sd[i] = i % 3 == 0 ? 0.004 : 0.005 + 0.05 * size;
      noise[i] *= (float) (sd[i] * (0.8 + 4 * size));
    }
    add(0, noise, sd);
    SdCalibration fitted = fit.models().quiet().sd();
    boolean[] inside = inputs(0).mask().data();
    double[] edges = {0, 0.02, 0.04, 0.08, 0.16, 0.32, 10};
    for (int bin = 0; bin + 1 < edges.length; bin++) {
      double squares = 0;
      int count = 0;
      for (int i = 0; i < noise.length; i++) {
        if (inside[i] && Math.abs(MEANS[i]) >= edges[bin] && Math.abs(MEANS[i]) < edges[bin + 1]) {
          squares += Math.pow(noise[i] / fitted.sdPpm(sd[i], MEANS[i]), 2);
          count++;
        }
      }
      assertEquals(1, squares / count, 0.1, "from " + edges[bin] + " ppm");
    }
  }

  @Test
  void aSizeOfTheMeanThatHardlyOccursSharesTheFactorOfTheOneBelow() throws IOException {
    double[] means = MEANS.clone();
    float[] noise = noise(8);
    for (int i = 0; i < means.length; i++) {
      means[i] = Math.max(-0.15, Math.min(0.15, means[i]));
      noise[i] *= 0.01f;
    }
    int strong = centre();
    means[strong] = 0.9;
    noise[strong] = 0.05f;
    add(0, means, noise, constant(0.01));
    SdCalibration fitted = fit.models().quiet().sd();
    assertEquals(4, fitted.byMean().factor().length);
    assertEquals(0.01, fitted.sdPpm(0.01, 0.9), 0.001);
  }

  @Test
  void smoothErrorsHaveTheirPowerAtLowFrequencies() throws IOException {
    int[] n = DIMS;
    Fourier fourier = new Fourier(n[0], n[1], n[2]);
    float[] noise = noise(4);
    float[] low =
        fourier.multiplier(
            (x, y, z) ->
                Math.hypot(Math.hypot(x / 2.0 / n[0], y / 2.0 / n[1]), z / 2.0 / n[2]) < .06
                    ? 1
                    : 0);
    fourier.convolve(noise, low, noise);
    double squares = 0;
    for (float value : noise) {
      squares += value * value;
    }
    add(0, noise, constant(Math.sqrt(squares / noise.length)));
    ErrorModel model = fit.models().quiet();
    assertEquals(1, model.sd().byPredicted().factor()[0], 0.15);
    double[] power = model.spectrum().power();
    double inside = power[ErrorSpectrum.bin(0.05, 0.2)];
    double outside = power[ErrorSpectrum.bin(0.17, 0.2)];
    assertTrue(inside > 20 * outside, inside + " and " + outside);
  }

  @Test
  void whatStrongVoxelsOfACaseShareIsToldByTheirMean() throws IOException {
    double[] means = weakAndStrong();
    for (int k = 0; k < 8; k++) {
      float[] errors = new float[means.length];
      for (int i = 0; i < errors.length; i++) {
        errors[i] = means[i] >= 0.1 ? (k % 3 == 0 ? 0.01f : -0.01f) : 0.0001f * (i % 2);
      }
      add(0, means, errors, constant(0.01));
    }
    SharedErrors shared = fit.models().quiet().shared();
    for (double mean : new double[] {0.1, 0.2, 0.4, 2}) {
      assertEquals(1e-4, shared.variance(mean), 2e-6, "at " + mean);
    }
    for (double mean : new double[] {-1, -0.1, -0.05, -0.025, 0, 0.025, 0.05}) {
      assertEquals(0, Math.sqrt(shared.variance(mean)), 2e-4, "at " + mean);
    }
  }

  @Test
  void meansThatNoCaseHasShareAsTheNextBelow() throws IOException {
    double[] means = weakAndStrong();
    float[] errors = new float[means.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = Math.min(0.1, means[i]);
      errors[i] = means[i] == 0.1 ? 0.02f : 0.001f;
    }
    int strong = centre();
    means[strong] = 0.9;
    errors[strong] = 0.5f;
    add(0, means, errors, constant(0.01));
    SharedErrors shared = fit.models().quiet().shared();
    assertEquals(0.02, Math.sqrt(shared.variance(0.1)), 2e-4);
    assertEquals(0.02, Math.sqrt(shared.variance(0.4)), 2e-4);
    assertEquals(0.001, Math.sqrt(shared.variance(-0.1)), 2e-5);
  }

  @Test
  void theSpectrumIsOfErrorsThatAreNotShared() throws IOException {
    double[] means = new double[MEANS.length];
    float[] errors = noise(9);
    for (int i = 0; i < means.length; i++) {
      boolean strong = i % DIMS[0] < DIMS[0] / 2;
      means[i] = strong ? 0.2 : 0;
      errors[i] = 0.01f * errors[i] + (strong ? 0.02f : 0);
    }
    add(0, means, errors, constant(0.01));
    ErrorModel model = fit.models().quiet();
    assertEquals(Math.sqrt(5) * 0.01, model.sd().sdPpm(0.01, 0.2), 0.001);
    double[] power = model.spectrum().power();
    for (double cyclesPerMm : new double[] {0.02, 0.05, 0.1, 0.25}) {
      assertEquals(1, power[ErrorSpectrum.bin(cyclesPerMm, 0.2)], 0.35, "at " + cyclesPerMm);
    }
  }

  @Test
  void fieldsNoisierThanStatedHaveAModelOfTheirOwn() throws IOException {
    for (int k = 0; k < 3; k++) {
      add10Ppb(0, 0.01f);
      add10Ppb(0.003, 0.04f);
    }
    ErrorModels models = fit.models();
    double between = Math.sqrt(ErrorModels.QUIET_PPM * ErrorModels.NOISY_PPM);
    assertEquals(0.01, models.at(0).sd().sdPpm(0.01, 0), 0.001);
    assertEquals(0.02, models.at(between).sd().sdPpm(0.01, 0), 0.002);
    assertEquals(0.04, models.at(1).sd().sdPpm(0.01, 0), 0.004);
  }

  @Test
  void aKindOfWhichThereAreFewCasesSharesTheModelOfAll() throws IOException {
    for (int k = 0; k < 4; k++) {
      add10Ppb(0, 0.03f);
    }
    assertEquals(0.03, fit.models().at(1).sd().sdPpm(0.01, 0), 0.003);
  }

  /** Independent errors of a size in ppm where the standard deviation says 0.01 ppm. */
  private void add10Ppb(double excessPpm, float size) throws IOException {
    float[] noise = noise(5);
    for (int i = 0; i < noise.length; i++) {
      noise[i] *= size;
    }
    add(excessPpm, noise, constant(0.01));
  }

  private void add(double excessPpm, float[] errors, double[] sd) throws IOException {
    add(excessPpm, MEANS, errors, sd);
  }

  /**
   * Adds a case whose truth lies around posterior means, as theirs does, with these errors. Its
   * field errs by {@code excessPpm} beyond its noise.
   */
  private void add(double excessPpm, double[] means, float[] errors, double[] sd)
      throws IOException {
    float[] truth = new float[means.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = (float) means[i] - errors[i];
    }
    PdiInputs inputs = inputs(excessPpm);
    Path file = root.resolve(files++ + ".inputs");
    CachedCase.write(file, inputs, 3, truth, new float[truth.length]);
    fit.add(
        CachedCase.open(file.toString(), file),
        B0,
        new Prediction(means, sd, inputs.mask().count()));
  }

  private static PdiInputs inputs(double excessPpm) {
    PdiInputs inputs = PdiInputs.of(CASE.field(), Fields.map(CASE.chiPpm()));
    float[] channel = inputs.channels()[PdiInputs.CHANNELS.indexOf(PdiInputs.EXCESS_NOISE)];
    Arrays.fill(channel, (float) Math.log(0.3 + excessPpm / 0.001));
    assertEquals(excessPpm, PdiInputs.excessNoisePpm(channel[0]), 1e-7);
    return inputs;
  }

  /** From 1 to 600 ppb, as many of a size as of twice that size, of either sign. */
  private static double[] means() {
    SeededRandom random = new SeededRandom(2);
    double[] means = new double[DIMS[0] * DIMS[1] * DIMS[2]];
    for (int i = 0; i < means.length; i++) {
      double size = 0.001 * Math.pow(600, random.uniform(0, 1));
      means[i] = i % 2 == 0 ? size : -size;
    }
    return means;
  }

  /** Of up to 50 ppb and either sign, and of 100 to 400 ppb. */
  private static double[] weakAndStrong() {
    SeededRandom random = new SeededRandom(10);
    double[] means = new double[MEANS.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = i % 2 == 0 ? random.uniform(0.1, 0.4) : random.uniform(-0.05, 0.05);
    }
    return means;
  }

  private static int centre() {
    return DIMS[0] / 2 + DIMS[0] * (DIMS[1] / 2 + DIMS[1] * (DIMS[2] / 2));
  }

  private static float[] noise(long seed) {
    float[] noise = new float[MEANS.length];
    new SeededRandom(seed).fillGaussian(noise);
    return noise;
  }

  private static double[] constant(double sd) {
    double[] all = new double[MEANS.length];
    Arrays.fill(all, sd);
    return all;
  }
}
