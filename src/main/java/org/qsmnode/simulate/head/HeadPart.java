package org.qsmnode.simulate.head;

import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;

/** A lump of brain that fills most of a grid, as if the rest of the head were not there. */
public final class HeadPart {

  private static final double BULGE_MM = 12;

  private HeadPart() {}

  /** The brain inside a bulged ellipsoid around the middle of the grid. */
  public static boolean[] cut(Head head, long seed) {
    Grid grid = head.grid();
    SeededRandom random = new SeededRandom(seed).stream(5);
    SmoothNoise bulges = new SmoothNoise(seed, BULGE_MM);
    double[] half = {
      grid.nx() * random.uniform(0.38, 0.48),
      grid.ny() * random.uniform(0.38, 0.48),
      grid.nz() * random.uniform(0.38, 0.48)
    };
    boolean[] kept = new boolean[grid.size()];
    SampleGrid.forEachVoxel(
        grid,
        (x, y, z) -> {
          double u = (x - grid.nx() / 2.0) / half[0];
          double v = (y - grid.ny() / 2.0) / half[1];
          double w = (z - grid.nz() / 2.0) / half[2];
          double bulge = bulges.at(x * grid.dxMm(), y * grid.dyMm(), z * grid.dzMm());
          int i = grid.index(x, y, z);
          kept[i] = head.brain()[i] && u * u + v * v + w * w < 1 + 0.12 * bulge;
        });
    return kept;
  }
}
