package org.qsmnode.inversion.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.Starter;
import org.qsmnode.inversion.error.ErrorModels;
import org.qsmnode.inversion.pdi.PdiInversion;
import org.qsmnode.inversion.pdi.StartMaps;
import org.qsmnode.inversion.pdi.TinyModel;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;

/** What a field with errors of field mapping is told by, and what becomes of it. */
class ExcessNoiseTest {

  private static final Vector3 B0 = new Vector3(0.2, 0.1, 0.9).unit();
  private static final Grid GRID = Grid.isotropic(41, 44, 37, 1.2);
  private static final Mask MASK = Fields.ellipsoid(GRID, 0.9);

  @Test
  void whatIsWrongBeyondNoiseCountsFromFourTenthsToOnePpb() {
    assertEquals(0, ErrorModels.noisiness(0));
    assertEquals(0, ErrorModels.noisiness(0.0004), 1e-12);
    assertEquals(0.5, ErrorModels.noisiness(Math.sqrt(0.0004 * 0.001)), 1e-12);
    assertEquals(1, ErrorModels.noisiness(0.005));
  }

  @Test
  void aFieldWithLargeErrorsBeyondItsNoiseIsLeftToTheNetwork() {
    Inversion starter = new Starter();
    LocalField exact =
        Fields.measured(
            MASK,
            new float[GRID.size()],
            Fields.constant(MASK, 0.002),
            B0,
            new DipoleConvolution(GRID, B0),
            1);
    float[] wrong = exact.localPpm().data().clone();
    for (int i = 0; i < wrong.length; i++) {
      double x = (i % GRID.nx() - 20) / 9.0;
      double z = (i / GRID.nx() / GRID.ny() - 18) / 9.0;
      wrong[i] += MASK.data()[i] ? (float) (0.03 * x * z + 0.02 * x) : 0;
    }
    LocalField field = Fields.of(MASK, wrong, exact.sdPpm().data(), B0);
    PdiViInversion inversion =
        new PdiViInversion(
            () -> TinyModel.of(1),
            new StartMaps(starter, starter),
            new PdiViSettings(1000, 200),
            System::nanoTime);
    assertNotEquals(
        "EXCESS_NOISE", Fields.report(inversion.invert(exact, Progress.NONE)).get("outcome"));
    Posterior posterior = inversion.invert(field, Progress.NONE);
    float[] network =
        new PdiInversion(() -> TinyModel.of(1), new StartMaps(starter, starter))
            .invert(field, Progress.NONE)
            .chiPpm()
            .data();
    assertArrayEquals(network, posterior.chiPpm().data());
    assertEquals("EXCESS_NOISE", Fields.report(posterior).get("outcome"));
    assertEquals("NOT_BEGUN", Fields.report(posterior).get("stop"));
    assertEquals(false, Fields.report(posterior).get("adapted"));
  }
}
