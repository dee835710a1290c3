package org.qsmnode.series.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsmnode.series.header.PhaseScale;
import org.qsmnode.series.header.PixelLayout;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.series.header.ValueScale;
import org.qsmnode.series.header.Vendor;

class PhaseScaleRuleTest {

  private static final PixelLayout TWELVE = new PixelLayout(4, 5, 1, 16, 12, 11, false, false);
  private static final PixelLayout SIGNED = new PixelLayout(4, 5, 1, 16, 16, 15, true, false);
  private static final double[] TE = {5, 10, 15};

  private static ValueScale rescale(double slope, double intercept, String type) {
    return new ValueScale(slope, intercept, type, Double.NaN, Double.NaN, "", Double.NaN);
  }

  /** Values that fill a range evenly, three echoes. */
  private static List<float[]> ramp(double low, double high) {
    List<float[]> echoes = new ArrayList<>();
    for (int echo = 0; echo < 3; echo++) {
      float[] values = new float[2001];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (low + (high - low) * i / (values.length - 1));
      }
      echoes.add(values);
    }
    return echoes;
  }

  private static List<float[]> ones(List<float[]> like) {
    return like.stream()
        .map(
            v -> {
              float[] one = new float[v.length];
              Arrays.fill(one, 1);
              return one;
            })
        .toList();
  }

  private static PhaseScale decide(
      Vendor vendor, ValueScale scale, PixelLayout layout, double low, double high)
      throws RefusedException {
    List<float[]> phase = ramp(low, high);
    return new PhaseScaleRule(vendor, List.of(scale), layout).decide(phase, ones(phase), TE);
  }

  @ParameterizedTest
  @CsvSource({
    "rad, -3.1, 3.1, 1",
    "mrad, -3000, 3141, 0.001",
    "deg, -170, 180, 0.017453292519943295",
    "MRAD, -1000, 900, 0.001"
  })
  void unitsDecideFirst(String unit, double low, double high, double expected) throws Exception {
    PhaseScale scale = decide(Vendor.OTHER, rescale(1, 0, unit), SIGNED, low, high);
    assertEquals(expected, scale.radiansPerUnit(), 1e-12);
  }

  @Test
  void realWorldUnitsDecideWhereRescaleTypeIsSilent() throws Exception {
    ValueScale scale = new ValueScale(1, 0, "US", 0.001, -2, "rad", Double.NaN);
    assertEquals(0.001, PhaseScaleRule.transformation(scale)[0]);
    assertEquals(-2, PhaseScaleRule.transformation(scale)[1]);
    assertEquals(1, decide(Vendor.OTHER, scale, SIGNED, -3, 3).radiansPerUnit());
  }

  @Test
  void aUnitThatTheValuesContradictIsRefused() {
    RefusedException refused =
        assertThrows(
            RefusedException.class,
            () -> decide(Vendor.OTHER, rescale(1, 0, "rad"), SIGNED, -400, 400));
    assertEquals(ReasonCode.UNKNOWN_PHASE_SCALE, refused.reason().code());
  }

  @Test
  void rescaledRangeOfTheHeaderDecidesWithoutFullData() throws Exception {
    assertEquals(
        Math.PI / 4096,
        decide(Vendor.SIEMENS, rescale(2, -4096, ""), TWELVE, -900, 700).radiansPerUnit());
    assertEquals(
        1e-3,
        decide(Vendor.PHILIPS, rescale(1.53455433455433, -3142, ""), TWELVE, -900, 700)
            .radiansPerUnit());
    double slope = 2 * Math.PI / 4095;
    assertEquals(
        1,
        decide(Vendor.PHILIPS, rescale(slope, -Math.PI, ""), TWELVE, -0.9, 0.7).radiansPerUnit());
  }

  @ParameterizedTest
  @CsvSource({
    "OTHER, -3.1, 3.1, 1, 0",
    "GE, -3141, 3141, 0.001, 0",
    "CANON, -180, 179, 0.017453292519943295, 0",
    "CANON, 0, 359, 0.017453292519943295, 180",
    "SIEMENS, 0, 3950, 0.0015339807878856412, 2048",
    "FUJIFILM, -2048, 2047, 0.0015339807878856412, 0",
    "UIH, -2048, 2047, 0.0015343553863686412, -0.5",
    "OTHER, -4096, 4094, 7.669903939428206E-4, 0",
    "OTHER, -32768, 32767, 9.587379924285257E-5, 0"
  })
  void rangeOfTheDataDecidesLast(
      Vendor vendor, double low, double high, double expected, double offset) throws Exception {
    PhaseScale scale = decide(vendor, ValueScale.NONE, SIGNED, low, high);
    assertEquals(expected, scale.radiansPerUnit(), 1e-12);
    assertEquals(offset, scale.offset(), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 1000", "-5000, 5000", "-2500, 2500", "0, 65535", "-100, 100"})
  void nothingIsGuessedByStretching(double low, double high) {
    RefusedException refused =
        assertThrows(
            RefusedException.class, () -> decide(Vendor.OTHER, ValueScale.NONE, SIGNED, low, high));
    assertEquals(ReasonCode.UNKNOWN_PHASE_SCALE, refused.reason().code());
  }

  /** Phase that runs through several turns per echo; outside the object lie other values. */
  private static List<float[]> wraps(double outside) {
    List<float[]> phase = new ArrayList<>();
    for (int echo = 0; echo < 3; echo++) {
      float[] values = new float[4000];
      for (int i = 0; i < values.length; i++) {
        double cycles = (echo + 1) * i / 1700.0;
        boolean inside = i < 3000;
        double noise = outside * Math.sin(i);
        values[i] = (float) (inside ? (cycles - Math.floor(cycles)) * 4095 - 2048 : noise);
      }
      phase.add(values);
    }
    return phase;
  }

  @Test
  void valuesOutsideTheObjectDoNotDecideAgainstStraightPhase() throws Exception {
    List<float[]> phase = wraps(4095);
    List<float[]> magnitude = ones(phase);
    magnitude.forEach(m -> Arrays.fill(m, 3000, 4000, 0));
    PhaseScale scale =
        new PhaseScaleRule(Vendor.OTHER, List.of(ValueScale.NONE), SIGNED)
            .decide(phase, magnitude, TE);
    assertEquals(2 * Math.PI / 4096, scale.radiansPerUnit(), 1e-12);
  }

  @Test
  void valuesOutsideTheObjectDecideWherePhaseIsStraightEitherWay() throws Exception {
    List<float[]> phase = ramp(-2048, 2047);
    List<float[]> magnitude = ones(phase);
    for (float[] m : magnitude) {
      Arrays.fill(m, 0, 5, 0);
    }
    phase.forEach(p -> Arrays.fill(p, 0, 3, -4096));
    phase.forEach(p -> Arrays.fill(p, 3, 5, 4094));
    PhaseScale scale =
        new PhaseScaleRule(Vendor.OTHER, List.of(ValueScale.NONE), SIGNED)
            .decide(phase, magnitude, new double[] {5, 10});
    assertEquals(Math.PI / 4096, scale.radiansPerUnit(), 1e-12);
  }

  @Test
  void straightnessIsOneForLinearPhaseAndNearZeroForNoise() {
    List<float[]> wrapped = wraps(0);
    assertEquals(1, PhaseLine.sharpness(2 * Math.PI / 4096, wrapped, ones(wrapped)), 0.01);
    java.util.Random random = new java.util.Random(2);
    List<float[]> noise = ramp(0, 1);
    for (float[] values : noise) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (2 * Math.PI * random.nextDouble());
      }
    }
    assertTrue(PhaseLine.sharpness(1, noise, ones(noise)) < 0.1);
    assertTrue(PhaseLine.isDefined(TE));
    assertTrue(!PhaseLine.isDefined(new double[] {5, 10, 16}));
    assertTrue(!PhaseLine.isDefined(new double[] {5, 10}));
  }

  @Test
  void anglesAreWrappedBelowPi() {
    assertEquals((float) -Math.PI, PhaseScale.wrap(Math.PI));
    assertEquals((float) -Math.PI, PhaseScale.wrap(-Math.PI));
    assertEquals(0.5f, PhaseScale.wrap(0.5 + 6 * Math.PI), 1e-5f);
    for (double angle = -20; angle < 20; angle += 0.01) {
      float wrapped = PhaseScale.wrap(angle);
      assertTrue(wrapped >= (float) -Math.PI && wrapped < (float) Math.PI);
      assertEquals(Math.cos(angle), Math.cos(wrapped), 1e-6);
      assertEquals(Math.sin(angle), Math.sin(wrapped), 1e-6);
    }
  }
}
