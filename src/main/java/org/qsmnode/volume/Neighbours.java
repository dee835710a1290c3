package org.qsmnode.volume;

import java.util.function.IntPredicate;

/** The six voxels that share a face with a voxel. */
public final class Neighbours {

  private Neighbours() {}

  /** Index of the neighbour at {@code side} (0 to 5), or -1 beyond the grid. */
  public static int of(Grid grid, int i, int side) {
    int x = i % grid.nx();
    int y = i / grid.nx() % grid.ny();
    int z = i / (grid.nx() * grid.ny());
    int step = side % 2 == 0 ? -1 : 1;
    int nx = x + (side / 2 == 0 ? step : 0);
    int ny = y + (side / 2 == 1 ? step : 0);
    int nz = z + (side / 2 == 2 ? step : 0);
    return grid.contains(nx, ny, nz) ? grid.index(nx, ny, nz) : -1;
  }

  /** Whether a neighbour is beyond the grid or answers to {@code what}. */
  public static boolean touches(Grid grid, int i, IntPredicate what) {
    for (int side = 0; side < 6; side++) {
      int j = of(grid, i, side);
      if (j < 0 || what.test(j)) {
        return true;
      }
    }
    return false;
  }
}
