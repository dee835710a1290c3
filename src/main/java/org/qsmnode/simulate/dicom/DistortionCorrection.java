package org.qsmnode.simulate.dicom;

import java.util.ArrayList;
import java.util.List;
import org.qsmnode.simulate.head.SampleGrid;
import org.qsmnode.simulate.signal.ComplexImages;
import org.qsmnode.volume.Grid;

/**
 * The in-plane correction of gradient distortion that some scanners apply to finished images.
 * Magnitude and phase are moved apart, each by linear interpolation of its numbers, also where
 * phase wraps.
 */
final class DistortionCorrection {

  /** Shift at 100 mm from the isocentre; it grows with the cube of the distance. */
  private static final double SHIFT_MM = 3;

  private static final double REFERENCE_MM = 100;

  private DistortionCorrection() {}

  static ComplexImages apply(ComplexImages images) {
    Grid grid = images.grid();
    List<float[]> real = new ArrayList<>();
    List<float[]> imaginary = new ArrayList<>();
    for (int e = 0; e < images.protocol().echoes(); e++) {
      float[] magnitude = new float[grid.size()];
      float[] phase = new float[grid.size()];
      for (int i = 0; i < grid.size(); i++) {
        magnitude[i] = (float) images.magnitude(e, i);
        phase[i] = (float) images.phase(e, i);
      }
      float[] re = new float[grid.size()];
      float[] im = new float[grid.size()];
      SampleGrid.forEachVoxel(
          grid,
          (x, y, z) -> {
            double m = moved(grid, magnitude, x, y, z);
            double p = moved(grid, phase, x, y, z);
            re[grid.index(x, y, z)] = (float) (m * StrictMath.cos(p));
            im[grid.index(x, y, z)] = (float) (m * StrictMath.sin(p));
          });
      real.add(re);
      imaginary.add(im);
    }
    return new ComplexImages(grid, images.protocol(), real, imaginary);
  }

  private static double moved(Grid grid, float[] values, int x, int y, int z) {
    double cx = (grid.nx() - 1) / 2.0;
    double cy = (grid.ny() - 1) / 2.0;
    double rx = (x - cx) * grid.dxMm() / REFERENCE_MM;
    double ry = (y - cy) * grid.dyMm() / REFERENCE_MM;
    double stretch = SHIFT_MM * (rx * rx + ry * ry);
    double sx = inside(x + stretch * rx / grid.dxMm(), grid.nx());
    double sy = inside(y + stretch * ry / grid.dyMm(), grid.ny());
    int x0 = Math.min((int) sx, grid.nx() - 2);
    int y0 = Math.min((int) sy, grid.ny() - 2);
    double fx = sx - x0;
    double fy = sy - y0;
    int i = grid.index(x0, y0, z);
    double near = values[i] + fx * (values[i + 1] - values[i]);
    int j = i + grid.nx();
    double far = values[j] + fx * (values[j + 1] - values[j]);
    return near + fy * (far - near);
  }

  private static double inside(double position, int size) {
    return Math.max(0, Math.min(size - 1.0, position));
  }
}
