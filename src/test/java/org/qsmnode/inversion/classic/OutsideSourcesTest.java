package org.qsmnode.inversion.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.LeftBackground;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.numeric.Progress;

/** A field of blocks, as it is and with the field of sources around the mask that were left. */
class OutsideSourcesTest {

  private static final double NOISE_PPM = 0.001;

  private static Posterior exact;
  private static Posterior mapped;

  private static Posterior invert(LocalField field) {
    return new TvInversion(TvSettings.defaults()).invert(field, Progress.NONE);
  }

  private static double error(Posterior posterior) {
    return Fields.relativeError(
        posterior.chiPpm().data(), LeftBackground.TRUTH, LeftBackground.MASK);
  }

  @BeforeAll
  static void invertBoth() {
    exact = invert(LeftBackground.field(0, NOISE_PPM));
    mapped = invert(LeftBackground.field(1, NOISE_PPM));
  }

  @Test
  void aFieldWithNoOtherErrorThanNoiseHasThemWeighedLikeThoseInside() {
    assertEquals(1, Fields.figure(exact, "outsideWeight"));
    assertEquals(30, Fields.figure(exact, "iterations"));
    assertTrue(exact.outsidePpm().isEmpty());
  }

  @Test
  void whatBackgroundRemovalLeftIsFoundOutsideAndHardlyChangesTheMap() {
    assertEquals(0.001, Fields.figure(mapped, "outsideWeight"), 1e-6);
    float[] found = mapped.outsidePpm().orElseThrow().data();
    double left = Fields.relativeError(found, LeftBackground.REST, LeftBackground.MASK);
    assertTrue(left < 0.5, "of the rest stays " + left);
    double weighedLikeInside = error(mapWithoutLook());
    assertTrue(
        error(mapped) < 0.7 * weighedLikeInside,
        error(mapped) + " and without " + weighedLikeInside + ", exact " + error(exact));
  }

  /** Total variation that ends before it looks at what is wrong with the field. */
  private static Posterior mapWithoutLook() {
    return new TvInversion(new TvSettings(0, 21, 0.01))
        .invert(LeftBackground.field(1, NOISE_PPM), Progress.NONE);
  }

  @Test
  void theMinimumMovesToTheNewWeightWhereverItIsChanged() {
    float[] one = steps(0, 1500);
    float[] two = steps(400, 2500);
    double squares = 0;
    double difference = 0;
    for (int i = 0; i < one.length; i++) {
      squares += one[i] * one[i];
      difference += Math.pow(one[i] - two[i], 2);
    }
    assertEquals(0, Math.sqrt(difference / squares), 0.03);
  }

  private static float[] steps(int before, int all) {
    SplitVariation problem = RandomField.problem();
    for (int step = 0; step < all; step++) {
      if (step == before) {
        problem.weighOutside(RandomField.INSIDE, 0.3f);
      }
      problem.step();
    }
    return problem.chi();
  }
}
