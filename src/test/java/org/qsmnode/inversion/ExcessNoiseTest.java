package org.qsmnode.inversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;

/** What a field with errors of field mapping is told by, and what becomes of it. */
class ExcessNoiseTest {

  private static final Vector3 B0 = new Vector3(0.2, 0.1, 0.9).unit();
  private static final Grid GRID = Grid.isotropic(17, 20, 15, 1.2);
  private static final Mask MASK = Fields.ellipsoid(GRID, 0.9);

  @Test
  void noiseBeyondTheStatedCountsFromSevenTenthsToTwoPpb() {
    assertEquals(0, ErrorModels.noisiness(0));
    assertEquals(0, ErrorModels.noisiness(0.0007), 1e-12);
    assertEquals(0.5, ErrorModels.noisiness(Math.sqrt(0.0007 * 0.002)), 1e-12);
    assertEquals(1, ErrorModels.noisiness(0.005));
  }

  @Test
  void aFieldWithLargeErrorsBeyondItsNoiseIsLeftToTheNetwork() {
    float[] truth = new float[GRID.size()];
    new SeededRandom(3).fillGaussian(truth);
    for (int i = 0; i < truth.length; i++) {
      truth[i] *= 0.03f;
    }
    LocalField field =
        Fields.measured(
            MASK,
            Fields.demeaned(truth, MASK),
            Fields.constant(MASK, 0.002),
            B0,
            new DipoleConvolution(GRID, B0),
            1);
    PdiViInversion inversion =
        new PdiViInversion(
            () -> TinyModel.of(1), new Noisy(), new PdiViSettings(1000, 200), System::nanoTime);
    Posterior posterior = inversion.invert(field, Progress.NONE);
    float[] network =
        new PdiInversion(() -> TinyModel.of(1), new Noisy())
            .invert(field, Progress.NONE)
            .chiPpm()
            .data();
    assertArrayEquals(network, posterior.chiPpm().data());
    assertEquals("EXCESS_NOISE", posterior.report().get("outcome"));
    assertEquals("NOT_BEGUN", posterior.report().get("stop"));
    assertEquals(false, posterior.report().get("adapted"));
  }

  /** A start that finds the field ten times as noisy as it says. */
  private static final class Noisy extends Starter {

    @Override
    public Posterior invert(LocalField field, Progress progress) {
      Posterior map = super.invert(field, progress);
      return new Posterior(map.chiPpm(), map.sdPpm(), Map.of("noiseFactor", 10.0));
    }
  }
}
