package org.qsmnode.inversion.classic;

import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.LeftBackground;
import org.qsmnode.inversion.data.SourceSpace;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/** Total variation of a small field of noise, known in a mask. */
final class RandomField {

  private static final Grid GRID = Grid.isotropic(10, 9, 11, 1);
  private static final SourceSpace SPACE = new SourceSpace(GRID, LeftBackground.B0, 0);
  static final Mask MASK = Fields.ellipsoid(GRID, 0.8);

  /** The mask on all places of the problem. */
  static final boolean[] INSIDE = SPACE.embed(MASK);

  private RandomField() {}

  /** The problem before its first step, lambda 20. */
  static SplitVariation problem() {
    float[] known = new float[GRID.size()];
    float[] weight = new float[GRID.size()];
    new SeededRandom(9).fillGaussian(known);
    for (int i = 0; i < known.length; i++) {
      known[i] *= MASK.data()[i] ? 0.01f : 0;
      weight[i] = MASK.data()[i] ? 1e4f : 0;
    }
    float[][] edge = VariationWeights.of(SPACE, MASK, MASK.toVolume().data());
    return new SplitVariation(
        SPACE, LeftBackground.B0, SPACE.embed(known), SPACE.embed(weight), edge, 20);
  }
}
