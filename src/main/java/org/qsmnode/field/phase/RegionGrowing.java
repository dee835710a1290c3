package org.qsmnode.field.phase;

import java.util.Arrays;
import org.qsmnode.field.data.Angles;
import org.qsmnode.field.data.Slices;
import org.qsmnode.numeric.Quantiles;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/**
 * Quality-guided region-growing phase unwrapping in three dimensions. Neighbours are joined in the
 * order of the quality of the edge between them, so that doubtful places are passed last.
 *
 * <p>The quality of an edge is a product of three factors, after ROMEO (Dymerska et al., Magn Reson
 * Med 2021, doi 10.1002/mrm.28563). First, the coherence of the phase across the edge. Second, the
 * agreement of its phase step with that of a second phase image scaled by time. Third, the likeness
 * and size of both signals. Voxels that do not touch are unwrapped apart. Each such part is moved
 * by a multiple of 2 pi so that its median is nearest to that of the largest part.
 */
public final class RegionGrowing {

  private static final int BINS = 256;

  private final Grid grid;
  private final boolean[] inside;
  private final byte[][] cost = new byte[3][];
  private final int[] stride;

  /**
   * Prepares the edges.
   *
   * @param mask voxels to unwrap
   * @param wrapped phase in radians that will be unwrapped
   * @param second another phase in radians with the same offset-free evolution, for the coherence
   *     across echoes, or an array of length 0
   * @param timeRatio time of {@code wrapped} over time of {@code second}
   * @param signal size of the signal, arbitrary unit
   */
  public RegionGrowing(
      Mask mask, float[] wrapped, float[] second, double timeRatio, float[] signal) {
    this.grid = mask.grid();
    this.inside = mask.data();
    this.stride = new int[] {1, grid.nx(), grid.nx() * grid.ny()};
    double[] sorted = Quantiles.sorted(grid.size(), i -> inside[i], i -> signal[i]);
    double bright = Math.max(Quantiles.of(sorted, 0.95), Double.MIN_NORMAL);
    for (int a = 0; a < 3; a++) {
      cost[a] = new byte[grid.size()];
    }
    Slices.each(grid.nz(), z -> weigh(z, wrapped, second, timeRatio, signal, bright));
  }

  private void weigh(
      int z, float[] wrapped, float[] second, double timeRatio, float[] signal, double bright) {
    int[] dims = grid.dims();
    for (int y = 0; y < dims[1]; y++) {
      for (int x = 0; x < dims[0]; x++) {
        int i = grid.index(x, y, z);
        int[] at = {x, y, z};
        for (int a = 0; a < 3; a++) {
          int j = i + stride[a];
          if (inside[i] && at[a] + 1 < dims[a] && inside[j]) {
            double step = Angles.wrap(wrapped[j] - (double) wrapped[i]);
            double quality = 1 - Math.abs(step) / Math.PI;
            if (second.length > 0) {
              double other = Angles.wrap(second[j] - (double) second[i]);
              quality *= Math.max(0, 1 - Math.abs(step - other * timeRatio));
            }
            double low = Math.min(signal[i], signal[j]);
            double high = Math.max(signal[i], signal[j]);
            double likeness = high > 0 ? low / high : 0;
            quality *= likeness * likeness * (0.5 + 0.5 * Math.min(1, 2 * low / bright));
            // A phase that is not a number makes the worst edge, not the best.
            double good = quality >= 0 ? quality : 0;
            cost[a][i] = (byte) (int) Math.round((BINS - 1) * (1 - good));
          }
        }
      }
    }
  }

