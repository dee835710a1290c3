package org.qsmnode.simulate.dicom;

import java.util.ArrayList;
import java.util.List;
import org.qsmnode.simulate.head.SampleGrid;
import org.qsmnode.simulate.signal.ComplexImages;
import org.qsmnode.volume.Grid;

/** The high-pass filter of phase images made for susceptibility weighting. */
final class PhaseFilter {

  private PhaseFilter() {}

  /**
   * Divides the signal by the phase of its in-plane moving average over an eighth of the matrix.
   */
  static ComplexImages highPass(ComplexImages images) {
    Grid grid = images.grid();
    List<float[]> real = new ArrayList<>();
    List<float[]> imaginary = new ArrayList<>();
    for (int e = 0; e < images.protocol().echoes(); e++) {
      float[] a = images.real().get(e);
      float[] b = images.imaginary().get(e);
      float[] low = blur(grid, a);
      float[] lowImaginary = blur(grid, b);
      float[] re = new float[a.length];
      float[] im = new float[a.length];
      for (int i = 0; i < a.length; i++) {
        double norm = StrictMath.hypot(low[i], lowImaginary[i]);
        double cos = norm == 0 ? 1 : low[i] / norm;
        double sin = norm == 0 ? 0 : lowImaginary[i] / norm;
        re[i] = (float) (a[i] * cos + b[i] * sin);
        im[i] = (float) (b[i] * cos - a[i] * sin);
      }
      real.add(re);
      imaginary.add(im);
    }
    return new ComplexImages(grid, images.protocol(), real, imaginary);
  }

  private static float[] blur(Grid grid, float[] in) {
    int rx = Math.max(1, grid.nx() / 16);
    int ry = Math.max(1, grid.ny() / 16);
    float[] along = new float[in.length];
    float[] out = new float[in.length];
    SampleGrid.forEachVoxel(
        grid,
        (x, y, z) -> {
          double sum = 0;
          for (int d = -rx; d <= rx; d++) {
            sum += in[grid.index(Math.floorMod(x + d, grid.nx()), y, z)];
          }
          along[grid.index(x, y, z)] = (float) sum;
        });
    SampleGrid.forEachVoxel(
        grid,
        (x, y, z) -> {
          double sum = 0;
          for (int d = -ry; d <= ry; d++) {
            sum += along[grid.index(x, Math.floorMod(y + d, grid.ny()), z)];
          }
          out[grid.index(x, y, z)] = (float) sum;
        });
    return out;
  }
}
