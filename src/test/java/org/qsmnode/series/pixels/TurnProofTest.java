package org.qsmnode.series.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsmnode.series.header.PhaseScale;
import org.qsmnode.series.header.PixelLayout;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.series.header.ValueScale;
import org.qsmnode.series.header.Vendor;

/** Only wraps prove that a range of values is a turn. */
class TurnProofTest {

  private static final int SIZE = 20000;
  private static final PixelLayout SIGNED = new PixelLayout(4, 5, 1, 16, 16, 15, true, false);
  private static final double[] TE = {5, 10};

  /** Phase that grows by {@code step} radians from voxel to voxel, times {@code scale}. */
  private static List<float[]> ramp(double step, double noise, double scale) {
    Random random = new Random(3);
    float[][] echoes = new float[2][SIZE];
    for (float[] echo : echoes) {
      for (int i = 0; i < SIZE; i++) {
        echo[i] = (float) (scale * PhaseScale.wrap(step * i + noise * random.nextGaussian()));
      }
    }
    return List.of(echoes[0], echoes[1]);
  }

  private static List<float[]> ones() {
    float[] ones = new float[SIZE];
    Arrays.fill(ones, 1);
    return List.of(ones, ones);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.2, 0.6})
  void wrapsOfSmoothPhaseProveATurn(double step) {
    assertTrue(TurnProof.of(ramp(step, 0.05, 0.3), ones()).isTurn());
  }

  @Test
  void noiseProvesNothing() {
    TurnProof proof = TurnProof.of(ramp(0.1, 20, 1), ones());
    assertFalse(proof.isTurn(), proof::toString);
  }

  @Test
  void unwrappedPhaseProvesNothing() {
    float[] slope = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      slope[i] = i;
    }
    assertFalse(TurnProof.of(List.of(slope, slope), ones()).isTurn());
  }

  @Test
  void aUnitThatWrapsContradictIsRefused() throws RefusedException {
    ValueScale milliradians = new ValueScale(1, 0, "mrad", Double.NaN, Double.NaN, "", Double.NaN);
    PhaseScaleRule rule = new PhaseScaleRule(Vendor.PHILIPS, List.of(milliradians), SIGNED);
    assertEquals(1e-3, rule.decide(ramp(0.2, 0.05, 1000), ones(), TE).radiansPerUnit());
    RefusedException refused =
        assertThrows(RefusedException.class, () -> rule.decide(ramp(0.2, 0.05, 700), ones(), TE));
    assertEquals(ReasonCode.UNKNOWN_PHASE_SCALE, refused.reason().code());
    assertTrue(refused.reason().sentence().contains("0.70 turns"), refused.reason()::sentence);
  }
}
