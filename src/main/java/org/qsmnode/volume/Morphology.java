package org.qsmnode.volume;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Shape operations on masks; what lies outside the grid counts as outside the mask. */
public final class Morphology {

  private static final double ROUNDING = 1e-4;

  private Morphology() {}

  /** The voxels farther than {@code radiusMm} from everything outside the mask. */
  public static Mask erode(Mask mask, double radiusMm) {
    return eroded(mask, mask.grid().voxelMm(), radiusMm);
  }

  /** As {@link #erode}, the radius counted in voxels along every axis. */
  public static Mask erodeVoxels(Mask mask, double radiusVoxels) {
    return eroded(mask, new double[] {1, 1, 1}, radiusVoxels);
  }

  /** The voxels within {@code radiusMm} of the mask, on the mask's grid. */
  public static Mask dilate(Mask mask, double radiusMm) {
    return dilated(mask, mask.grid().voxelMm(), radiusMm);
  }

  /** As {@link #dilate}, the radius counted in voxels along every axis. */
  public static Mask dilateVoxels(Mask mask, double radiusVoxels) {
    return dilated(mask, new double[] {1, 1, 1}, radiusVoxels);
  }

  /** Distance in mm of each voxel of the mask to what lies outside, 0 outside the mask. */
  public static Volume depthMm(Mask mask) {
    float[] depth = squaredDepth(mask, mask.grid().voxelMm());
    for (int i = 0; i < depth.length; i++) {
      depth[i] = (float) Math.sqrt(depth[i]);
    }
    return new Volume(mask.grid(), depth);
  }

  private static Mask eroded(Mask mask, double[] spacing, double radius) {
    requireRadius(radius);
    float[] squared = squaredDepth(mask, spacing);
    double limit = radius * radius * (1 + ROUNDING);
    boolean[] kept = new boolean[squared.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = squared[i] > limit;
    }
    return new Mask(mask.grid(), kept);
  }

  /** Squared distance to the nearest voxel outside the mask, beyond the grid included. */
  private static float[] squaredDepth(Mask mask, double[] spacing) {
    Grid grid = mask.grid();
    boolean[] outside = new boolean[grid.size()];
    for (int i = 0; i < outside.length; i++) {
      outside[i] = !mask.data()[i];
    }
    float[] squared = DistanceMap.squared(grid, outside, spacing);
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      double toEdgeZ = spacing[2] * (1 + Math.min(z, grid.nz() - 1 - z));
      for (int y = 0; y < grid.ny(); y++) {
        double toEdgeY = spacing[1] * (1 + Math.min(y, grid.ny() - 1 - y));
        for (int x = 0; x < grid.nx(); x++, i++) {
          double toEdgeX = spacing[0] * (1 + Math.min(x, grid.nx() - 1 - x));
          double toEdge = Math.min(toEdgeX, Math.min(toEdgeY, toEdgeZ));
          squared[i] = (float) Math.min(squared[i], toEdge * toEdge);
        }
      }
    }
    return squared;
  }

  private static Mask dilated(Mask mask, double[] spacing, double radius) {
    requireRadius(radius);
    float[] squared = DistanceMap.squared(mask.grid(), mask.data(), spacing);
    double limit = radius * radius * (1 + ROUNDING);
    boolean[] reached = new boolean[squared.length];
    for (int i = 0; i < reached.length; i++) {
      reached[i] = squared[i] <= limit;
    }
    return new Mask(mask.grid(), reached);
  }

  private static void requireRadius(double radius) {
    if (!(radius >= 0)) {
      throw new IllegalArgumentException("radius must not be negative");
    }
  }

  /**
   * The largest set of voxels connected through faces; of equal ones the one met first in index
   * order.
   */
  public static Mask largestComponent(Mask mask) {
    List<Mask> largest = components(mask, 1, 1);
    return largest.isEmpty() ? mask : largest.get(0);
  }

  /**
   * Sets of voxels connected through faces, the largest first; of equal ones the one met first in
   * index order.
   *
   * @param least voxels of the smallest set that counts
   * @param most number of sets
   */
  public static List<Mask> components(Mask mask, int least, int most) {
    record Found(int start, int count) {}
    Flood flood = new Flood(mask.grid());
    boolean[] unseen = mask.data().clone();
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < unseen.length; i++) {
      if (unseen[i]) {
        int count = flood.take(unseen, i);
        if (count >= least) {
          found.add(new Found(i, count));
        }
      }
    }
    found.sort(Comparator.comparingInt(Found::count).reversed());
    return found.stream().limit(most).map(one -> flood.component(mask, one.start())).toList();
  }

  /** The mask with everything it encloses: outside voxels with no path over faces to the edge. */
  public static Mask fillHoles(Mask mask) {
    Grid grid = mask.grid();
    Flood flood = new Flood(grid);
    boolean[] holes = new boolean[grid.size()];
    for (int i = 0; i < holes.length; i++) {
      holes[i] = !mask.data()[i];
    }
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++, i++) {
          boolean edge =
              x == 0
                  || y == 0
                  || z == 0
                  || x == grid.nx() - 1
                  || y == grid.ny() - 1
                  || z == grid.nz() - 1;
          if (edge && holes[i]) {
            flood.take(holes, i);
          }
        }
      }
    }
    boolean[] filled = new boolean[holes.length];
    for (int i = 0; i < filled.length; i++) {
      filled[i] = mask.data()[i] || holes[i];
    }
    return new Mask(grid, filled);
  }

  /** Removes the connected set that holds a voxel, over faces. */
  private static final class Flood {
    private final Grid grid;
    private int[] stack = new int[1024];

    Flood(Grid grid) {
      this.grid = grid;
    }

    /** The connected set of a mask that holds a voxel. */
    Mask component(Mask mask, int start) {
      boolean[] rest = mask.data().clone();
      take(rest, start);
      boolean[] component = new boolean[rest.length];
      for (int i = 0; i < rest.length; i++) {
        component[i] = mask.data()[i] && !rest[i];
      }
      return new Mask(grid, component);
    }

    int take(boolean[] set, int start) {
      int nx = grid.nx();
      int plane = nx * grid.ny();
      int count = 0;
      int depth = 0;
      set[start] = false;
      stack[depth++] = start;
      while (depth > 0) {
        int i = stack[--depth];
        count++;
        int x = i % nx;
        int y = i / nx % grid.ny();
        int z = i / plane;
        if (depth + 6 > stack.length) {
          stack = Arrays.copyOf(stack, 2 * stack.length);
        }
        depth = push(set, x > 0, i - 1, depth);
        depth = push(set, x < nx - 1, i + 1, depth);
        depth = push(set, y > 0, i - nx, depth);
        depth = push(set, y < grid.ny() - 1, i + nx, depth);
        depth = push(set, z > 0, i - plane, depth);
        depth = push(set, z < grid.nz() - 1, i + plane, depth);
      }
      return count;
    }

    private int push(boolean[] set, boolean inGrid, int i, int depth) {
      if (inGrid && set[i]) {
        set[i] = false;
        stack[depth] = i;
        return depth + 1;
      }
      return depth;
    }
  }
}
