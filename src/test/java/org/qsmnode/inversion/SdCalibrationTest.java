package org.qsmnode.inversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SdCalibrationTest {

  private static final SdCalibration TWO =
      new SdCalibration(new double[] {0.002, 0.008}, new double[] {2, 0.5});

  @Test
  void betweenTwoKnotsTheFactorGoesByTheLogarithm() {
    assertEquals(0.004, TWO.sdPpm(0.002), 1e-12);
    assertEquals(0.004, TWO.sdPpm(0.008), 1e-12);
    assertEquals(0.004 * 1, TWO.sdPpm(0.004), 1e-12);
    double part = Math.log(1.5) / Math.log(4);
    assertEquals(0.003 * Math.pow(2, 1 - part) * Math.pow(0.5, part), TWO.sdPpm(0.003), 1e-12);
  }

  @Test
  void beyondTheLastKnotItsFactorHolds() {
    assertEquals(0.0002, TWO.sdPpm(0.0001), 1e-12);
    assertEquals(0.05, TWO.sdPpm(0.1), 1e-12);
    assertEquals(0.03, SdCalibration.constant(3).sdPpm(0.01), 1e-12);
  }

  @Test
  void itsTextsGiveItBack() {
    SdCalibration back = SdCalibration.of(TWO.texts());
    assertArrayEquals(TWO.predictedPpm(), back.predictedPpm());
    assertArrayEquals(TWO.factor(), back.factor());
  }

  @Test
  void knotsThatDoNotIncreaseAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new SdCalibration(new double[] {0.01, 0.01}, new double[] {1, 1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SdCalibration(new double[] {0.01}, new double[2]));
  }
}
