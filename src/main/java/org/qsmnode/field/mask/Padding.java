package org.qsmnode.field.mask;

import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/** A grid with a rim all round, for masks that go on where the image ends. */
record Padding(Grid grid, Grid wide, int[] rim) {

  static Padding of(Grid grid, double rimMm) {
    int[] rim = new int[3];
    for (int a = 0; a < 3; a++) {
      rim[a] = (int) Math.ceil(rimMm / grid.voxelMm()[a]);
    }
    Grid wide =
        new Grid(
            grid.nx() + 2 * rim[0],
            grid.ny() + 2 * rim[1],
            grid.nz() + 2 * rim[2],
            grid.dxMm(),
            grid.dyMm(),
            grid.dzMm(),
            grid.orientation());
    return new Padding(grid, wide, rim);
  }

  /** The mask on the wide grid, its outermost voxels repeated in the rim. */
  Mask continued(Mask mask) {
    boolean[] data = new boolean[wide.size()];
    for (int z = 0, i = 0; z < wide.nz(); z++) {
      for (int y = 0; y < wide.ny(); y++) {
        for (int x = 0; x < wide.nx(); x++, i++) {
          data[i] =
              mask.at(
                  inside(x - rim[0], grid.nx()),
                  inside(y - rim[1], grid.ny()),
                  inside(z - rim[2], grid.nz()));
        }
      }
    }
    return new Mask(wide, data);
  }

  private static int inside(int position, int count) {
    return Math.max(0, Math.min(count - 1, position));
  }

  Mask cropped(Mask mask) {
    boolean[] data = new boolean[grid.size()];
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++, i++) {
          data[i] = mask.at(x + rim[0], y + rim[1], z + rim[2]);
        }
      }
    }
    return new Mask(grid, data);
  }
}
