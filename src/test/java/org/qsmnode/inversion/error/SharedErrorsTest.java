package org.qsmnode.inversion.error;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.qsmnode.numeric.SeededRandom;

class SharedErrorsTest {

  private static final SharedErrors SHARED =
      new SharedErrors(new double[] {-0.1, 0, 0.2}, new double[] {0.004, 0.001, 0.01});
  private static final double[] MEANS = {-5, -0.1, -0.03, 0, 0.05, 0.1, 0.2, 0.3};

  @Test
  void drawnFunctionsVaryAsStated() {
    SeededRandom random = new SeededRandom(3);
    int draws = 4000;
    double[] squares = new double[MEANS.length];
    for (int d = 0; d < draws; d++) {
      DoubleUnaryOperator drawn = SHARED.draw(random);
      for (int k = 0; k < MEANS.length; k++) {
        squares[k] += Math.pow(drawn.applyAsDouble(MEANS[k]), 2) / draws;
      }
    }
    for (int k = 0; k < MEANS.length; k++) {
      assertEquals(1, squares[k] / SHARED.variance(MEANS[k]), 0.1, "at " + MEANS[k]);
    }
  }

  @Test
  void variancesAreOfTentsBetweenKnotsAndConstantBeyond() {
    assertEquals(1e-4, SHARED.variance(0.2), 1e-15);
    assertEquals(1e-4, SHARED.variance(7), 1e-15);
    assertEquals(1.6e-5, SHARED.variance(-0.1), 1e-15);
    assertEquals(1.6e-5, SHARED.variance(-7), 1e-15);
    assertEquals(1e-6, SHARED.variance(0), 1e-15);
    assertEquals((1e-6 + 1e-4) / 4, SHARED.variance(0.1), 1e-15);
    DoubleUnaryOperator drawn = SHARED.draw(new SeededRandom(1));
    assertEquals(drawn.applyAsDouble(0.2), drawn.applyAsDouble(7));
    assertEquals(drawn.applyAsDouble(-0.1), drawn.applyAsDouble(-7));
  }

  @Test
  void aQuarterOfTheVarianceIsNotShared() {
    assertEquals(4e-4 - 1e-4, SHARED.restVariance(4e-4, 0.2), 1e-15);
    assertEquals(0.25e-4, SHARED.restVariance(1e-4, 0.2), 1e-15);
    assertEquals(1e-4, SharedErrors.none().restVariance(1e-4, 0.2));
  }

  @Test
  void betweenTwoDeviationsAreGeometricMeans() {
    SharedErrors other = new SharedErrors(SHARED.meanPpm(), new double[] {0.001, 0.016, 0.01});
    assertArrayEquals(new double[] {0.002, 0.004, 0.01}, SHARED.towards(other, 0.5).sdPpm(), 1e-12);
    assertArrayEquals(SHARED.sdPpm(), SHARED.towards(other, 0).sdPpm(), 1e-12);
    assertArrayEquals(other.sdPpm(), SHARED.towards(other, 1).sdPpm(), 1e-12);
  }

  @Test
  void towardsNothingSharedNothingIsLeft() {
    SharedErrors none = SharedErrors.none();
    assertArrayEquals(SHARED.sdPpm(), SHARED.towards(none, 0).sdPpm(), 1e-12);
    for (double mean : MEANS) {
      assertEquals(0, SHARED.towards(none, 0.5).variance(mean));
      assertEquals(0, none.towards(SHARED, 0).variance(mean));
      assertEquals(0, none.towards(none, 0.3).variance(mean));
    }
  }

  @Test
  void itsTextsGiveItBack() {
    SharedErrors back = SharedErrors.of(SHARED.texts());
    assertArrayEquals(SHARED.meanPpm(), back.meanPpm());
    assertArrayEquals(SHARED.sdPpm(), back.sdPpm());
  }

  @Test
  void aModelThatDoesNotStateThemIsRefusedByWhatIsMissing() {
    Map<String, String> none = Map.of("sdCalibration.factor", "1");
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> SharedErrors.of(none));
    assertEquals("the weights file does not state its sharedErrors.meanPpm", refused.getMessage());
    Map<String, String> half = new HashMap<>(SHARED.texts());
    half.remove("sharedErrors.sdPpm");
    assertThrows(IllegalArgumentException.class, () -> SharedErrors.of(half));
  }

  @Test
  void knotsThatDoNotIncreaseAndNegativeDeviationsAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new SharedErrors(new double[] {0.1, 0.1}, new double[] {1, 1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SharedErrors(new double[] {0.1}, new double[] {-1}));
  }
}
