package org.qsmnode.field.background;

import java.util.Locale;
import java.util.function.DoubleConsumer;
import org.qsmnode.field.data.TotalField;
import org.qsmnode.numeric.ConjugateGradient;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.GoodSizes;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/**
 * Projection onto dipole fields: the background is the field of the susceptibility outside the mask
 * that fits the total field inside best, noise-weighted (Liu et al., NMR Biomed 2011, doi
 * 10.1002/nbm.1670).
 *
 * <p>Sources may lie anywhere outside the mask in a periodic box around it that reaches beyond the
 * image. Periodicity does no harm: an image of an outside source is an outside source. A constant
 * is fitted along, since no dipole gives one.
 */
public final class DipoleProjection implements BackgroundRemoval {

  private static final double WEIGHT_CAP = 3;

  private final double marginMm;
  private final int iterations;
  private final double tolerance;

  public DipoleProjection(double marginMm, int iterations, double tolerance) {
    this.marginMm = marginMm;
    this.iterations = iterations;
    this.tolerance = tolerance;
  }

  @Override
  public String name() {
    return "pdf";
  }

  @Override
  public String parameters() {
    return String.format(
        Locale.ROOT, "marginMm=%s iterations=%d tolerance=%s", marginMm, iterations, tolerance);
  }

  @Override
  public Result remove(TotalField total, DoubleConsumer progress) {
    Box box = Box.around(total.mask(), marginMm);
    Fourier fourier = new Fourier(box.nx, box.ny, box.nz);
    float[] kernel = PeriodicDipole.multiplier(fourier, total.grid().voxelMm(), total.b0());
    float[] weights = box.cut(total.squaredWeights(WEIGHT_CAP));
    float[] field = box.cut(total.ppm());
    boolean[] inside = box.cut(total.mask().data());
    double weightSum = sum(weights);
    float[] right = new float[field.length];
    weigh(field, weights, weightSum, right);
    fourier.convolve(right, kernel, right);
    clear(right, inside);
    ConjugateGradient solver =
        new ConjugateGradient(
            field.length,
            (in, out) -> {
              fourier.convolve(in, kernel, out);
              weigh(out, weights, weightSum, out);
              fourier.convolve(out, kernel, out);
              clear(out, inside);
            },
            null);
    float[] sources = new float[field.length];
    ConjugateGradient.Outcome outcome =
        solver.solve(
            right, sources, iterations, tolerance, k -> progress.accept((double) k / iterations));
    fourier.convolve(sources, kernel, right);
    return new Result(
        box.local(field, right, weights, inside),
        total.mask(),
        String.format(
            Locale.ROOT,
            "Background field by projection onto dipole fields: %d iterations, relative residual"
                + " %.3f, box %dx%dx%d.",
            outcome.iterations(),
            outcome.relativeResidual(),
            box.nx,
            box.ny,
            box.nz));
  }

  static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  /** out = w^2 (in - weighted mean of in): the weight matrix with the constant projected out. */
  static void weigh(float[] in, float[] weights, double weightSum, float[] out) {
    float mean = (float) mean(in, weights, weightSum);
    for (int i = 0; i < out.length; i++) {
      out[i] = weights[i] * (in[i] - mean);
    }
  }

  private static double mean(float[] values, float[] weights, double weightSum) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (double) weights[i] * values[i];
    }
    return weightSum > 0 ? sum / weightSum : 0;
  }

  static void clear(float[] data, boolean[] where) {
    for (int i = 0; i < data.length; i++) {
      if (where[i]) {
        data[i] = 0;
      }
    }
  }

  /** A block of voxels that holds the mask and a margin, possibly beyond the image. */
  static final class Box {
    private final Grid image;
    private final int x0;
    private final int y0;
    private final int z0;
    final int nx;
    final int ny;
    final int nz;

    private Box(Grid image, int[] first, int[] size) {
      this.image = image;
      this.x0 = first[0];
      this.y0 = first[1];
      this.z0 = first[2];
      this.nx = size[0];
      this.ny = size[1];
      this.nz = size[2];
    }

    static Box around(Mask mask, double marginMm) {
      Grid grid = mask.grid();
      int[] low = grid.dims();
      int[] high = new int[3];
      for (int i = 0; i < grid.size(); i++) {
        if (mask.data()[i]) {
          int[] at = {i % grid.nx(), i / grid.nx() % grid.ny(), i / (grid.nx() * grid.ny())};
          for (int a = 0; a < 3; a++) {
            low[a] = Math.min(low[a], at[a]);
            high[a] = Math.max(high[a], at[a]);
          }
        }
      }
      int[] size = new int[3];
      for (int a = 0; a < 3; a++) {
        int margin = (int) Math.ceil(marginMm / grid.voxelMm()[a]);
        int wanted = high[a] - low[a] + 1 + 2 * margin;
        size[a] = GoodSizes.next(wanted);
        low[a] -= margin + (size[a] - wanted) / 2;
      }
      return new Box(grid, low, size);
    }

    int imageIndex(int i) {
      return image.index(x0 + i % nx, y0 + i / nx % ny, z0 + i / (nx * ny));
    }

    /** The field without background and without its weighted mean, 0 outside the mask. */
    float[] local(float[] field, float[] background, float[] weights, boolean[] inside) {
      float[] rest = new float[field.length];
      for (int i = 0; i < rest.length; i++) {
        rest[i] = field[i] - background[i];
      }
      double constant = mean(rest, weights, sum(weights));
      float[] local = new float[image.size()];
      for (int i = 0; i < rest.length; i++) {
        if (inside[i]) {
          local[imageIndex(i)] = (float) (rest[i] - constant);
        }
      }
      return local;
    }

    private boolean inImage(int i) {
      return image.contains(x0 + i % nx, y0 + i / nx % ny, z0 + i / (nx * ny));
    }

    float[] cut(float[] data) {
      float[] result = new float[nx * ny * nz];
      for (int i = 0; i < result.length; i++) {
        result[i] = inImage(i) ? data[imageIndex(i)] : 0;
      }
      return result;
    }

    boolean[] cut(boolean[] data) {
      boolean[] result = new boolean[nx * ny * nz];
      for (int i = 0; i < result.length; i++) {
        result[i] = inImage(i) && data[imageIndex(i)];
      }
      return result;
    }
  }
}
