package org.qsmnode.inversion.pdi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.LeftBackground;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.classic.TkdInversion;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.GoodSizes;
import org.qsmnode.numeric.Parallel;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/** What the network sees follows the object and nothing else. */
class PdiInputsTest {

  private static final Vector3 B0 = new Vector3(0.2, -0.3, 0.9).unit();
  private static final Grid GRID = new Grid(21, 18, 15, 1, 1.2, 1.5, Orientation.AXIAL);
  private static final Mask MASK = Fields.ellipsoid(GRID, 0.85);

  private static float[] random(long seed, double sd) {
    float[] values = new float[GRID.size()];
    new SeededRandom(seed).fillGaussian(values);
    for (int i = 0; i < values.length; i++) {
      values[i] = MASK.data()[i] ? (float) (sd * values[i]) : 0;
    }
    return values;
  }

  /** Without the highest frequencies, where an even grid knows no sign of an oblique direction. */
  private static float[] smooth(float[] values) {
    Fourier fourier = new Fourier(GRID.dims(), GoodSizes.padded(GRID.dims(), 1.5));
    int[] n = fourier.padded();
    float[] kernel =
        fourier.multiplier(
            (x, y, z) ->
                Math.exp(
                    -60
                        * (Math.pow((double) x / n[0], 2)
                            + Math.pow((double) y / n[1], 2)
                            + Math.pow((double) z / n[2], 2))));
    fourier.convolve(values, kernel, values);
    MaskedMap.restrict(values, MASK);
    return values;
  }

  private static LocalField field(Vector3 b0, float[] local, float[] sd, float[] magnitude) {
    LocalField plain = Fields.of(MASK, local, sd, b0);
    return new LocalField(
        plain.totalHz(),
        plain.localPpm(),
        plain.sdPpm(),
        MASK,
        new Volume(GRID, magnitude),
        plain.r2starHz(),
        3,
        List.of(),
        b0,
        FieldOrigin.EXACT,
        List.of());
  }

  /** With any map in place of total variation: thresholded division is quick. */
  private static PdiInputs inputs(LocalField field) {
    Posterior map = new TkdInversion(0.1).invert(field, Progress.NONE);
    return PdiInputs.of(field, Fields.map(map.chiPpm()));
  }

  private static double rootMeanSquare(PdiInputs inputs, String channel) {
    float[] values = inputs.channels()[PdiInputs.CHANNELS.indexOf(channel)];
    return Math.sqrt(Parallel.dot(values, values) / MASK.count());
  }

