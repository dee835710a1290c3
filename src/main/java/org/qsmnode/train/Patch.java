package org.qsmnode.train;

import org.qsmnode.inversion.pdi.Symmetry;
import org.qsmnode.numeric.SeededRandom;

/**
 * A mirrored and permuted part of a case.
 *
 * @param dims extents
 * @param inputs channels
 * @param startPpm map that the network corrects
 * @param truthPpm susceptibility to predict
 * @param counted voxels of the mask that are not at a cut edge of the patch
 */
record Patch(int[] dims, float[][] inputs, float[] startPpm, float[] truthPpm, boolean[] counted) {

  /** Voxels at a cut edge do not see what the whole volume shows there. */
  private static final int MARGIN = 4;

  private static final int ATTEMPTS = 1000;

  /** A patch of at most {@code edge} voxels per axis around a random voxel of the mask. */
  static Patch random(CachedCase one, int edge, SeededRandom random) {
    Symmetry symmetry = Symmetry.random(random);
    int[] whole = symmetry.dims(one.dims());
    int[] dims = new int[3];
    for (int a = 0; a < 3; a++) {
      dims[a] = Math.min(edge, whole[a]);
    }
    int[] from = new int[3];
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int[] centre = new int[3];
      for (int a = 0; a < 3; a++) {
        centre[a] = random.below(whole[a]);
        from[a] = Math.max(0, Math.min(whole[a] - dims[a], centre[a] - dims[a] / 2));
      }
      if (one.inMask(symmetry.source(centre[0], centre[1], centre[2], one.dims()))) {
        break;
      }
    }
    return cut(one, symmetry, from, dims);
  }

  static Patch cut(CachedCase one, Symmetry symmetry, int[] from, int[] dims) {
    int size = dims[0] * dims[1] * dims[2];
    int[] source = one.dims();
    int[] whole = symmetry.dims(source);
    float[][] inputs = new float[one.channels()][size];
    float[] start = new float[size];
    float[] truth = new float[size];
    boolean[] counted = new boolean[size];
    for (int z = 0, i = 0; z < dims[2]; z++) {
      for (int y = 0; y < dims[1]; y++) {
        for (int x = 0; x < dims[0]; x++, i++) {
          int voxel = symmetry.source(from[0] + x, from[1] + y, from[2] + z, source);
          for (int c = 0; c < inputs.length; c++) {
            inputs[c][i] = one.channel(c, voxel);
          }
          start[i] = one.startPpm(voxel);
          truth[i] = one.truthPpm(voxel);
          counted[i] =
              one.inMask(voxel)
                  && away(x, from[0], dims[0], whole[0])
                  && away(y, from[1], dims[1], whole[1])
                  && away(z, from[2], dims[2], whole[2]);
        }
      }
    }
    return new Patch(dims.clone(), inputs, start, truth, counted);
  }

  private static boolean away(int at, int from, int n, int whole) {
    boolean low = from == 0 || at >= MARGIN;
    boolean high = from + n == whole || at < n - MARGIN;
    return low && high;
  }
}
