package org.qsmnode.series.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.qsmnode.series.header.PhaseScale;

class SliceChopperTest {

  private static final int SLICE = 35;
  private static final int SLICES = 7;

  private static float[] smooth() {
    float[] phase = new float[SLICE * SLICES];
    for (int i = 0; i < phase.length; i++) {
      phase[i] = PhaseScale.wrap(0.3 * (i % SLICE) + 0.4 * (i / SLICE));
    }
    return phase;
  }

  private static float[] ones() {
    float[] magnitude = new float[SLICE * SLICES];
    Arrays.fill(magnitude, 1);
    return magnitude;
  }

  @Test
  void alternatingSignsAreFoundAndRemovedForOddAndEvenNumbersOfSlices() {
    float[] phase = smooth();
    SliceChopper.remove(phase, SLICE);
    assertEquals(Chopper.APPLIED, SliceChopper.detect(ones(), phase, SLICE));
    SliceChopper.remove(phase, SLICE);
    assertArrayEquals(smooth(), phase, 2e-6f);
  }

  @Test
  void smoothPhaseIsLeftAlone() {
    assertEquals(Chopper.ABSENT, SliceChopper.detect(ones(), smooth(), SLICE));
  }

  @Test
  void noiseIsUnclear() {
    Random random = new Random(1);
    float[] phase = smooth();
    for (int i = 0; i < phase.length; i++) {
      phase[i] = (float) ((2 * random.nextDouble() - 1) * Math.PI);
    }
    assertEquals(Chopper.UNCLEAR, SliceChopper.detect(ones(), phase, SLICE));
    assertEquals(Chopper.UNCLEAR, SliceChopper.detect(new float[phase.length], phase, SLICE));
  }
}
