package org.qsmnode.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qsmnode.inversion.pdi.PdiHeads;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.pipeline.Inversions;
import org.qsmnode.simulate.cases.InversionCase;

class GaussianLossTest {

  private static Patch patch(long seed, int size) {
    SeededRandom random = new SeededRandom(seed);
    float[] start = new float[size];
    float[] truth = new float[size];
    boolean[] counted = new boolean[size];
    for (int i = 0; i < size; i++) {
      start[i] = (float) (0.05 * random.gaussian());
      truth[i] = (float) (0.05 * random.gaussian());
      counted[i] = i % 3 != 0;
    }
    return new Patch(new int[] {size, 1, 1}, new float[0][], start, truth, counted);
  }

  private static float[][] outputs(long seed, int size) {
    SeededRandom random = new SeededRandom(seed);
    float[][] outputs = new float[2][size];
    random.fillGaussian(outputs[0]);
    random.fillGaussian(outputs[1]);
    return outputs;
  }

  @Test
  void withoutBetaTheGradientIsThatOfTheLikelihood() {
    Patch patch = patch(3, 11);
    float[][] outputs = outputs(4, 11);
    GaussianLoss loss = GaussianLoss.of(patch, outputs, 0);
    double step = 1e-2;
    for (int head = 0; head < 2; head++) {
      for (int i = 0; i < 11; i++) {
        float kept = outputs[head][i];
        outputs[head][i] = (float) (kept + step);
        double above = GaussianLoss.of(patch, outputs, 0).value();
        outputs[head][i] = (float) (kept - step);
        double below = GaussianLoss.of(patch, outputs, 0).value();
        outputs[head][i] = kept;
        double expected = (above - below) / (2 * step);
        assertEquals(
            expected, loss.gradients()[head][i], 1e-4 + 2e-3 * Math.abs(expected), head + " " + i);
      }
    }
  }

  @Test
  void betaScalesBothDerivativesOfAVoxelAlike() {
    Patch patch = patch(3, 11);
    float[][] outputs = outputs(4, 11);
    GaussianLoss plain = GaussianLoss.of(patch, outputs, 0);
    GaussianLoss weighted = GaussianLoss.of(patch, outputs, 0.5);
    assertEquals(plain.value(), weighted.value(), 1e-12);
    for (int i = 0; i < 11; i++) {
      if (patch.counted()[i]) {
        double sd = 0.01 * Math.exp(outputs[1][i]);
        for (int head = 0; head < 2; head++) {
          assertEquals(
              plain.gradients()[head][i] * sd / 0.02,
              weighted.gradients()[head][i],
              1e-5 * (1 + Math.abs(weighted.gradients()[head][i])));
        }
      }
    }
  }

  @Test
  void whatIsNotCountedHasNoInfluence() {
    Patch patch = patch(3, 11);
    float[][] outputs = outputs(4, 11);
    double before = GaussianLoss.of(patch, outputs, 0.5).value();
    outputs[0][0] = 50;
    outputs[1][3] = -3;
    GaussianLoss after = GaussianLoss.of(patch, outputs, 0.5);
    assertEquals(before, after.value());
    assertEquals(0, after.gradients()[0][0]);
    assertEquals(0, after.gradients()[1][3]);
  }

  @Test
  void theHeadsAreThoseOfTheInversion() {
    InversionCase one = TrainingCases.of("geometric", 5, 12, 14, 11);
    PdiInputs inputs =
        PdiInputs.of(
            one.field(), Inversions.named("tkd", Map.of()).invert(one.field(), Progress.NONE));
    int size = inputs.startPpm().length;
    float[][] outputs = outputs(6, size);
    outputs[1][size / 2] = 9;
    outputs[1][size / 2 + 1] = -9;
    float[] mu = new float[size];
    float[] sd = new float[size];
    PdiHeads.posterior(inputs, outputs, mu, sd);
    double offset = Double.NaN;
    for (int i = 0; i < size; i++) {
      if (inputs.mask().data()[i]) {
        assertEquals(sd[i], PdiHeads.sd(outputs[1][i]), 1e-6 * sd[i]);
        double mean = inputs.startPpm()[i] + PdiHeads.MEAN_PPM * outputs[0][i];
        offset = Double.isNaN(offset) ? mean - mu[i] : offset;
        assertEquals(offset, mean - mu[i], 1e-6);
      }
    }
  }
}
