package org.qsmnode.field.data;

import org.qsmnode.volume.Grid;

/**
 * Running means along the three axes; three passes come close to a Gaussian. Values outside the
 * grid count as zero, so a normalised mean is the blur of (value x weight) over the blur of weight.
 */
public final class BoxBlur {

  private final Grid grid;
  private final int[] halfWidth;
  private final int passes;

  private BoxBlur(Grid grid, int[] halfWidth, int passes) {
    this.grid = grid;
    this.halfWidth = halfWidth;
    this.passes = passes;
  }

  /** Three passes with the variance of a Gaussian of {@code sigmaMm}, whatever the voxel shape. */
  public static BoxBlur gaussian(Grid grid, double sigmaMm) {
    int[] half = new int[3];
    for (int a = 0; a < 3; a++) {
      double variance = Math.pow(sigmaMm / grid.voxelMm()[a], 2) / 3;
      half[a] = (int) Math.round((Math.sqrt(12 * variance + 1) - 1) / 2);
    }
    return new BoxBlur(grid, half, 3);
  }

  /** One plain mean over a box that reaches {@code halfWidth} voxels to each side. */
  public static BoxBlur box(Grid grid, int halfWidth) {
    return new BoxBlur(grid, new int[] {halfWidth, halfWidth, halfWidth}, 1);
  }

  /** Blurs {@code data} in place. */
  public void apply(float[] data) {
    int nx = grid.nx();
    int ny = grid.ny();
    int nz = grid.nz();
    for (int p = 0; p < passes; p++) {
      if (halfWidth[0] > 0) {
        Slices.each(nz, z -> lines(data, nx * ny * z, ny, nx, nx, 1, halfWidth[0]));
      }
      if (halfWidth[1] > 0) {
        Slices.each(nz, z -> lines(data, nx * ny * z, nx, 1, ny, nx, halfWidth[1]));
      }
      if (halfWidth[2] > 0) {
        Slices.each(ny, y -> lines(data, nx * y, nx, 1, nz, nx * ny, halfWidth[2]));
      }
    }
  }

  private static void lines(
      float[] data, int start, int lines, int lineStep, int length, int step, int half) {
    double[] in = new double[length];
    double scale = 1.0 / (2 * half + 1);
    for (int line = 0; line < lines; line++) {
      int base = start + line * lineStep;
      for (int i = 0; i < length; i++) {
        in[i] = data[base + i * step];
      }
      double sum = 0;
      for (int i = 0; i < Math.min(half, length); i++) {
        sum += in[i];
      }
      for (int i = 0; i < length; i++) {
        if (i + half < length) {
          sum += in[i + half];
        }
        if (i - half - 1 >= 0) {
          sum -= in[i - half - 1];
        }
        data[base + i * step] = (float) (sum * scale);
      }
    }
  }
}
