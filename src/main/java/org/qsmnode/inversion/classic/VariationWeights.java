package org.qsmnode.inversion.classic;

import org.qsmnode.inversion.data.EdgeWeights;
import org.qsmnode.inversion.data.SourceSpace;
import org.qsmnode.volume.Mask;

/**
 * How much a difference between neighbours counts in total variation: 1, and less where the
 * magnitude has an edge. Between a voxel of the mask and one outside it is nothing, so that the
 * mean inside is free of what lies around.
 */
final class VariationWeights {

  private static final float ACROSS_EDGE = 0.1f;
  private static final float OUTSIDE = 1;

  private VariationWeights() {}

  /** Per axis and place of the periodic grid, the weight of the difference to the next place. */
  static float[][] of(SourceSpace space, Mask mask, float[] magnitude) {
    int[] dims = space.dims();
    int[] step = {1, dims[0], dims[0] * dims[1]};
    boolean[] inside = space.embed(mask);
    double[] voxelMm = mask.grid().voxelMm();
    float[][] weights = EdgeWeights.of(step, inside, space.embed(magnitude), voxelMm);
    for (int a = 0; a < 3; a++) {
      float squaredMm = (float) (voxelMm[a] * voxelMm[a]);
      for (int i = 0; i < inside.length; i++) {
        int next = i / step[a] % dims[a] + 1 < dims[a] ? i + step[a] : i + step[a] * (1 - dims[a]);
        if (inside[i] != inside[next]) {
          weights[a][i] = 0;
        } else if (!inside[i]) {
          weights[a][i] = OUTSIDE;
        } else {
          weights[a][i] = weights[a][i] * squaredMm > 0.5f ? 1 : ACROSS_EDGE;
        }
      }
    }
    return weights;
  }
}
