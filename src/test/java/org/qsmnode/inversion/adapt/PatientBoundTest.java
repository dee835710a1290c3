package org.qsmnode.inversion.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.Starter;
import org.qsmnode.inversion.classic.TkdInversion;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.inversion.pdi.TinyModel;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

class PatientBoundTest {

  private static final Vector3 B0 = new Vector3(0.2, 0.1, 0.9).unit();
  private static final Grid GRID = new Grid(15, 14, 13, 1, 1.1, 1.4, Orientation.AXIAL);
  private static final Mask MASK = Fields.ellipsoid(GRID, 0.9);

  private static float[] noise(int size, double scale, long seed) {
    float[] values = new float[size];
    new SeededRandom(seed).fillGaussian(values);
    for (int i = 0; i < size; i++) {
      values[i] *= (float) scale;
    }
    return values;
  }

  @Test
  void itsDerivativesAreThoseOfFiniteDifferencesAndTheStartHasNoneByItsOwnPrior() {
    float[] chi = noise(GRID.size(), 0.03, 1);
    MaskedMap.reference(chi, MASK);
    LocalField field =
        Fields.measured(
            MASK, chi, Fields.constant(MASK, 0.002), B0, DipoleConvolution.imageSpace(GRID, B0), 1);
    Posterior start = new Starter().invert(field, Progress.NONE);
    PdiInputs inputs = PdiInputs.of(field, start);
    int n = inputs.startPpm().length;
    float[][] first = {noise(n, 0.1, 2), noise(n, 0.3, 3)};
    PatientBound bound = PatientBound.of(field, start, inputs, TinyModel.of(1), first);
    float[][] outputs = {first[0].clone(), first[1].clone()};
    for (int head = 0; head < 2; head++) {
      float[] step = noise(n, 0.05, 4 + head);
      for (int i = 0; i < n; i++) {
        outputs[head][i] += step[i];
      }
    }
    bound.value(outputs);
    float[][] gradients = bound.gradients(outputs);
    for (int head = 0; head < 2; head++) {
      float[] direction = noise(n, 1, 6 + head);
      double expected = 0;
      for (int i = 0; i < n; i++) {
        expected += (double) direction[i] * gradients[head][i];
      }
      double above = bound.value(moved(outputs, head, direction, 1e-3f));
      double below = bound.value(moved(outputs, head, direction, -1e-3f));
      assertEquals(expected, (above - below) / 2e-3, 0.01 * Math.abs(expected), "head " + head);
    }
    assertTrue(bound.value(outputs) < bound.value(first), "a random step does not pay");
    for (float byLogSd : bound.gradients(first)[1]) {
      assertEquals(0, byLogSd, 1e-9);
    }
  }

  @Test
  void aStartMapWhoseMethodMeasuredNoNoiseIsRefusedByName() {
    LocalField field =
        Fields.of(MASK, noise(GRID.size(), 0.01, 1), Fields.constant(MASK, 0.002), B0);
    Posterior start = new TkdInversion(0.19).invert(field, Progress.NONE);
    PdiInputs inputs = PdiInputs.of(field, start);
    float[][] outputs = new float[2][inputs.startPpm().length];
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> PatientBound.of(field, start, inputs, TinyModel.of(1), outputs));
    assertTrue(String.valueOf(refused.getMessage()).contains("method tkd measures no noise"));
  }

  private static float[][] moved(float[][] outputs, int head, float[] direction, float step) {
    float[][] moved = {outputs[0].clone(), outputs[1].clone()};
    for (int i = 0; i < direction.length; i++) {
      moved[head][i] += step * direction[i];
    }
    return moved;
  }
}
