package org.qsmnode.volume;

import java.util.Arrays;

/** A set of voxels. The array is the mask's own storage and is shared, not copied. */
public record Mask(Grid grid, boolean[] data) {

  public Mask {
    if (data.length != grid.size()) {
      throw new IllegalArgumentException(
          "data has " + data.length + " voxels, grid has " + grid.size());
    }
  }

  /** A mask of all voxels. */
  public static Mask full(Grid grid) {
    boolean[] data = new boolean[grid.size()];
    Arrays.fill(data, true);
    return new Mask(grid, data);
  }

  /** The voxels of {@code volume} that differ from zero. */
  public static Mask nonZero(Volume volume) {
    boolean[] data = new boolean[volume.data().length];
    for (int i = 0; i < data.length; i++) {
      data[i] = volume.data()[i] != 0;
    }
    return new Mask(volume.grid(), data);
  }

  public boolean at(int x, int y, int z) {
    return data[grid.index(x, y, z)];
  }

  /** Number of voxels in the mask. */
  public int count() {
    int count = 0;
    for (boolean inside : data) {
      if (inside) {
        count++;
      }
    }
    return count;
  }

  public Mask and(Mask other) {
    grid.requireSameDims(other.grid, "other");
    boolean[] both = new boolean[data.length];
    for (int i = 0; i < both.length; i++) {
      both[i] = data[i] && other.data[i];
    }
    return new Mask(grid, both);
  }

  /** 1 inside, 0 outside. */
  public Volume toVolume() {
    float[] values = new float[data.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = data[i] ? 1 : 0;
    }
    return new Volume(grid, values);
  }
}
