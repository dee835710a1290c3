package org.qsmnode.field;

import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/** Voxels whose centre lies inside a closed triangle mesh, by counting crossings along z. */
final class MeshFill {

  /** Shift of the rays, in voxels, so that none runs through a vertex. */
  private static final double OFF_X = 1.37e-5;

  private static final double OFF_Y = 2.71e-5;

  private MeshFill() {}

  /** {@code vertices} in millimetres from the centre of voxel (0, 0, 0) along the voxel axes. */
  static Mask fill(Grid grid, double[] vertices, int[] faces) {
    boolean[] flips = new boolean[grid.size() + grid.nx() * grid.ny()];
    double[] p = new double[9];
    for (int f = 0; f < faces.length; f += 3) {
      for (int k = 0; k < 3; k++) {
        p[3 * k] = vertices[3 * faces[f + k]] / grid.dxMm();
        p[3 * k + 1] = vertices[3 * faces[f + k] + 1] / grid.dyMm();
        p[3 * k + 2] = vertices[3 * faces[f + k] + 2] / grid.dzMm();
      }
      cross(grid, p, flips);
    }
    boolean[] inside = new boolean[grid.size()];
    int plane = grid.nx() * grid.ny();
    for (int c = 0; c < plane; c++) {
      boolean in = false;
      for (int z = 0; z < grid.nz(); z++) {
        in ^= flips[c + plane * z];
        inside[c + plane * z] = in;
      }
    }
    return new Mask(grid, inside);
  }

  private static void cross(Grid grid, double[] p, boolean[] flips) {
    int x0 = (int) Math.max(0, Math.floor(Math.min(p[0], Math.min(p[3], p[6]))));
    int x1 = (int) Math.min(grid.nx() - 1, Math.ceil(Math.max(p[0], Math.max(p[3], p[6]))));
    int y0 = (int) Math.max(0, Math.floor(Math.min(p[1], Math.min(p[4], p[7]))));
    int y1 = (int) Math.min(grid.ny() - 1, Math.ceil(Math.max(p[1], Math.max(p[4], p[7]))));
    double area = (p[3] - p[0]) * (p[7] - p[1]) - (p[6] - p[0]) * (p[4] - p[1]);
    if (area == 0) {
      return;
    }
    for (int y = y0; y <= y1; y++) {
      for (int x = x0; x <= x1; x++) {
        double px = x + OFF_X;
        double py = y + OFF_Y;
        double b = ((px - p[0]) * (p[7] - p[1]) - (p[6] - p[0]) * (py - p[1])) / area;
        double c = ((p[3] - p[0]) * (py - p[1]) - (px - p[0]) * (p[4] - p[1])) / area;
        if (b >= 0 && c >= 0 && b + c <= 1) {
          double z = p[2] + b * (p[5] - p[2]) + c * (p[8] - p[2]);
          int first = (int) Math.max(0, Math.min(grid.nz(), Math.ceil(z)));
          int i = x + grid.nx() * (y + grid.ny() * first);
          flips[i] = !flips[i];
        }
      }
    }
  }
}
