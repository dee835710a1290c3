package org.qsmnode.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsmnode.field.data.Angles;
import org.qsmnode.field.data.EchoImages;
import org.qsmnode.field.data.EchoPhantom;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.field.fit.EchoFit;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Orientation;

final class EchoFitTest {

  private static final Grid GRID = new Grid(25, 27, 23, 3, 3, 3, Orientation.AXIAL);
  private static final int DRAWS = 24;

  private static EchoPhantom head(double tesla) {
    double s = tesla / 3;
    EchoPhantom plain =
        EchoPhantom.of(
            GRID, (u, v, w) -> s * (300 * u * v - 200 * w + 200 * Math.exp(-9 * (u * u + v * v))));
    return new EchoPhantom(
        plain.mask(),
        plain.field(),
        EchoPhantom.image(GRID, (u, v, w) -> 0.8 + 0.2 * u),
        EchoPhantom.image(
            GRID,
            (u, v, w) ->
                (0.4 + 0.6 * s) * (22 + 12 * Math.sin(5 * v) + (u * u + w * w < 0.05 ? 30 : 0))),
        plain.offset());
  }

  private static CombinedField combine(EchoPhantom head, EchoImages images)
      throws FieldMappingException {
    return CombinedField.of(
        images,
        head.mask(),
        FieldSettings.defaults(),
        new Stages(Progress.NONE),
        new ArrayList<>());
  }

  @ParameterizedTest
  @CsvSource({
    "3, 2, 0.005, 0.006, 20",
    "3, 4, 0.005, 0.006, 200",
    "3, 12, 0.003, 0.0035, 60",
    "1.5, 3, 0.004, 0.008, 60",
    "1.5, 6, 0.005, 0.007, 20",
    "7, 3, 0.004, 0.004, 40",
    "7, 6, 0.004, 0.004, 200",
    "7, 12, 0.003, 0.0035, 20"
  })
  void theStandardDeviationIsTheSpreadOverNoiseDraws(
      double tesla, int echoes, double first, double spacing, double snr)
      throws FieldMappingException {
    EchoPhantom head = head(tesla);
    double[] te = EchoPhantom.echoes(echoes, first, spacing);
    float[][] slope = new float[DRAWS][];
    float[][] sd = new float[DRAWS][];
    for (int draw = 0; draw < DRAWS; draw++) {
      CombinedField field = combine(head, head.scan(te, 1 / snr, 500 + draw));
      slope[draw] = field.slope();
      sd[draw] = field.slopeSd();
    }
    double spread = 0;
    double stated = 0;
    int known = 0;
    for (int i = 0; i < GRID.size(); i++) {
      double mean = 0;
      double variance = 0;
      for (int draw = 0; draw < DRAWS; draw++) {
        mean += slope[draw][i] / DRAWS;
        variance += sd[draw][i] * (double) sd[draw][i] / DRAWS;
      }
      if (head.mask().data()[i] && Double.isFinite(variance)) {
        known++;
        stated += variance;
        for (int draw = 0; draw < DRAWS; draw++) {
          spread += (slope[draw][i] - mean) * (slope[draw][i] - mean) / (DRAWS - 1);
        }
      }
    }
    assertTrue(known > 0.98 * head.mask().count(), known + " voxels known in every draw");
    assertEquals(1, Math.sqrt(spread / stated), 0.1);
  }

  @Test
  void withoutNoiseFieldAndDecayComeBackAsTheyWere() throws FieldMappingException {
    EchoPhantom head = head(3);
    CombinedField field = combine(head, head.scan(EchoPhantom.echoes(4, 0.005, 0.006), 1e-6, 3));
    assertEquals(0, EchoPhantom.spread(field.slope(), head.field(), head.mask()), 0.05);
    assertEquals(0, EchoPhantom.spread(field.r2starHz(), head.r2star(), head.mask()), 0.01);
  }

  @Test
  void theFitMinimisesTheComplexDifference() {
    EchoPhantom head = head(3);
    double[] te = EchoPhantom.echoes(5, 0.005, 0.006);
    EchoImages images = head.scan(te, 0.08, 4);
    EchoFit fit = EchoFit.run(images, head.mask(), head.offset(), head.field(), 0, 0);
    for (int i = 0; i < GRID.size(); i += 97) {
      if (head.mask().data()[i]) {
        double best = cost(images, head, i, fit.intercept()[i], fit.slope()[i]);
        assertEquals(best, fit.residual()[i], 1e-4 * Math.max(best, 1e-3));
        for (double[] step : new double[][] {{0.01, 0}, {-0.01, 0}, {0, 1}, {0, -1}}) {
          double p0 = fit.intercept()[i] + step[0];
          assertTrue(best <= cost(images, head, i, p0, fit.slope()[i] + step[1]) + 1e-7);
        }
      }
    }
  }

