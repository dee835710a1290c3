package org.qsmnode.volume;

import java.util.Arrays;
import java.util.Optional;

/**
 * Takes data between two grids of the same voxels in the patient whose axes run in another order or
 * the other way.
 */
public final class Reorientation {

  /** Distance in voxels by which a corner may be off; affines are stored with float accuracy. */
  private static final double SAME_PLACE = 0.1;

  private final Grid from;
  private final Grid to;
  private final int start;
  private final int[] step;

  private Reorientation(Grid from, Grid to, int start, int[] step) {
    this.from = from;
    this.to = to;
    this.start = start;
    this.step = step;
  }

  /** Empty unless both grids hold the same voxels, to a tenth of the smallest edge. */
  public static Optional<Reorientation> between(Grid from, Grid to) {
    int[] origin = from.nearestVoxel(to.positionMm(0, 0, 0));
    int[] step = new int[3];
    boolean[] used = new boolean[3];
    for (int a = 0; a < 3; a++) {
      int n = to.dims()[a];
      int[] end =
          from.nearestVoxel(
              to.positionMm(a == 0 ? n - 1 : 0, a == 1 ? n - 1 : 0, a == 2 ? n - 1 : 0));
      for (int b = 0; b < 3; b++) {
        int moved = end[b] - origin[b];
        if (moved != 0) {
          if (used[b] || Math.abs(moved) != n - 1) {
            return Optional.empty();
          }
          used[b] = true;
          step[a] = Integer.signum(moved) * stride(from, b);
        }
      }
    }
    if (!sameVoxels(from, to, origin)) {
      return Optional.empty();
    }
    return Optional.of(
        new Reorientation(from, to, from.index(origin[0], origin[1], origin[2]), step));
  }

  private static int stride(Grid grid, int axis) {
    return axis == 0 ? 1 : axis == 1 ? grid.nx() : grid.nx() * grid.ny();
  }

  private static boolean sameVoxels(Grid from, Grid to, int[] origin) {
    int[] sortedFrom = from.dims();
    int[] sortedTo = to.dims();
    Arrays.sort(sortedFrom);
    Arrays.sort(sortedTo);
    if (!Arrays.equals(sortedFrom, sortedTo) || !from.contains(origin[0], origin[1], origin[2])) {
      return false;
    }
    double smallest = Math.min(to.dxMm(), Math.min(to.dyMm(), to.dzMm()));
    for (int corner = 0; corner < 8; corner++) {
      Vector3 at =
          to.positionMm(
              (corner & 1) * (to.nx() - 1),
              (corner >> 1 & 1) * (to.ny() - 1),
              (corner >> 2) * (to.nz() - 1));
      int[] voxel = from.nearestVoxel(at);
      if (!from.contains(voxel[0], voxel[1], voxel[2])
          || from.positionMm(voxel[0], voxel[1], voxel[2]).minus(at).norm()
              > SAME_PLACE * smallest) {
        return false;
      }
    }
    return true;
  }

  /** The values of a volume on the first grid, on the second. */
  public Volume apply(Volume volume) {
    from.requireSameDims(volume.grid(), "volume");
    float[] values = new float[to.size()];
    for (int z = 0, i = 0; z < to.nz(); z++) {
      for (int y = 0; y < to.ny(); y++) {
        for (int x = 0; x < to.nx(); x++, i++) {
          values[i] = volume.data()[start + x * step[0] + y * step[1] + z * step[2]];
        }
      }
    }
    return new Volume(to, values);
  }
}
