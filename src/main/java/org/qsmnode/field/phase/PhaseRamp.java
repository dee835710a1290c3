package org.qsmnode.field.phase;

import org.qsmnode.field.data.Slices;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/**
 * The plane nearest to a phase image, wrapped or not. Slopes come from the phase steps between
 * neighbours, added as complex numbers; then follows the level that aligns best.
 *
 * @param level phase at voxel (0, 0, 0), rad
 * @param slope phase gained per voxel along x, y, z, rad
 * @param coherence length of the weighted mean phasor about the plane, 0 to 1; 0 without data
 */
public record PhaseRamp(double level, double[] slope, double coherence) {

  public static PhaseRamp of(Mask mask, float[] phase, float[] weight) {
    Grid grid = mask.grid();
    double[][] steps = new double[grid.nz()][6];
    Slices.each(grid.nz(), z -> steps(mask, phase, weight, z, steps[z]));
    double[] step = sum(steps);
    double[] slope = new double[3];
    for (int a = 0; a < 3; a++) {
      slope[a] = Math.atan2(step[2 * a + 1], step[2 * a]);
    }
    PhaseRamp flat = new PhaseRamp(0, slope, 0);
    double[][] levels = new double[grid.nz()][3];
    Slices.each(grid.nz(), z -> flat.levels(mask, phase, weight, z, levels[z]));
    double[] level = sum(levels);
    double coherence = level[2] > 0 ? Math.hypot(level[0], level[1]) / level[2] : 0;
    return new PhaseRamp(Math.atan2(level[1], level[0]), slope, coherence);
  }

  /** Phase of the plane at a voxel, rad, not wrapped. */
  double at(int x, int y, int z) {
    return level + slope[0] * x + slope[1] * y + slope[2] * z;
  }

  private static void steps(Mask mask, float[] phase, float[] weight, int z, double[] sum) {
    Grid grid = mask.grid();
    boolean[] in = mask.data();
    int plane = grid.nx() * grid.ny();
    for (int y = 0, i = z * plane; y < grid.ny(); y++) {
      for (int x = 0; x < grid.nx(); x++, i++) {
        if (in[i] && weight[i] > 0) {
          if (x + 1 < grid.nx() && in[i + 1]) {
            step(phase, weight, i, i + 1, sum, 0);
          }
          if (y + 1 < grid.ny() && in[i + grid.nx()]) {
            step(phase, weight, i, i + grid.nx(), sum, 2);
          }
          if (z + 1 < grid.nz() && in[i + plane]) {
            step(phase, weight, i, i + plane, sum, 4);
          }
        }
      }
    }
  }

  private static void step(float[] phase, float[] weight, int i, int j, double[] sum, int at) {
    if (weight[j] > 0) {
      double w = Math.sqrt(weight[i] * (double) weight[j]);
      double angle = phase[j] - (double) phase[i];
      sum[at] += w * Math.cos(angle);
      sum[at + 1] += w * Math.sin(angle);
    }
  }

  private void levels(Mask mask, float[] phase, float[] weight, int z, double[] sum) {
    Grid grid = mask.grid();
    int i = z * grid.nx() * grid.ny();
    for (int y = 0; y < grid.ny(); y++) {
      for (int x = 0; x < grid.nx(); x++, i++) {
        if (mask.data()[i] && weight[i] > 0) {
          double angle = phase[i] - at(x, y, z);
          sum[0] += weight[i] * Math.cos(angle);
          sum[1] += weight[i] * Math.sin(angle);
          sum[2] += weight[i];
        }
      }
    }
  }

  private static double[] sum(double[][] parts) {
    double[] sum = new double[parts[0].length];
    for (double[] part : parts) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += part[k];
      }
    }
    return sum;
  }
}
