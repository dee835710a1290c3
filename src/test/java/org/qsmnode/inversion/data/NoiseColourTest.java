package org.qsmnode.inversion.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.classic.TkdInversion;
import org.qsmnode.inversion.error.ErrorModels;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/** Noise and smooth errors told apart. */
class NoiseColourTest {

  private static final Vector3 B0 = new Vector3(0.2, 0.1, 0.9).unit();
  private static final Grid GRID = new Grid(61, 57, 45, 1, 1.1, 1.4, Orientation.AXIAL);
  private static final Mask MASK = Fields.ellipsoid(GRID, 0.95);
  private static final DipoleConvolution DIPOLE = new DipoleConvolution(GRID, B0);

  private static float[] noise(double sdPpm) {
    float[] noise = new float[GRID.size()];
    new SeededRandom(4).fillGaussian(noise);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = MASK.data()[i] ? (float) (sdPpm * noise[i]) : 0;
    }
    return noise;
  }

  /** Waves of a few per field of view in many directions, of a given root mean square. */
  private static float[] smooth(double rmsPpm) {
    SeededRandom random = new SeededRandom(8);
    float[] waves = new float[GRID.size()];
    for (int wave = 0; wave < 60; wave++) {
      double kx = random.uniform(-4, 4) / GRID.nx();
      double ky = random.uniform(-4, 4) / GRID.ny();
      double kz = random.uniform(-4, 4) / GRID.nz();
      double phase = random.uniform(0, 1);
      for (int i = 0; i < waves.length; i++) {
        int x = i % GRID.nx();
        int y = i / GRID.nx() % GRID.ny();
        int z = i / GRID.nx() / GRID.ny();
        waves[i] += (float) Math.cos(2 * Math.PI * (kx * x + ky * y + kz * z + phase));
      }
    }
    MaskedMap.reference(waves, MASK);
    double squares = 0;
    for (float value : waves) {
      squares += value * value;
    }
    double scale = rmsPpm / Math.sqrt(squares / MASK.count());
    for (int i = 0; i < waves.length; i++) {
      waves[i] *= (float) scale;
    }
    return waves;
  }

  @Test
  void noiseAloneHasNoExcess() {
    NoiseColour found = NoiseColour.of(DIPOLE, noise(0.003), MASK.count());
    assertEquals(0.003, found.white(), 0.0002);
    assertEquals(0, found.excess());
  }

  @Test
  void noiseHidesSmoothErrorsOfAThirdOfItsSize() {
    assertEquals(0.35, NoiseColour.of(DIPOLE, noise(0.02), MASK.count()).unseen() / 0.02, 0.1);
    float[] hidden = noise(0.02);
    float[] error = smooth(0.002);
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] += error[i];
    }
    assertEquals(0, NoiseColour.of(DIPOLE, hidden, MASK.count()).excess());
  }

  @Test
  void aSmoothErrorIsExcessHoweverLargeTheNoise() {
    for (double sd : new double[] {0.0005, 0.002}) {
      float[] residual = noise(sd);
      float[] error = smooth(0.004);
      for (int i = 0; i < residual.length; i++) {
        residual[i] += error[i];
      }
      NoiseColour found = NoiseColour.of(DIPOLE, residual, MASK.count());
      assertTrue(found.excess() > 0.0024 && found.excess() < 0.0064, found::toString);
      assertTrue(found.white() > 0.8 * sd && found.white() < 2 * sd, found::toString);
    }
  }

  @Test
  void anExactFieldWithoutStatedNoiseCountsAsExactAndOneWithSmoothErrorsDoesNot() {
    float[] chi = new float[GRID.size()];
    for (int i = 0; i < chi.length; i++) {
      chi[i] = MASK.data()[i] && i / GRID.nx() % 9 < 4 ? 0.05f : 0;
    }
    MaskedMap.reference(chi, MASK);
    float[] exact = new float[chi.length];
    DIPOLE.apply(chi, exact);
    float[] wrong = exact.clone();
    float[] noise = noise(0.002);
    float[] error = smooth(0.006);
    for (int i = 0; i < exact.length; i++) {
      exact[i] = MASK.data()[i] ? exact[i] + noise[i] : 0;
      wrong[i] = MASK.data()[i] ? wrong[i] + noise[i] + error[i] : 0;
    }
    assertTrue(excess(exact) < ErrorModels.QUIET_PPM, () -> "exact " + excess(exact));
    assertTrue(excess(wrong) > ErrorModels.NOISY_PPM, () -> "wrong " + excess(wrong));
  }

  private static double excess(float[] field) {
    var local = Fields.of(MASK, field, new float[field.length], B0);
    return PdiInputs.of(local, new TkdInversion(0.1).invert(local, Progress.NONE)).excessNoisePpm();
  }
}
