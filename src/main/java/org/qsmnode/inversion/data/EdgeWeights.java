package org.qsmnode.inversion.data;

import java.util.Arrays;

/**
 * Where the magnitude says that susceptibility may jump: the steepest part of its differences
 * between neighbours inside the mask (MEDI, Liu et al. 2012, doi:10.1002/mrm.23000).
 */
public final class EdgeWeights {

  /** Part of the differences that are edges. */
  public static final double SHARE = 0.3;

  /** Weight of a squared difference across an edge. */
  static final float ACROSS = 0.01f;

  private EdgeWeights() {}

  /**
   * Per axis, weight over squared voxel size for the difference between a place and the next, 0
   * unless both are inside.
   *
   * @param step index distance to the next place along each axis
   */
  public static float[][] of(int[] step, boolean[] inside, float[] magnitude, double[] voxelMm) {
    float[][] slope = new float[3][inside.length];
    float[] found = new float[3 * count(inside)];
    int n = 0;
    for (int a = 0; a < 3; a++) {
      for (int i = 0; i < inside.length; i++) {
        slope[a][i] = -1;
        if (inside[i] && i + step[a] < inside.length && inside[i + step[a]]) {
          slope[a][i] = (float) (Math.abs(magnitude[i + step[a]] - magnitude[i]) / voxelMm[a]);
          found[n++] = slope[a][i];
        }
      }
    }
    Arrays.sort(found, 0, n);
    float threshold = n > 0 ? found[Math.min(n - 1, (int) ((1 - SHARE) * n))] : 0;
    for (int a = 0; a < 3; a++) {
      float full = (float) (1 / (voxelMm[a] * voxelMm[a]));
      for (int i = 0; i < inside.length; i++) {
        float s = slope[a][i];
        slope[a][i] = s < 0 ? 0 : s > threshold ? ACROSS * full : full;
      }
    }
    return slope;
  }

  private static int count(boolean[] inside) {
    int count = 0;
    for (boolean in : inside) {
      count += in ? 1 : 0;
    }
    return count;
  }
}