  private static float[] mirroredAlongX(float[] values, int nx) {
    float[] out = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      out[i - i % nx + nx - 1 - i % nx] = values[i];
    }
    return out;
  }

  @Test
  void mirroringTheObjectMirrorsEveryChannel() {
    float[] local = smooth(random(1, 0.3));
    float[] sd = Fields.constant(MASK, 0.004);
    float[] magnitude = random(2, 1);
    PdiInputs one = inputs(field(B0, local, sd, magnitude));
    Vector3 mirroredB0 = new Vector3(-B0.x(), B0.y(), B0.z());
    int nx = GRID.nx();
    PdiInputs other =
        inputs(field(mirroredB0, mirroredAlongX(local, nx), sd, mirroredAlongX(magnitude, nx)));
    assertEquals(PdiInputs.CHANNELS.size(), one.channels().length);
    for (int c = 0; c < one.channels().length; c++) {
      float[] mirrored = mirroredAlongX(other.channels()[c], one.box().nx());
      double difference = 0;
      double all = 0;
      for (int i = 0; i < mirrored.length; i++) {
        difference += Math.pow(one.channels()[c][i] - mirrored[i], 2);
        all += mirrored[i] * mirrored[i];
      }
      assertEquals(0, Math.sqrt(difference / all), 0.03, PdiInputs.CHANNELS.get(c));
    }
  }

  @Test
  void everyChannelIsZeroOutsideTheMaskAndBounded() {
    PdiInputs inputs = inputs(field(B0, random(3, 5), Fields.constant(MASK, 1e-6), random(4, 1)));
    for (float[] channel : inputs.channels()) {
      for (int i = 0; i < channel.length; i++) {
        assertTrue(Math.abs(channel[i]) <= 10);
        assertTrue(inputs.mask().data()[i] || channel[i] == 0);
      }
    }
  }

  @Test
  void theUnitOfTheMagnitudeDoesNotMatter() {
    float[] magnitude = random(5, 1);
    float[] larger = magnitude.clone();
    for (int i = 0; i < larger.length; i++) {
      larger[i] *= 1000;
    }
    float[] sd = Fields.constant(MASK, 0.004);
    PdiInputs one = inputs(field(B0, random(6, 0.03), sd, magnitude));
    PdiInputs other = inputs(field(B0, random(6, 0.03), sd, larger));
    for (int c = 0; c < one.channels().length; c++) {
      assertArrayEquals(one.channels()[c], other.channels()[c], 1e-5f);
    }
  }

  @Test
  void aVoxelWithoutInformationHasNoFieldNoWeightAndTheLargestNoise() {
    float[] sd = Fields.constant(MASK, 0.003);
    int centre = GRID.index(10, 9, 7);
    sd[centre] = Float.POSITIVE_INFINITY;
    PdiInputs inputs = inputs(field(B0, random(7, 0.03), sd, random(8, 1)));
    int at =
        new Volume(inputs.box().grid(), inputs.weight())
            .grid()
            .index(10 - inputs.box().x(), 9 - inputs.box().y(), 7 - inputs.box().z());
    assertEquals(0, inputs.weight()[at]);
    assertEquals(0, inputs.fieldPpm()[at]);
    assertEquals(3, inputs.channels()[6][at]);
    assertEquals(0, inputs.channels()[6][at + 1], 1e-5, "sd of 0.003 ppm is the unit");
    assertEquals(1 / 0.003, inputs.weight()[at + 1], 1e-2);
  }

  @Test
  void theResidualIsInStandardDeviationsAndIgnoresAConstantField() {
    float[] truth = Fields.demeaned(random(9, 0.05), MASK);
    float[] sd = Fields.constant(MASK, 0.002);
    LocalField field = Fields.measured(MASK, truth, sd, B0, new DipoleConvolution(GRID, B0), 10);
    float[] shifted = field.localPpm().data().clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += MASK.data()[i] ? 0.01f : 0;
    }
    Posterior start = Fields.map(new Volume(GRID, truth));
    float[] residual = PdiInputs.of(Fields.of(MASK, shifted, sd, B0), start).channels()[4];
    double square = 0;
    double sum = 0;
    for (float r : residual) {
      square += r * r / MASK.count();
      sum += r / MASK.count();
    }
    assertEquals(1, square, 0.1);
    assertEquals(0, sum, 1e-3);
  }

  @Test
  void aFieldWithoutStatedNoiseIsWeightedByWhatTheStartLeaves() {
    float[] truth = Fields.demeaned(random(9, 0.05), MASK);
    LocalField field =
        Fields.measured(
            MASK, truth, Fields.constant(MASK, 0.002), B0, new DipoleConvolution(GRID, B0), 10);
    LocalField unstated = Fields.of(MASK, field.localPpm().data(), new float[truth.length], B0);
    Posterior start = Fields.map(new Volume(GRID, truth));
    PdiInputs inputs = PdiInputs.of(unstated, start);
    for (int i = 0; i < inputs.weight().length; i++) {
      assertEquals(inputs.mask().data()[i] ? 500 : 0, inputs.weight()[i], 50);
    }
  }

  @Test
  void whatIsWrongBeyondNoiseIsAChannel() {
    Mask mask = Fields.ellipsoid(Grid.isotropic(41, 44, 37, 1.2), 0.9);
    float[] field = new float[mask.data().length];
    new SeededRandom(4).fillGaussian(field);
    for (int i = 0; i < field.length; i++) {
      double wave = 2 * Math.cos(0.3 * (i % 41)) * Math.cos(0.25 * (i / (41 * 44)));
      field[i] = mask.data()[i] ? (float) (0.004 * (field[i] + wave)) : 0;
    }
    PdiInputs inputs = inputs(Fields.of(mask, field, Fields.constant(mask, 0.004), B0));
    double excess = inputs.excessNoisePpm();
    assertTrue(excess > 0.001, "excess " + excess);
    double expected = Math.log(0.3 + excess / 0.001);
    int channel = PdiInputs.CHANNELS.indexOf(PdiInputs.EXCESS_NOISE);
    for (int i = 0; i < inputs.mask().data().length; i++) {
      assertEquals(inputs.mask().data()[i] ? expected : 0, inputs.channels()[channel][i], 1e-6);
    }
    assertEquals(excess, PdiInputs.excessNoisePpm(expected), 1e-8);
  }

  @Test
  void whiteNoiseHasNoExcessThoughNobodyStatedIt() {
    LocalField unstated = Fields.of(MASK, random(1, 0.03), new float[GRID.size()], B0);
    assertEquals(0, inputs(unstated).excessNoisePpm());
  }

  @Test
  void aFieldThatNoSusceptibilityMakesShowsInAChannelOfItsOwn() {
    String channel = "field-where-dipole-is-small/0.005ppm";
    float[] sd = Fields.constant(MASK, 0.0002);
    float[] truth = Fields.demeaned(random(9, 0.05), MASK);
    LocalField explained =
        Fields.measured(MASK, truth, sd, B0, new DipoleConvolution(GRID, B0), 10);
    double cone = rootMeanSquare(inputs(explained), channel);
    float[] alien = random(11, 0.02);
    double alienCone = rootMeanSquare(inputs(Fields.of(MASK, alien, sd, B0)), channel);
    float[] local = explained.localPpm().data();
    double ofLocal = cone / Math.sqrt(Parallel.dot(local, local));
    double ofAlien = alienCone / Math.sqrt(Parallel.dot(alien, alien));
    assertTrue(ofAlien > 2 * ofLocal, ofAlien + " " + ofLocal);
    float[] shifted = local.clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += MASK.data()[i] ? 0.05f : 0;
    }
    assertEquals(
        cone, rootMeanSquare(inputs(Fields.of(MASK, shifted, sd, B0)), channel), 0.01 * cone);
  }

  @Test
  void theInputsAreOfTheFieldWithoutThatOfSourcesOutside() {
    LocalField field = LeftBackground.field(1, 0.001);
    Posterior mapped = PdiInputs.starter().invert(field, Progress.NONE);
    PdiInputs inputs = PdiInputs.of(field, mapped);
    float[] measured = inputs.box().crop(field.localPpm()).data();
    float[] outside = inputs.box().crop(mapped.outsidePpm().orElseThrow()).data();
    float[] left = new float[measured.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = inputs.mask().data()[i] ? measured[i] - outside[i] : 0;
    }
    assertArrayEquals(left, inputs.fieldPpm(), 1e-7f);
  }
}
