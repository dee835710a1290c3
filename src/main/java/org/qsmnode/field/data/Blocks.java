package org.qsmnode.field.data;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/** A grid of blocks of voxels of nearly equal edges, for coarse views of a volume. */
public final class Blocks {

  private final Grid fine;
  private final Grid grid;
  private final int[] edge = new int[3];
  private final int[] voxels;

  public Blocks(Grid fine, double edgeMm) {
    this.fine = fine;
    int[] n = new int[3];
    double[] mm = new double[3];
    for (int a = 0; a < 3; a++) {
      edge[a] = Math.max(1, (int) Math.round(edgeMm / fine.voxelMm()[a]));
      n[a] = (fine.dims()[a] + edge[a] - 1) / edge[a];
      mm[a] = edge[a] * fine.voxelMm()[a];
    }
    grid = new Grid(n[0], n[1], n[2], mm[0], mm[1], mm[2], fine.orientation());
    voxels = new int[grid.size()];
    for (int i = 0; i < fine.size(); i++) {
      voxels[block(i)]++;
    }
  }

  public Grid grid() {
    return grid;
  }

  /** Voxels along one edge of a block. */
  public int edge(int axis) {
    return edge[axis];
  }

  /** Voxel coordinate of the middle of the block at {@code index} along an axis. */
  public double centre(int axis, int index) {
    return (index + 0.5) * edge[axis] - 0.5;
  }

  /** Linear interpolation between the middles of blocks; the outermost slopes go on. */
  public double interpolate(float[] values, int x, int y, int z) {
    int bx = below(0, x);
    int by = below(1, y);
    int bz = below(2, z);
    double fx = grid.nx() > 1 ? (x - centre(0, bx)) / edge[0] : 0;
    double fy = grid.ny() > 1 ? (y - centre(1, by)) / edge[1] : 0;
    double fz = grid.nz() > 1 ? (z - centre(2, bz)) / edge[2] : 0;
    int sx = grid.nx() > 1 ? 1 : 0;
    int sy = grid.ny() > 1 ? grid.nx() : 0;
    int sz = grid.nz() > 1 ? grid.nx() * grid.ny() : 0;
    int i = grid.index(bx, by, bz);
    double front = between(values, i, sx, sy, fx, fy);
    return front + fz * (between(values, i + sz, sx, sy, fx, fy) - front);
  }

  private static double between(float[] v, int i, int sx, int sy, double fx, double fy) {
    double low = v[i] + fx * (v[i + sx] - (double) v[i]);
    double high = v[i + sy] + fx * (v[i + sy + sx] - (double) v[i + sy]);
    return low + fy * (high - low);
  }

  private int below(int axis, int voxel) {
    int last = Math.max(0, grid.dims()[axis] - 2);
    return Math.max(0, Math.min(last, (int) Math.floor((voxel - centre(axis, 0)) / edge[axis])));
  }

  private int block(int i) {
    int x = i % fine.nx() / edge[0];
    int y = i / fine.nx() % fine.ny() / edge[1];
    int z = i / (fine.nx() * fine.ny()) / edge[2];
    return grid.index(x, y, z);
  }

  /** Sum over each block's voxels in the mask of a value by voxel index. */
  public double[] sum(Mask mask, IntToDoubleFunction value) {
    double[] sum = new double[grid.size()];
    for (int i = 0; i < fine.size(); i++) {
      if (mask.data()[i]) {
        sum[block(i)] += value.applyAsDouble(i);
      }
    }
    return sum;
  }

  /** Share of each block that lies in the mask. */
  float[] share(Mask mask) {
    float[] share = new float[grid.size()];
    for (int i = 0; i < fine.size(); i++) {
      share[block(i)] += mask.data()[i] ? 1 : 0;
    }
    for (int b = 0; b < share.length; b++) {
      share[b] /= voxels[b];
    }
    return share;
  }

  /** Blocks more than half of which have a known field. */
  public int[] filled(TotalField total) {
    int[] known = new int[grid.size()];
    for (int i = 0; i < fine.size(); i++) {
      known[block(i)] += known(total, i) ? 1 : 0;
    }
    int[] places = new int[grid.size()];
    int count = 0;
    for (int b = 0; b < known.length; b++) {
      if (2 * known[b] > voxels[b]) {
        places[count++] = b;
      }
    }
    return Arrays.copyOf(places, count);
  }

  /**
   * Mean field of the blocks at {@code places}, voxels weighted by the inverse of their variance.
   */
  public double[] field(TotalField total, int[] places) {
    double[] sum = new double[grid.size()];
    double[] weight = new double[grid.size()];
    for (int i = 0; i < fine.size(); i++) {
      if (known(total, i)) {
        double sd = Math.max(total.sdPpm()[i], 1e-9);
        sum[block(i)] += total.ppm()[i] / (sd * sd);
        weight[block(i)] += 1 / (sd * sd);
      }
    }
    double[] field = new double[places.length];
    for (int k = 0; k < places.length; k++) {
      field[k] = sum[places[k]] / weight[places[k]];
    }
    return field;
  }

  private static boolean known(TotalField total, int i) {
    return total.mask().data()[i] && total.sdPpm()[i] < Float.POSITIVE_INFINITY;
  }

  /** Positions of the blocks at {@code places}, each coordinate between -1 and 1. */
  public double[] points(int[] places) {
    double[] points = new double[3 * places.length];
    for (int k = 0; k < places.length; k++) {
      int b = places[k];
      points[3 * k] = 2.0 * (b % grid.nx()) / grid.nx() - 1;
      points[3 * k + 1] = 2.0 * (b / grid.nx() % grid.ny()) / grid.ny() - 1;
      points[3 * k + 2] = 2.0 * (b / (grid.nx() * grid.ny())) / grid.nz() - 1;
    }
    return points;
  }
}
