package org.qsmnode.inversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

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
  void theInputsOfTheNetworkAreOfTheFieldWithoutThem() {
    LocalField field = LeftBackground.field(1, NOISE_PPM);
    PdiInputs inputs = PdiInputs.of(field, mapped);
    float[] measured = inputs.box().crop(field.localPpm()).data();
    float[] outside = inputs.box().crop(mapped.outsidePpm().orElseThrow()).data();
    float[] left = new float[measured.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = inputs.mask().data()[i] ? measured[i] - outside[i] : 0;
    }
    assertArrayEquals(left, inputs.fieldPpm(), 1e-7f);
  }

  @Test
  void theMinimumMovesToTheNewWeightWhereverItIsChanged() {
    Grid grid = Grid.isotropic(10, 9, 11, 1);
    Mask mask = Fields.ellipsoid(grid, 0.8);
    SourceSpace space = SourceSpace.around(Box.around(Mask.full(grid), 0), LeftBackground.B0, 0);
    float[] field = new float[grid.size()];
    new SeededRandom(9).fillGaussian(field);
    float[] one = steps(space, mask, field, 0, 1500);
    float[] two = steps(space, mask, field, 400, 2500);
    double squares = 0;
    double difference = 0;
    for (int i = 0; i < one.length; i++) {
      squares += one[i] * one[i];
      difference += Math.pow(one[i] - two[i], 2);
    }
    assertEquals(0, Math.sqrt(difference / squares), 0.03);
  }

  private static float[] steps(SourceSpace space, Mask mask, float[] field, int before, int all) {
    float[] weight = new float[field.length];
    float[] known = field.clone();
    for (int i = 0; i < known.length; i++) {
      known[i] *= mask.data()[i] ? 0.01f : 0;
      weight[i] = mask.data()[i] ? 1e4f : 0;
    }
    float[][] edge = VariationWeights.of(space, mask, mask.toVolume().data());
    SplitVariation problem =
        new SplitVariation(
            space, LeftBackground.B0, space.embed(known), space.embed(weight), edge, 20);
    for (int step = 0; step < all; step++) {
      if (step == before) {
        problem.weighOutside(space.embed(mask), 0.3f);
      }
      problem.step();
    }
    return problem.chi();
  }
}
