package org.qsmnode.field;

import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;

/** Removes unreliable voxels that can be reached from outside the mask; holes inside stay. */
final class MaskRim {

  private MaskRim() {}

  /** The largest piece of what is left of {@code mask}, holes filled. */
  static Mask trim(Mask mask, float[] quality, float[] sd, double minimumQuality) {
    Grid grid = mask.grid();
    boolean[] kept = mask.data().clone();
    boolean[] doubtful = new boolean[kept.length];
    for (int i = 0; i < kept.length; i++) {
      doubtful[i] = kept[i] && (quality[i] < minimumQuality || !(sd[i] < Float.POSITIVE_INFINITY));
    }
    int[] queue = new int[kept.length];
    int end = 0;
    for (int i = 0; i < kept.length; i++) {
      if (doubtful[i] && touchesOutside(grid, kept, i)) {
        queue[end++] = i;
      }
    }
    for (int k = 0; k < end; k++) {
      kept[queue[k]] = false;
    }
    for (int k = 0; k < end; k++) {
      int i = queue[k];
      for (int side = 0; side < 6; side++) {
        int j = neighbour(grid, i, side);
        if (j >= 0 && kept[j] && doubtful[j]) {
          kept[j] = false;
          queue[end++] = j;
        }
      }
    }
    Mask largest = Morphology.largestComponent(new Mask(grid, kept));
    return Morphology.fillHoles(largest).and(mask);
  }

  private static boolean touchesOutside(Grid grid, boolean[] kept, int i) {
    for (int side = 0; side < 6; side++) {
      int j = neighbour(grid, i, side);
      if (j < 0 || !kept[j]) {
        return true;
      }
    }
    return false;
  }

  /** Index of one of the six neighbours, or -1 beyond the grid. */
  private static int neighbour(Grid grid, int i, int side) {
    int x = i % grid.nx();
    int y = i / grid.nx() % grid.ny();
    int z = i / (grid.nx() * grid.ny());
    int step = side % 2 == 0 ? -1 : 1;
    int nx = x + (side / 2 == 0 ? step : 0);
    int ny = y + (side / 2 == 1 ? step : 0);
    int nz = z + (side / 2 == 2 ? step : 0);
    return grid.contains(nx, ny, nz) ? grid.index(nx, ny, nz) : -1;
  }
}
