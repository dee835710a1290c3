package org.qsmnode.inversion.error;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SdCalibrationTest {

  private static final SdCalibration TWO =
      new SdCalibration(
          new FactorTable(new double[] {0.002, 0.008}, new double[] {2, 0.5}),
          FactorTable.constant(1));
  private static final SdCalibration BY_MEAN =
      new SdCalibration(
          FactorTable.constant(3),
          new FactorTable(new double[] {0.03, 0.12}, new double[] {0.5, 2}));

  @Test
  void betweenTwoKnotsTheFactorGoesByTheLogarithm() {
    assertEquals(0.004, TWO.sdPpm(0.002, 0), 1e-12);
    assertEquals(0.004, TWO.sdPpm(0.008, 0), 1e-12);
    assertEquals(0.004 * 1, TWO.sdPpm(0.004, 0), 1e-12);
    double part = Math.log(1.5) / Math.log(4);
    assertEquals(0.003 * Math.pow(2, 1 - part) * Math.pow(0.5, part), TWO.sdPpm(0.003, 0), 1e-12);
  }

  @Test
  void beyondTheLastKnotItsFactorHolds() {
    assertEquals(0.0002, TWO.sdPpm(0.0001, 0), 1e-12);
    assertEquals(0.05, TWO.sdPpm(0.1, 0), 1e-12);
    assertEquals(0.03, SdCalibration.constant(3).sdPpm(0.01, 0.5), 1e-12);
  }

  @Test
  void aSecondFactorGoesByTheSizeOfTheMeanWhateverItsSign() {
    assertEquals(0.015, BY_MEAN.sdPpm(0.01, 0), 1e-12);
    assertEquals(0.015, BY_MEAN.sdPpm(0.01, 0.03), 1e-12);
    assertEquals(0.03, BY_MEAN.sdPpm(0.01, 0.06), 1e-12);
    assertEquals(0.03, BY_MEAN.sdPpm(0.01, -0.06), 1e-12);
    assertEquals(0.06, BY_MEAN.sdPpm(0.01, -1), 1e-12);
  }

  @Test
  void theFactorsOfOneBetweenTwoAreGeometricMeans() {
    SdCalibration between = TWO.towards(BY_MEAN, 0.25);
    for (double predicted : new double[] {0.001, 0.003, 0.008, 0.1}) {
      for (double mean : new double[] {0, -0.05, 0.08, 0.3}) {
        double expected =
            Math.pow(TWO.sdPpm(predicted, mean), 0.75)
                * Math.pow(BY_MEAN.sdPpm(predicted, mean), 0.25);
        assertEquals(expected, between.sdPpm(predicted, mean), 1e-12);
      }
    }
  }

  @Test
  void itsTextsGiveItBack() {
    SdCalibration both = new SdCalibration(TWO.byPredicted(), BY_MEAN.byMean());
    SdCalibration back = SdCalibration.of(both.texts());
    assertArrayEquals(TWO.byPredicted().ppm(), back.byPredicted().ppm());
    assertArrayEquals(TWO.byPredicted().factor(), back.byPredicted().factor());
    assertArrayEquals(BY_MEAN.byMean().ppm(), back.byMean().ppm());
    assertArrayEquals(BY_MEAN.byMean().factor(), back.byMean().factor());
  }

  @Test
  void aModelThatLacksAnyOfItsTablesIsRefused() {
    for (String name : BY_MEAN.texts().keySet()) {
      Map<String, String> texts = new HashMap<>(BY_MEAN.texts());
      texts.remove(name);
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> SdCalibration.of(texts));
      assertEquals("the weights file does not state its " + name, refused.getMessage());
    }
  }

  @Test
  void knotsThatDoNotIncreaseAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new FactorTable(new double[] {0.01, 0.01}, new double[] {1, 1}));
    assertThrows(
        IllegalArgumentException.class, () -> new FactorTable(new double[] {0.01}, new double[2]));
  }
}
