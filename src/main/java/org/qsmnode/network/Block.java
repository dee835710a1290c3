package org.qsmnode.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A part of a volume and the surroundings it needs. All arrays are x, y, z in voxels.
 *
 * @param from first voxel of the part
 * @param size extents of the part
 * @param outerFrom first voxel of part and surroundings
 * @param outerSize extents of part and surroundings
 */
record Block(int[] from, int[] size, int[] outerFrom, int[] outerSize) {

  /** The least extents that hold {@code dims} and are multiples of {@code multiple}. */
  static int[] padded(int[] dims, int multiple) {
    return Arrays.stream(dims).map(n -> (n + multiple - 1) / multiple * multiple).toArray();
  }

  static long voxels(int[] dims) {
    return (long) dims[0] * dims[1] * dims[2];
  }

  /**
   * Parts that cover {@code dims} exactly, cut across the longest axes until each with {@code halo}
   * voxels on every side (less at the border of the volume) has no more than {@code maxVoxels}, or
   * cannot be cut further. Every border is a multiple of {@code multiple}.
   */
  static List<Block> cover(int[] dims, int multiple, int halo, long maxVoxels) {
    int[] pieces = {1, 1, 1};
    while (largest(dims, pieces, multiple, halo) > maxVoxels) {
      int axis = longest(dims, pieces, multiple);
      if (axis < 0) {
        break;
      }
      pieces[axis]++;
    }
    List<Block> blocks = new ArrayList<>();
    for (int z = 0; z < dims[2]; z += extent(dims, pieces, multiple, 2)) {
      for (int y = 0; y < dims[1]; y += extent(dims, pieces, multiple, 1)) {
        for (int x = 0; x < dims[0]; x += extent(dims, pieces, multiple, 0)) {
          blocks.add(at(new int[] {x, y, z}, dims, pieces, multiple, halo));
        }
      }
    }
    return blocks;
  }

  private static Block at(int[] from, int[] dims, int[] pieces, int multiple, int halo) {
    int[] size = new int[3];
    int[] outerFrom = new int[3];
    int[] outerSize = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      size[axis] = Math.min(extent(dims, pieces, multiple, axis), dims[axis] - from[axis]);
      outerFrom[axis] = Math.max(0, from[axis] - halo);
      outerSize[axis] = Math.min(dims[axis], from[axis] + size[axis] + halo) - outerFrom[axis];
    }
    return new Block(from, size, outerFrom, outerSize);
  }

  private static int extent(int[] dims, int[] pieces, int multiple, int axis) {
    int units = (dims[axis] + multiple - 1) / multiple;
    return (units + pieces[axis] - 1) / pieces[axis] * multiple;
  }

  private static long largest(int[] dims, int[] pieces, int multiple, int halo) {
    long voxels = 1;
    for (int axis = 0; axis < 3; axis++) {
      int extent = extent(dims, pieces, multiple, axis);
      int sides = Math.min(2, pieces[axis] - 1);
      voxels *= Math.min(dims[axis], extent + sides * halo);
    }
    return voxels;
  }

  private static int longest(int[] dims, int[] pieces, int multiple) {
    int axis = -1;
    for (int a = 0; a < 3; a++) {
      int extent = extent(dims, pieces, multiple, a);
      if (extent > multiple && (axis < 0 || extent > extent(dims, pieces, multiple, axis))) {
        axis = a;
      }
    }
    return axis;
  }

  /** Part and surroundings of a volume of extents {@code dims}; zero where it ends before. */
  float[] cut(float[] volume, int[] dims) {
    float[] out = new float[(int) voxels(outerSize)];
    int width = Math.min(outerSize[0], dims[0] - outerFrom[0]);
    for (int z = 0; z < Math.min(outerSize[2], dims[2] - outerFrom[2]); z++) {
      for (int y = 0; y < Math.min(outerSize[1], dims[1] - outerFrom[1]); y++) {
        if (width > 0) {
          System.arraycopy(
              volume,
              outerFrom[0] + dims[0] * (outerFrom[1] + y + dims[1] * (outerFrom[2] + z)),
              out,
              outerSize[0] * (y + outerSize[1] * z),
              width);
        }
      }
    }
    return out;
  }

  float[][] cut(float[][] volumes, int[] dims) {
    return Arrays.stream(volumes).map(volume -> cut(volume, dims)).toArray(float[][]::new);
  }

  /** Copies the part, without surroundings, out of {@code outer} into a volume. */
  void paste(float[] outer, float[] volume, int[] dims) {
    int width = Math.min(size[0], dims[0] - from[0]);
    for (int z = from[2]; z < Math.min(from[2] + size[2], dims[2]); z++) {
      for (int y = from[1]; y < Math.min(from[1] + size[1], dims[1]); y++) {
        if (width > 0) {
          System.arraycopy(
              outer,
              from[0]
                  - outerFrom[0]
                  + outerSize[0] * (y - outerFrom[1] + outerSize[1] * (z - outerFrom[2])),
              volume,
              from[0] + dims[0] * (y + dims[1] * z),
              width);
        }
      }
    }
  }

  void paste(float[][] outer, float[][] volumes, int[] dims) {
    for (int c = 0; c < volumes.length; c++) {
      paste(outer[c], volumes[c], dims);
    }
  }
}