  /** Mean quality, 0 to 1, of the edges of each voxel; 0 outside the mask. */
  float[] voxelQuality() {
    float[] quality = new float[grid.size()];
    int[] dims = grid.dims();
    Slices.each(
        grid.nz(),
        z -> {
          for (int y = 0; y < dims[1]; y++) {
            for (int x = 0; x < dims[0]; x++) {
              int i = grid.index(x, y, z);
              int[] at = {x, y, z};
              double sum = 0;
              for (int a = 0; a < 3 && inside[i]; a++) {
                sum += at[a] + 1 < dims[a] && inside[i + stride[a]] ? good(a, i) : 0;
                sum += at[a] > 0 && inside[i - stride[a]] ? good(a, i - stride[a]) : 0;
              }
              quality[i] = (float) (sum / 6);
            }
          }
        });
    return quality;
  }

  private double good(int axis, int voxel) {
    return 1 - (cost[axis][voxel] & 0xff) / (BINS - 1.0);
  }

  /** Unwrapped copy of {@code wrapped}; 0 outside the mask. */
  public float[] unwrap(float[] wrapped) {
    float[] result = new float[grid.size()];
    int[] part = new int[grid.size()];
    float[] quality = voxelQuality();
    int[] seeds = seeds(quality);
    int parts = 0;
    Edges edges = new Edges();
    for (int seed : seeds) {
      if (part[seed] == 0) {
        parts++;
        part[seed] = parts;
        result[seed] = (float) Angles.wrap(wrapped[seed]);
        push(edges, part, seed);
        grow(edges, wrapped, result, part, parts);
      }
    }
    new MaskParts(part, parts).alignToLargest(result);
    return result;
  }

  /** Voxels of the mask, best quality first (in 256 steps), so that parts start in good places. */
  private int[] seeds(float[] quality) {
    int[] start = new int[BINS + 1];
    for (int i = 0; i < inside.length; i++) {
      if (inside[i]) {
        start[bin(quality[i]) + 1]++;
      }
    }
    for (int b = 0; b < BINS; b++) {
      start[b + 1] += start[b];
    }
    int[] order = new int[start[BINS]];
    for (int i = 0; i < inside.length; i++) {
      if (inside[i]) {
        order[start[bin(quality[i])]++] = i;
      }
    }
    return order;
  }

  private static int bin(float quality) {
    return (int) ((1 - quality) * (BINS - 1));
  }

  private void grow(Edges edges, float[] wrapped, float[] result, int[] part, int number) {
    for (long edge = edges.poll(); edge >= 0; edge = edges.poll()) {
      int axis = (int) (edge % 3);
      int i = (int) (edge / 3);
      int j = i + stride[axis];
      if (part[i] != 0 && part[j] != 0) {
        continue;
      }
      int known = part[i] != 0 ? i : j;
      int fresh = part[i] != 0 ? j : i;
      result[fresh] = (float) Angles.nearest(wrapped[fresh], result[known]);
      part[fresh] = number;
      push(edges, part, fresh);
    }
  }

  private void push(Edges edges, int[] part, int i) {
    int[] dims = grid.dims();
    int rest = i;
    for (int a = 0; a < 3; a++) {
      int at = rest % dims[a];
      rest /= dims[a];
      if (at + 1 < dims[a] && inside[i + stride[a]] && part[i + stride[a]] == 0) {
        edges.add(cost[a][i] & 0xff, 3L * i + a);
      }
      if (at > 0 && inside[i - stride[a]] && part[i - stride[a]] == 0) {
        edges.add(cost[a][i - stride[a]] & 0xff, 3L * (i - stride[a]) + a);
      }
    }
  }

  /** A queue of edges in 256 classes of cost, cheapest first. */
  private static final class Edges {
    private final long[][] bins = new long[BINS][16];
    private final int[] used = new int[BINS];
    private int first = BINS;

    void add(int cost, long edge) {
      if (used[cost] == bins[cost].length) {
        bins[cost] = Arrays.copyOf(bins[cost], 2 * used[cost]);
      }
      bins[cost][used[cost]++] = edge;
      first = Math.min(first, cost);
    }

    /** The cheapest edge, or -1 when none is left. */
    long poll() {
      while (first < BINS && used[first] == 0) {
        first++;
      }
      return first == BINS ? -1 : bins[first][--used[first]];
    }
  }
}
