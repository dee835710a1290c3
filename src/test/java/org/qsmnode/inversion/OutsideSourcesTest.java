package org.qsmnode.inversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;

/** A field of blocks, as it is and with the field of sources around the mask that were left. */
class OutsideSourcesTest {

  private static final Vector3 B0 = new Vector3(0.2, -0.3, 0.9).unit();
  private static final Grid GRID = Grid.isotropic(56, 61, 52, 2);
  private static final Mask MASK = Fields.ellipsoid(GRID, 0.8);
  private static final float[] TRUTH = blocks();
  private static final float[] REST = rest();
  private static Posterior exact;
  private static Posterior mapped;

  private static float[] blocks() {
    float[] chi = new float[GRID.size()];
    SeededRandom random = new SeededRandom(5);
    for (int block = 0; block < 60; block++) {
      float value = (float) (0.06 * random.gaussian());
      int x = random.below(GRID.nx() - 6);
      int y = random.below(GRID.ny() - 7);
      int z = random.below(GRID.nz() - 5);
      for (int i = 0; i < 6 * 7 * 5; i++) {
        int at = GRID.index(x + i % 6, y + i / 6 % 7, z + i / 42);
        chi[at] = MASK.data()[at] ? value : 0;
      }
    }
    MaskedMap.reference(chi, MASK);
    return chi;
  }

  /** Field in the mask of sources within a few voxels around it. */
  private static float[] rest() {
    Mask around = Fields.ellipsoid(GRID, 0.95);
    float[] sources = new float[GRID.size()];
    new SeededRandom(6).fillGaussian(sources);
    for (int i = 0; i < sources.length; i++) {
      sources[i] = around.data()[i] && !MASK.data()[i] ? 0.2f * sources[i] : 0;
    }
    DipoleConvolution.imageSpace(GRID, B0).apply(sources, sources);
    for (int i = 0; i < sources.length; i++) {
      sources[i] = MASK.data()[i] ? sources[i] : 0;
    }
    return sources;
  }

  private static LocalField field(float rest) {
    LocalField noisy =
        Fields.measured(
            MASK,
            TRUTH,
            Fields.constant(MASK, 0.001),
            B0,
            DipoleConvolution.imageSpace(GRID, B0),
            7);
    float[] field = noisy.localPpm().data().clone();
    for (int i = 0; i < field.length; i++) {
      field[i] += rest * REST[i];
    }
    return Fields.of(MASK, field, noisy.sdPpm().data(), B0);
  }

  private static Posterior invert(LocalField field) {
    return new TvInversion(TvSettings.defaults()).invert(field, Progress.NONE);
  }

  private static double error(Posterior posterior) {
    return Fields.relativeError(posterior.chiPpm().data(), TRUTH, MASK);
  }

  @BeforeAll
  static void invertBoth() {
    exact = invert(field(0));
    mapped = invert(field(1));
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
    double left = Fields.relativeError(found, REST, MASK);
    assertTrue(left < 0.5, "of the rest stays " + left);
    double weighedLikeInside = error(mapWithoutLook());
    assertTrue(
        error(mapped) < 0.7 * weighedLikeInside,
        error(mapped) + " and without " + weighedLikeInside + ", exact " + error(exact));
  }

  /** Total variation that ends before it looks at what is wrong with the field. */
  private static Posterior mapWithoutLook() {
    return new TvInversion(new TvSettings(0, 21, 0.01)).invert(field(1), Progress.NONE);
  }

  @Test
  void theInputsOfTheNetworkAreOfTheFieldWithoutThem() {
    LocalField field = field(1);
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
    SourceSpace space = SourceSpace.around(Box.around(Mask.full(grid), 0), B0, 0);
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
        new SplitVariation(space, B0, space.embed(known), space.embed(weight), edge, 20);
    for (int step = 0; step < all; step++) {
      if (step == before) {
        problem.weighOutside(space.embed(mask), 0.3f);
      }
      problem.step();
    }
    return problem.chi();
  }
}
