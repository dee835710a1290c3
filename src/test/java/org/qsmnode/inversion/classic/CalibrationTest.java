package org.qsmnode.inversion.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.inversion.data.SourceSpace;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/** Truths drawn from the prior: there the stated standard deviation must be right. */
class CalibrationTest {

  private static final Vector3 B0 = new Vector3(0.1, 0.3, 0.9).unit();
  private static final double GRADIENT = 0.02;

  private static GaussianSettings settings(double noiseFactor, double gradient, int rounds) {
    return new GaussianSettings(
        FieldChoice.TOTAL, 6, 60, 3e-3, 1.5, 5, noiseFactor, gradient, 0.1, 0.01, 0, rounds);
  }

  /** A draw from the prior: what the posterior is without any data. */
  private static float[] draw(Mask mask, long seed) {
    Box box = Box.around(mask, 0);
    Mask inside = box.crop(mask);
    SourceSpace space = new SourceSpace(box.grid(), B0, 0);
    SourcePrior prior = new SourcePrior(space, inside, inside.toVolume().data(), 0.1, 0.01);
    prior.gradient(GRADIENT);
    PosteriorSystem system = new PosteriorSystem(space, prior, new float[inside.data().length]);
    float[] chi = new float[space.size()];
    var outcome = system.draw(new SeededRandom(seed), chi, 500, 1e-4, i -> {});
    assertTrue(outcome.converged());
    float[] map = space.crop(chi);
    MaskedMap.restrict(map, inside);
    return box.embed(new Volume(box.grid(), map)).data();
  }

  private static LocalField measured(Mask mask, float[] chi, long seed) {
    float[] sd = new float[chi.length];
    for (int i = 0; i < sd.length; i++) {
      boolean quiet = i % mask.grid().nx() < mask.grid().nx() / 2;
      sd[i] = mask.data()[i] ? (quiet ? 0.002f : 0.008f) : 0;
    }
    return Fields.measured(mask, chi, sd, B0, new DipoleConvolution(mask.grid(), B0), seed);
  }

  /** Percent within 1, 2 and 3 standard deviations, then the mean of z^2. */
  private static double[] coverage(GaussianSettings settings) {
    Grid grid = new Grid(30, 31, 20, 1, 1, 1.5, Orientation.AXIAL);
    Mask mask = Fields.ellipsoid(grid, 0.9);
    double[] found = new double[4];
    int cases = 2;
    for (int c = 0; c < cases; c++) {
      float[] chi = draw(mask, 100 + c);
      Posterior posterior =
          new GaussianInversion(settings).invert(measured(mask, chi, 200 + c), Progress.NONE);
      float[] truth = Fields.demeaned(chi, mask);
      float[] sd = posterior.sdPpm().orElseThrow().data();
      for (int i = 0; i < truth.length; i++) {
        if (mask.data()[i]) {
          double z = (truth[i] - posterior.chiPpm().data()[i]) / sd[i];
          found[3] += z * z / mask.count() / cases;
          for (int k = 1; k <= 3; k++) {
            found[k - 1] += Math.abs(z) <= k ? 100.0 / mask.count() / cases : 0;
          }
        }
      }
    }
    return found;
  }

  @Test
  void coverageIsNominalWhenTheTruthComesFromThePrior() {
    double[] found = coverage(settings(1, GRADIENT, 1));
    String figures = Arrays.toString(found);
    assertEquals(68.27, found[0], 2, figures);
    assertEquals(95.45, found[1], 1.2, figures);
    assertEquals(99.73, found[2], 0.4, figures);
    assertEquals(1, found[3], 0.08, figures);
  }

  @Test
  void coverageIsRoughlyNominalWhenPriorAndNoiseAreEstimatedFromASmallField() {
    double[] found = coverage(settings(0, 0, 20));
    String figures = Arrays.toString(found);
    assertEquals(68.27, found[0], 6, figures);
    assertEquals(95.45, found[1], 3, figures);
    assertEquals(99.73, found[2], 1, figures);
    assertEquals(1, found[3], 0.3, figures);
  }

  @Test
  void theNoisyHalfIsLessCertain() {
    Grid grid = new Grid(30, 31, 20, 1, 1, 1.5, Orientation.AXIAL);
    Mask mask = Fields.ellipsoid(grid, 0.9);
    Posterior posterior =
        new GaussianInversion(settings(1, GRADIENT, 1))
            .invert(measured(mask, draw(mask, 1), 2), Progress.NONE);
    double quiet = 0;
    double noisy = 0;
    for (int y = 8; y < 23; y++) {
      quiet += posterior.sdPpm().orElseThrow().at(7, y, 10);
      noisy += posterior.sdPpm().orElseThrow().at(22, y, 10);
    }
    assertTrue(noisy > 1.3 * quiet, noisy / quiet + " times");
  }

  @Test
  void theFieldAloneRevealsTheNoiseAndTheOrderOfThePrior() {
    Grid grid = new Grid(30, 28, 26, 1, 1, 1, Orientation.AXIAL);
    Mask mask = Fields.ellipsoid(grid, 0.95);
    float[] chi = draw(mask, 3);
    float[] sd = Fields.constant(mask, 0.004);
    DipoleConvolution dipole = new DipoleConvolution(grid, B0);
    LocalField field = Fields.measured(mask, chi, sd, B0, dipole, 4);
    for (float factor : new float[] {1, 3}) {
      float[] claimed = Fields.constant(mask, 0.004 / factor);
      LocalField told = Fields.of(mask, field.localPpm().data(), claimed, B0);
      Posterior posterior = new GaussianInversion(settings(0, 0, 20)).invert(told, Progress.NONE);
      assertEquals(factor, Fields.figure(posterior, "noiseFactor"), 0.2 * factor);
      double gradient = Fields.figure(posterior, "priorGradientPpmPerMm");
      assertEquals(0, Math.log(gradient / GRADIENT), Math.log(2.5));
    }
  }
}
