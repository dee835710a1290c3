package org.qsmnode.volume;

/**
 * One scalar image; the unit is that of the variable that holds it.
 *
 * <p>The array is the volume's own storage and is shared, not copied.
 */
public record Volume(Grid grid, float[] data) {

  public Volume {
    if (data.length != grid.size()) {
      throw new IllegalArgumentException(
          "data has " + data.length + " voxels, grid has " + grid.size());
    }
  }

  /** A volume of zeros. */
  public static Volume zeros(Grid grid) {
    return new Volume(grid, new float[grid.size()]);
  }

  public float at(int x, int y, int z) {
    return data[grid.index(x, y, z)];
  }

  public Volume copy() {
    return new Volume(grid, data.clone());
  }
}