  private static double cost(EchoImages images, EchoPhantom head, int i, double p0, double slope) {
    double cost = 0;
    for (int e = 0; e < images.echoes(); e++) {
      double m = images.magnitude(e, i);
      double model = head.offset()[i] + p0 + slope * images.te()[e];
      double re = m * Math.cos(images.phase()[e][i]) - m * Math.cos(model);
      double im = m * Math.sin(images.phase()[e][i]) - m * Math.sin(model);
      cost += re * re + im * im;
    }
    return cost;
  }

  @Test
  void turnsOfTwoPiAndAGlobalPhaseChangeNothingAndTheSignTurnsTheField()
      throws FieldMappingException {
    EchoPhantom head = head(3);
    double[] te = EchoPhantom.echoes(4, 0.005, 0.006);
    EchoImages images = head.scan(te, 0.02, 5);
    Random random = new Random(6);
    float[][] turned = new float[te.length][GRID.size()];
    float[][] mirrored = new float[te.length][GRID.size()];
    for (int e = 0; e < te.length; e++) {
      for (int i = 0; i < GRID.size(); i++) {
        float phase = images.phase()[e][i];
        turned[e][i] = (float) (phase + 1.3 + Angles.TWO_PI * (random.nextInt(3) - 1));
        mirrored[e][i] = -phase;
      }
    }
    CombinedField field = combine(head, images);
    CombinedField same = combine(head, new EchoImages(GRID, images.magnitude(), turned, te));
    CombinedField opposite = combine(head, new EchoImages(GRID, images.magnitude(), mirrored, te));
    float[] back = new float[GRID.size()];
    for (int i = 0; i < back.length; i++) {
      back[i] = -opposite.slope()[i];
    }
    assertEquals(0, EchoPhantom.spread(field.slope(), same.slope(), head.mask()), 0.05);
    assertEquals(0, EchoPhantom.spread(field.slope(), back, head.mask()), 0.05);
    assertArrayEquals(field.r2starHz(), opposite.r2starHz(), 0.1f);
  }

  @Test
  void whereTheSignalIsGoneNothingIsKnown() throws FieldMappingException {
    EchoPhantom plain = head(3);
    float[] bleeding = EchoPhantom.image(GRID, (u, v, w) -> u * u + v * v + w * w < 0.08 ? 0 : 0.8);
    EchoPhantom head =
        new EchoPhantom(plain.mask(), plain.field(), bleeding, plain.r2star(), plain.offset());
    CombinedField field = combine(head, head.scan(EchoPhantom.echoes(4, 0.005, 0.006), 0.02, 7));
    int lost = 0;
    int known = 0;
    for (int i = 0; i < GRID.size(); i++) {
      if (head.mask().data()[i] && Float.isInfinite(field.slopeSd()[i])) {
        lost += bleeding[i] == 0 ? 1 : 0;
        known += bleeding[i] == 0 ? 0 : 1;
      }
    }
    int gone = 0;
    for (int i = 0; i < GRID.size(); i++) {
      gone += bleeding[i] == 0 ? 1 : 0;
    }
    assertTrue(lost > 0.95 * gone, lost + " of " + gone + " voxels without signal");
    assertEquals(0, known, "voxels with signal that were given up");
  }

  @Test
  void anEchoLostInNoiseDoesNotWidenTheField() throws FieldMappingException {
    EchoPhantom plain = head(3);
    float[] fast = EchoPhantom.image(GRID, (u, v, w) -> 150);
    EchoPhantom head =
        new EchoPhantom(plain.mask(), plain.field(), plain.amplitude(), fast, plain.offset());
    double few = error(head, EchoPhantom.echoes(4, 0.003, 0.004));
    double many = error(head, EchoPhantom.echoes(12, 0.003, 0.004));
    assertTrue(many < 1.01 * few, many + " rad/s with 12 echoes, " + few + " with 4");
  }

  private static double error(EchoPhantom head, double[] te) throws FieldMappingException {
    CombinedField field = combine(head, head.scan(te, 0.02, 8));
    return EchoPhantom.spread(field.slope(), head.field(), head.mask());
  }
}
