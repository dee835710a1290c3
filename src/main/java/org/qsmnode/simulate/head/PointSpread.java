package org.qsmnode.simulate.head;

import org.qsmnode.volume.Grid;

/**
 * Point spread of a filtered acquisition: half a sub-voxel to either side along every axis. Without
 * it, what a voxel averages would hold frequencies that no scanner measures.
 */
public final class PointSpread {

  private PointSpread() {}

  /** Spreads {@code values} in place; only places {@code inside} give and receive. */
  public static void apply(Grid grid, boolean[] inside, float[] values) {
    int[] n = grid.dims();
    int[] stride = {1, n[0], n[0] * n[1]};
    for (int axis = 0; axis < 3; axis++) {
      int a = axis;
      float[] before = values.clone();
      SampleGrid.forEachVoxel(
          grid,
          (x, y, z) -> {
            int i = grid.index(x, y, z);
            if (inside[i]) {
              int at = a == 0 ? x : a == 1 ? y : z;
              double own = before[i];
              double below = at > 0 && inside[i - stride[a]] ? before[i - stride[a]] : own;
              double above = at < n[a] - 1 && inside[i + stride[a]] ? before[i + stride[a]] : own;
              values[i] = (float) (0.25 * below + 0.5 * own + 0.25 * above);
            }
          });
    }
  }
}
