package org.qsmnode.volume;

/**
 * Matrix size, voxel size in millimetres and place in the patient; index = x + nx * (y + ny * z).
 */
public record Grid(
    int nx, int ny, int nz, double dxMm, double dyMm, double dzMm, Orientation orientation) {

  public Grid {
    if (nx < 1 || ny < 1 || nz < 1) {
      throw new IllegalArgumentException(
          "matrix size must be positive: " + nx + "x" + ny + "x" + nz);
    }
    if ((long) nx * ny * nz > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("more voxels than one array holds");
    }
    if (!(dxMm > 0 && dyMm > 0 && dzMm > 0)
        || !Double.isFinite(dxMm)
        || !Double.isFinite(dyMm)
        || !Double.isFinite(dzMm)) {
      throw new IllegalArgumentException("voxel size in mm must be positive");
    }
  }

  /** An axial grid of isotropic voxels with its first voxel at the patient origin. */
  public static Grid isotropic(int nx, int ny, int nz, double voxelMm) {
    return new Grid(nx, ny, nz, voxelMm, voxelMm, voxelMm, Orientation.AXIAL);
  }

  /** Number of voxels. */
  public int size() {
    return nx * ny * nz;
  }

  public int index(int x, int y, int z) {
    return x + nx * (y + ny * z);
  }

  public boolean contains(int x, int y, int z) {
    return x >= 0 && x < nx && y >= 0 && y < ny && z >= 0 && z < nz;
  }

  /** LPS position in millimetres of a voxel centre; fractional and outside indices are allowed. */
  public Vector3 positionMm(double x, double y, double z) {
    return orientation
        .originMm()
        .plus(orientation.xAxis().times(x * dxMm))
        .plus(orientation.yAxis().times(y * dyMm))
        .plus(orientation.zAxis().times(z * dzMm));
  }

  /** Indices of the voxel centre nearest to an LPS position in millimetres; may lie outside. */
  public int[] nearestVoxel(Vector3 positionMm) {
    Vector3 d = positionMm.minus(orientation.originMm());
    return new int[] {
      (int) Math.round(d.dot(orientation.xAxis()) / dxMm),
      (int) Math.round(d.dot(orientation.yAxis()) / dyMm),
      (int) Math.round(d.dot(orientation.zAxis()) / dzMm)
    };
  }

  /** Matrix as {nx, ny, nz}. */
  public int[] dims() {
    return new int[] {nx, ny, nz};
  }

  /** Voxel size as {dx, dy, dz} in millimetres. */
  public double[] voxelMm() {
    return new double[] {dxMm, dyMm, dzMm};
  }

  /** Same matrix size. */
  public boolean sameDims(Grid other) {
    return nx == other.nx && ny == other.ny && nz == other.nz;
  }

  /** Fails unless {@code other} has this grid's matrix; {@code name} names the argument. */
  public void requireSameDims(Grid other, String name) {
    if (!sameDims(other)) {
      throw new IllegalArgumentException(
          "%s is %dx%dx%d, expected %dx%dx%d"
              .formatted(name, other.nx, other.ny, other.nz, nx, ny, nz));
    }
  }
}
