package org.qsmnode.inversion.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.Starter;
import org.qsmnode.inversion.classic.TkdInversion;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/** The risk that is estimated against the one that only the truth tells. */
class FieldRiskTest {

  private static final Vector3 B0 = new Vector3(0.1, 0.2, 0.95).unit();
  private static final Grid GRID = new Grid(37, 34, 29, 1, 1.2, 1.5, Orientation.AXIAL);
  private static final Mask MASK = Fields.ellipsoid(GRID, 0.9);
  private static final DipoleConvolution DIPOLE = new DipoleConvolution(GRID, B0);

  /** Thresholds of maps that follow all noise, and less; a third one is 0 and follows none. */
  private static final double LITTLE = 0.1;

  private static final double MUCH = 0.6;

  private static float[] truth() {
    float[] chi = new float[GRID.size()];
    for (int i = 0; i < chi.length; i++) {
      double x = (i % GRID.nx() - 18) / 9.0;
      double y = (i / GRID.nx() % GRID.ny() - 17) / 9.0;
      double z = (i / GRID.nx() / GRID.ny() - 14) / 7.0;
      chi[i] = (float) (0.1 * Math.exp(-x * x - y * y - z * z) * Math.cos(3 * x) + 0.02 * x);
    }
    MaskedMap.reference(chi, MASK);
    return chi;
  }

  private static Posterior start(LocalField field, boolean stated, double noise) {
    Posterior map = new TkdInversion(MUCH).invert(field, Progress.NONE);
    return Posterior.ofMap(map.chiPpm(), Starter.findings(noise, stated), Optional.empty());
  }

  private static PooledMaps maps(LocalField field, PdiInputs inputs) {
    return new PooledMaps(
        tkd(field, inputs, LITTLE), tkd(field, inputs, MUCH), new float[inputs.weight().length]);
  }

  private static float[] tkd(LocalField field, PdiInputs inputs, double threshold) {
    Posterior map = new TkdInversion(threshold).invert(field, Progress.NONE);
    return inputs.box().crop(map.chiPpm()).data();
  }

  /** Squared error of the field of a pool, in voxels and standard deviations of the noise. */
  private static double risk(
      PdiInputs inputs, PooledMaps maps, PooledMaps.Weights weights, double sd) {
    float[] truth = inputs.box().crop(new Volume(GRID, truth())).data();
    boolean[] inside = inputs.mask().data();
    float[] error = maps.pool(weights);
    for (int i = 0; i < error.length; i++) {
      error[i] -= truth[i];
    }
    inputs.dipole().apply(error, error);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < error.length; i++) {
      sum += inside[i] ? error[i] : 0;
      squares += inside[i] ? error[i] * error[i] : 0;
    }
    return (squares - sum * sum / MASK.count()) / (sd * sd);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0005, 0.002, 0.006, 0.02})
  void theWeightsAreNearlyThoseOfLeastTrueRiskWhateverTheNoise(double sd) {
    LocalField field = Fields.measured(MASK, truth(), Fields.constant(MASK, sd), B0, DIPOLE, 5);
    Posterior start = start(field, true, 1);
    PdiInputs inputs = PdiInputs.of(field, start);
    FieldRisk risk = new FieldRisk(inputs, start);
    PooledMaps maps = maps(field, inputs);
    PooledMaps.Weights found = risk.best(maps, maps(risk.disturbed(field), inputs));
    double least = Double.POSITIVE_INFINITY;
    for (int a = 0; a <= 20; a++) {
      for (int s = 0; a + s <= 20; s++) {
        least = Math.min(least, risk(inputs, maps, new PooledMaps.Weights(a / 20.0, s / 20.0), sd));
      }
    }
    double reached = risk(inputs, maps, found, sd);
    assertTrue(reached < 1.05 * least + 5, () -> found + " " + reached);
    double followed = 1 - found.start();
    assertTrue(sd > 0.001 || followed > 0.8, () -> "weights " + found);
    assertTrue(sd < 0.01 || followed < 0.4, () -> "weights " + found);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noiseCountsAsItWasMeasuredWhetherStatedOrNot(boolean stated) {
    double sd = 0.006;
    float[] statedSd = Fields.constant(MASK, stated ? sd / 3 : 0);
    LocalField noisy = Fields.measured(MASK, truth(), Fields.constant(MASK, sd), B0, DIPOLE, 5);
    LocalField right = noisy;
    LocalField wrong = Fields.of(MASK, noisy.localPpm().data(), statedSd, B0);
    assertEquals(
        weights(right, start(right, true, 1)),
        weights(wrong, start(wrong, stated, stated ? 3 : sd)));
  }

  private static PooledMaps.Weights weights(LocalField field, Posterior start) {
    PdiInputs inputs = PdiInputs.of(field, start);
    FieldRisk risk = new FieldRisk(inputs, start);
    return risk.best(maps(field, inputs), maps(risk.disturbed(field), inputs));
  }
}
