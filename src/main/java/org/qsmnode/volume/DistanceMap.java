package org.qsmnode.volume;

import java.util.Arrays;

/**
 * Exact Euclidean distance between voxel centres, for anisotropic voxels, by lower envelopes of
 * parabolas along each axis (Felzenszwalb and Huttenlocher 2012, doi:10.4086/toc.2012.v008a019).
 */
final class DistanceMap {

  private static final float FAR = Float.POSITIVE_INFINITY;

  private DistanceMap() {}

  /**
   * Squared distance of every voxel to the nearest voxel of {@code set}; infinite when the set is
   * empty.
   *
   * @param spacing distance between neighbours along x, y, z
   */
  static float[] squared(Grid grid, boolean[] set, double[] spacing) {
    float[] distance = new float[set.length];
    for (int i = 0; i < set.length; i++) {
      distance[i] = set[i] ? 0 : FAR;
    }
    int nx = grid.nx();
    int ny = grid.ny();
    int nz = grid.nz();
    Line x = new Line(nx, spacing[0]);
    Line y = new Line(ny, spacing[1]);
    Line z = new Line(nz, spacing[2]);
    for (int k = 0; k < nz; k++) {
      for (int j = 0; j < ny; j++) {
        x.transform(distance, grid.index(0, j, k), 1);
      }
      for (int i = 0; i < nx; i++) {
        y.transform(distance, grid.index(i, 0, k), nx);
      }
    }
    for (int j = 0; j < ny; j++) {
      for (int i = 0; i < nx; i++) {
        z.transform(distance, grid.index(i, j, 0), nx * ny);
      }
    }
    return distance;
  }

  private static final class Line {
    private final int n;
    private final double squaredSpacing;
    private final double[] value;
    private final int[] apex;
    private final double[] from;

    Line(int n, double spacing) {
      this.n = n;
      this.squaredSpacing = spacing * spacing;
      this.value = new double[n];
      this.apex = new int[n];
      this.from = new double[n + 1];
    }

    void transform(float[] data, int start, int stride) {
      boolean any = false;
      for (int i = 0; i < n; i++) {
        value[i] = data[start + i * stride];
        any |= value[i] != FAR;
      }
      if (!any) {
        return;
      }
      Arrays.fill(from, Double.POSITIVE_INFINITY);
      int last = -1;
      for (int i = 0; i < n; i++) {
        if (value[i] == FAR) {
          continue;
        }
        double crossing = Double.NEGATIVE_INFINITY;
        while (last >= 0) {
          crossing = crossing(apex[last], i);
          if (crossing > from[last]) {
            break;
          }
          last--;
        }
        last++;
        apex[last] = i;
        from[last] = last == 0 ? Double.NEGATIVE_INFINITY : crossing;
        from[last + 1] = Double.POSITIVE_INFINITY;
      }
      int parabola = 0;
      for (int i = 0; i < n; i++) {
        while (from[parabola + 1] < i) {
          parabola++;
        }
        double steps = i - apex[parabola];
        data[start + i * stride] = (float) (squaredSpacing * steps * steps + value[apex[parabola]]);
      }
    }

    private double crossing(int p, int q) {
      return 0.5 * (p + q + (value[q] - value[p]) / (squaredSpacing * (q - p)));
    }
  }
}
