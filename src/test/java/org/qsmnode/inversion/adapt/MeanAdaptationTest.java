package org.qsmnode.inversion.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/** Means move towards the field, uphill, and stay where the network is sure. */
class MeanAdaptationTest {

  private static final Vector3 B0 = new Vector3(0.2, 0.1, 0.9).unit();
  private static final Grid GRID = new Grid(25, 22, 19, 1, 1.1, 1.4, Orientation.AXIAL);
  private static final Mask MASK = Fields.ellipsoid(GRID, 0.95);

  /** A ball on a slope. */
  private static float[] truth() {
    float[] chi = new float[GRID.size()];
    for (int i = 0; i < chi.length; i++) {
      int x = i % GRID.nx() - 13;
      int y = i / GRID.nx() % GRID.ny() - 10;
      int z = i / GRID.nx() / GRID.ny() - 9;
      chi[i] = (x * x + y * y + z * z < 20 ? 0.15f : 0) + 0.002f * x;
    }
    MaskedMap.reference(chi, MASK);
    return chi;
  }

  private static PdiInputs inputs(float[] start) {
    LocalField field =
        Fields.measured(
            MASK,
            truth(),
            Fields.constant(MASK, 0.002),
            B0,
            DipoleConvolution.imageSpace(GRID, B0),
            1);
    return PdiInputs.of(field, Fields.map(new Volume(GRID, start)));
  }

  private static MeanAdaptation adaptation(PdiInputs inputs, float[] sd) {
    RobustLikelihood likelihood =
        new RobustLikelihood(inputs.dipole(), inputs.fieldPpm(), inputs.weight());
    Elbo elbo = new Elbo(inputs.mask(), likelihood, new ExpectedVariation(inputs.mask(), sd));
    elbo.lambda(20);
    return new MeanAdaptation(inputs, elbo, inputs.startPpm(), sd, sd, 1);
  }

  @Test
  void everyStepGoesUphillAndTheMapComesNearerTheTruth() {
    float[] start = truth();
    for (int i = 0; i < start.length; i++) {
      start[i] *= 0.6f;
    }
    PdiInputs inputs = inputs(start);
    float[] sd = inputs.box().crop(new Volume(GRID, Fields.constant(MASK, 0.03))).data();
    MeanAdaptation adaptation = adaptation(inputs, sd);
    double last = Double.NEGATIVE_INFINITY;
    for (int step = 0; step < 25; step++) {
      double anchor = adaptation.anchor();
      double bound = adaptation.step().bound() + anchor;
      assertTrue(bound > last - 1e-6 * Math.abs(bound), bound + " after " + last);
      last = bound;
    }
    float[] map = inputs.box().embed(new Volume(inputs.box().grid(), adaptation.mu())).data();
    assertTrue(
        Fields.relativeError(map, truth(), MASK) < 0.7 * Fields.relativeError(start, truth(), MASK),
        Fields.relativeError(map, truth(), MASK) + " left");
    assertEquals(0, MaskedMap.mean(adaptation.mu(), inputs.mask()), 1e-6);
  }

  @Test
  void whereTheNetworkIsSureNothingMoves() {
    PdiInputs inputs = inputs(new float[GRID.size()]);
    float[] sd = inputs.box().crop(new Volume(GRID, Fields.constant(MASK, 1e-4))).data();
    MeanAdaptation adaptation = adaptation(inputs, sd);
    for (int step = 0; step < 5; step++) {
      adaptation.step();
    }
    assertArrayEquals(new float[sd.length], adaptation.mu(), 1e-3f);
  }
}
