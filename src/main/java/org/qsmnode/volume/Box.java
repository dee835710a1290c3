package org.qsmnode.volume;

/** A block of voxels of a larger grid, for working on the part that matters. */
public record Box(Grid whole, int x, int y, int z, int nx, int ny, int nz) {

  public Box {
    if (x < 0 || y < 0 || z < 0 || nx < 1 || ny < 1 || nz < 1) {
      throw new IllegalArgumentException("box is empty or starts before the grid");
    }
    if (x + nx > whole.nx() || y + ny > whole.ny() || z + nz > whole.nz()) {
      throw new IllegalArgumentException("box ends behind the grid");
    }
  }

  /** The smallest box that holds {@code mask} with {@code margin} voxels around it, in the grid. */
  public static Box around(Mask mask, int margin) {
    Grid grid = mask.grid();
    int[] lo = grid.dims();
    int[] hi = {-1, -1, -1};
    for (int k = 0, i = 0; k < grid.nz(); k++) {
      for (int j = 0; j < grid.ny(); j++) {
        for (int m = 0; m < grid.nx(); m++, i++) {
          if (mask.data()[i]) {
            lo = new int[] {Math.min(lo[0], m), Math.min(lo[1], j), Math.min(lo[2], k)};
            hi = new int[] {Math.max(hi[0], m), Math.max(hi[1], j), Math.max(hi[2], k)};
          }
        }
      }
    }
    if (hi[0] < 0) {
      throw new IllegalArgumentException("mask is empty");
    }
    int[] n = grid.dims();
    for (int a = 0; a < 3; a++) {
      lo[a] = Math.max(0, lo[a] - margin);
      hi[a] = Math.min(n[a] - 1, hi[a] + margin);
    }
    return new Box(
        grid, lo[0], lo[1], lo[2], hi[0] - lo[0] + 1, hi[1] - lo[1] + 1, hi[2] - lo[2] + 1);
  }

  /** Grid of the box, in its true place. */
  public Grid grid() {
    Orientation o = whole.orientation();
    Orientation moved = new Orientation(whole.positionMm(x, y, z), o.xAxis(), o.yAxis(), o.zAxis());
    return new Grid(nx, ny, nz, whole.dxMm(), whole.dyMm(), whole.dzMm(), moved);
  }

  public Volume crop(Volume volume) {
    whole.requireSameDims(volume.grid(), "volume");
    Volume part = Volume.zeros(grid());
    for (int k = 0; k < nz; k++) {
      for (int j = 0; j < ny; j++) {
        System.arraycopy(volume.data(), from(j, k), part.data(), to(j, k), nx);
      }
    }
    return part;
  }

  public Mask crop(Mask mask) {
    whole.requireSameDims(mask.grid(), "mask");
    boolean[] part = new boolean[nx * ny * nz];
    for (int k = 0; k < nz; k++) {
      for (int j = 0; j < ny; j++) {
        System.arraycopy(mask.data(), from(j, k), part, to(j, k), nx);
      }
    }
    return new Mask(grid(), part);
  }

  /** The whole grid with {@code part} in its place and 0 around it. */
  public Volume embed(Volume part) {
    grid().requireSameDims(part.grid(), "part");
    Volume volume = Volume.zeros(whole);
    for (int k = 0; k < nz; k++) {
      for (int j = 0; j < ny; j++) {
        System.arraycopy(part.data(), to(j, k), volume.data(), from(j, k), nx);
      }
    }
    return volume;
  }

  /** The whole grid with {@code part} in its place and nothing around it. */
  public Mask embed(Mask part) {
    grid().requireSameDims(part.grid(), "part");
    boolean[] whole = new boolean[this.whole.size()];
    for (int k = 0; k < nz; k++) {
      for (int j = 0; j < ny; j++) {
        System.arraycopy(part.data(), to(j, k), whole, from(j, k), nx);
      }
    }
    return new Mask(this.whole, whole);
  }

  private int from(int j, int k) {
    return whole.index(x, y + j, z + k);
  }

  private int to(int j, int k) {
    return nx * (j + ny * k);
  }
}
