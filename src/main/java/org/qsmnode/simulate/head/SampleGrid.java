package org.qsmnode.simulate.head;

import java.util.stream.IntStream;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * The acquired grid and the finer, larger grid on which a head is sampled. Every voxel is divided
 * into {@code factor} parts along each axis. Outside the field of view {@code before} and {@code
 * after} acquired voxels are added, so that the whole head makes the field.
 */
public record SampleGrid(Grid acquired, int[] factor, int[] before, int[] after) {

  /** A grid around {@code acquired} that holds the box {@code low}..{@code high} (LPS mm). */
  public static SampleGrid around(Grid acquired, Vector3 low, Vector3 high, int[] factor) {
    int[] before = new int[3];
    int[] after = new int[3];
    double[] voxel = acquired.voxelMm();
    int[] dims = acquired.dims();
    Orientation o = acquired.orientation();
    Vector3[] axes = {o.xAxis(), o.yAxis(), o.zAxis()};
    for (int a = 0; a < 3; a++) {
      double min = 0;
      double max = dims[a] - 1;
      for (int corner = 0; corner < 8; corner++) {
        Vector3 p =
            new Vector3(
                (corner & 1) == 0 ? low.x() : high.x(),
                (corner & 2) == 0 ? low.y() : high.y(),
                (corner & 4) == 0 ? low.z() : high.z());
        double along = p.minus(o.originMm()).dot(axes[a]) / voxel[a];
        min = Math.min(min, along);
        max = Math.max(max, along);
      }
      before[a] = (int) Math.ceil(-min);
      after[a] = (int) Math.ceil(max - (dims[a] - 1));
    }
    return new SampleGrid(acquired, factor.clone(), before, after);
  }

  /** Sub-voxels per axis that bring every edge near to {@code samplingMm}. */
  public static int[] factorFor(Grid grid, double samplingMm) {
    double[] voxel = grid.voxelMm();
    int[] factor = new int[3];
    for (int a = 0; a < 3; a++) {
      factor[a] = Math.max(1, (int) Math.round(voxel[a] / samplingMm));
    }
    return factor;
  }

  /** The fine, extended grid. */
  public Grid fine() {
    Orientation o = acquired.orientation();
    Vector3 origin =
        acquired.positionMm(
            -before[0] - 0.5 + 0.5 / factor[0],
            -before[1] - 0.5 + 0.5 / factor[1],
            -before[2] - 0.5 + 0.5 / factor[2]);
    return new Grid(
        (acquired.nx() + before[0] + after[0]) * factor[0],
        (acquired.ny() + before[1] + after[1]) * factor[1],
        (acquired.nz() + before[2] + after[2]) * factor[2],
        acquired.dxMm() / factor[0],
        acquired.dyMm() / factor[1],
        acquired.dzMm() / factor[2],
        new Orientation(origin, o.xAxis(), o.yAxis(), o.zAxis()));
  }

  /** Number of sub-voxels in one acquired voxel. */
  public int parts() {
    return factor[0] * factor[1] * factor[2];
  }

  /** Fine index of the first sub-voxel of an acquired voxel. */
  public int fineIndex(Grid fine, int x, int y, int z) {
    return fine.index(
        (x + before[0]) * factor[0], (y + before[1]) * factor[1], (z + before[2]) * factor[2]);
  }

  /** Mean over the sub-voxels of every acquired voxel. */
  public Volume average(float[] values) {
    Grid fine = fine();
    float[] out = new float[acquired.size()];
    forEachVoxel(
        (x, y, z) -> {
          int start = fineIndex(fine, x, y, z);
          double sum = 0;
          for (int c = 0; c < factor[2]; c++) {
            for (int b = 0; b < factor[1]; b++) {
              int row = start + fine.nx() * (b + fine.ny() * c);
              for (int a = 0; a < factor[0]; a++) {
                sum += values[row + a];
              }
            }
          }
          out[acquired.index(x, y, z)] = (float) (sum / parts());
        });
    return new Volume(acquired, out);
  }

  /** Acquired voxels of which at least half is inside. */
  public Mask majority(boolean[] inside) {
    Grid fine = fine();
    boolean[] out = new boolean[acquired.size()];
    forEachVoxel(
        (x, y, z) -> {
          int start = fineIndex(fine, x, y, z);
          int count = 0;
          for (int c = 0; c < factor[2]; c++) {
            for (int b = 0; b < factor[1]; b++) {
              int row = start + fine.nx() * (b + fine.ny() * c);
              for (int a = 0; a < factor[0]; a++) {
                count += inside[row + a] ? 1 : 0;
              }
            }
          }
          out[acquired.index(x, y, z)] = 2 * count >= parts();
        });
    return new Mask(acquired, out);
  }

  /** The sub-voxels of {@code inside} whose acquired voxel is in {@code mask}. */
  public boolean[] within(Mask mask, boolean[] inside) {
    Grid fine = fine();
    boolean[] kept = new boolean[inside.length];
    forEachVoxel(
        (x, y, z) -> {
          if (!mask.at(x, y, z)) {
            return;
          }
          int start = fineIndex(fine, x, y, z);
          for (int c = 0; c < factor[2]; c++) {
            for (int b = 0; b < factor[1]; b++) {
              int row = start + fine.nx() * (b + fine.ny() * c);
              System.arraycopy(inside, row, kept, row, factor[0]);
            }
          }
        });
    return kept;
  }

  /** The most frequent value of every acquired voxel; the smaller one of two equally frequent. */
  public byte[] mostFrequent(byte[] values, int kinds) {
    Grid fine = fine();
    byte[] out = new byte[acquired.size()];
    forEachVoxel(
        (x, y, z) -> {
          int[] counts = new int[kinds];
          int start = fineIndex(fine, x, y, z);
          for (int c = 0; c < factor[2]; c++) {
            for (int b = 0; b < factor[1]; b++) {
              int row = start + fine.nx() * (b + fine.ny() * c);
              for (int a = 0; a < factor[0]; a++) {
                counts[values[row + a]]++;
              }
            }
          }
          int best = 0;
          for (int k = 1; k < kinds; k++) {
            best = counts[k] > counts[best] ? k : best;
          }
          out[acquired.index(x, y, z)] = (byte) best;
        });
    return out;
  }

  /** Receives voxel indices. */
  @FunctionalInterface
  public interface Voxel {
    void at(int x, int y, int z);
  }

  private void forEachVoxel(Voxel action) {
    forEachVoxel(acquired, action);
  }

  /** Visits every voxel, slices in parallel. */
  public static void forEachVoxel(Grid grid, Voxel action) {
    IntStream.range(0, grid.nz())
        .parallel()
        .forEach(
            z -> {
              for (int y = 0; y < grid.ny(); y++) {
                for (int x = 0; x < grid.nx(); x++) {
                  action.at(x, y, z);
                }
              }
            });
  }
}
