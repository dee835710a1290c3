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

  private static final int MAX_PIECES = 8;

  /** The least extents that hold {@code dims} and are multiples of {@code multiple}. */
  static int[] padded(int[] dims, int multiple) {
    return Arrays.stream(dims).map(n -> (n + multiple - 1) / multiple * multiple).toArray();
  }

  static long voxels(int[] dims) {
    return (long) dims[0] * dims[1] * dims[2];
  }

  /**
   * Parts that cover {@code dims} exactly. The regular division with the fewest voxels in total, of
   * those whose parts have at most {@code maxVoxels}. A part has {@code halo} voxels on every side,
   * less at the border of the volume. If no division has parts so small, it is the one with the
   * smallest largest part. Every border is a multiple of {@code multiple}.
   */
  static List<Block> cover(int[] dims, int multiple, int halo, long maxVoxels) {
    List<Block> best = List.of();
    for (int nz = 1; nz <= MAX_PIECES; nz++) {
      for (int ny = 1; ny <= MAX_PIECES; ny++) {
        for (int nx = 1; nx <= MAX_PIECES; nx++) {
          List<Block> division = divide(dims, new int[] {nx, ny, nz}, multiple, halo);
          if (best.isEmpty() || better(division, best, maxVoxels)) {
            best = division;
          }
          if (total(best) == voxels(dims) && largest(best) <= maxVoxels) {
            return best;
          }
        }
      }
    }
    return best;
  }

  private static boolean better(List<Block> a, List<Block> b, long maxVoxels) {
    long largestA = Math.max(largest(a), maxVoxels);
    long largestB = Math.max(largest(b), maxVoxels);
    return largestA < largestB || (largestA == largestB && total(a) < total(b));
  }

  /** Voxels of the largest part with its surroundings. */
  static long largest(List<Block> blocks) {
    return blocks.stream().mapToLong(block -> voxels(block.outerSize)).max().orElse(0);
  }

  private static long total(List<Block> blocks) {
    return blocks.stream().mapToLong(block -> voxels(block.outerSize)).sum();
  }

  private static List<Block> divide(int[] dims, int[] pieces, int multiple, int halo) {
    int[] step = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      int units = (dims[axis] + multiple - 1) / multiple;
      step[axis] = (units + pieces[axis] - 1) / pieces[axis] * multiple;
    }
    List<Block> blocks = new ArrayList<>();
    for (int z = 0; z < dims[2]; z += step[2]) {
      for (int y = 0; y < dims[1]; y += step[1]) {
        for (int x = 0; x < dims[0]; x += step[0]) {
          blocks.add(at(new int[] {x, y, z}, step, dims, halo));
        }
      }
    }
    return blocks;
  }

  private static Block at(int[] from, int[] step, int[] dims, int halo) {
    int[] size = new int[3];
    int[] outerFrom = new int[3];
    int[] outerSize = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      size[axis] = Math.min(step[axis], dims[axis] - from[axis]);
      outerFrom[axis] = Math.max(0, from[axis] - halo);
      outerSize[axis] = Math.min(dims[axis], from[axis] + size[axis] + halo) - outerFrom[axis];
    }
    return new Block(from, size, outerFrom, outerSize);
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
