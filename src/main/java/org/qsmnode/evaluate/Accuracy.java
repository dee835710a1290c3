package org.qsmnode.evaluate;

import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Agreement of a map with a reference inside a mask. Both are set to zero outside it before
 * anything else, and where {@code demeaned} is said their own means inside it are removed.
 *
 * @param voxels number of voxels compared
 * @param rmsePercent 100 |x - t| / |t| as in the 2016 challenge, means kept
 * @param nrmsePercent the same, demeaned, as in challenge 2.0
 * @param detrendedPercent the same after the map is divided by {@code slope}
 * @param correlation Pearson correlation
 * @param slope of the regression of the map on the reference
 * @param hfenPercent relative error after a Laplacian of Gaussian of 1.5 voxels, 15 taps per axis,
 *     demeaned
 * @param xsimG7 structural similarity for susceptibility: constants (0.01)^2 and (0.001)^2 in
 *     ppm^2, Gaussian window of 1.5 voxels and 7 taps, zero padded, mean over the mask, demeaned
 *     (Milovic et al. 2025, doi:10.1002/mrm.30271)
 */
public record Accuracy(
    int voxels,
    double rmsePercent,
    double nrmsePercent,
    double detrendedPercent,
    double correlation,
    double slope,
    double hfenPercent,
    double xsimG7) {

  static final double C1 = 1e-4;
  static final double C2 = 1e-6;

  /** Compares {@code chiPpm} with {@code referencePpm} inside {@code mask}. */
  public static Accuracy of(Volume chiPpm, Volume referencePpm, Mask mask) {
    MaskedPair pair = MaskedPair.of(chiPpm, referencePpm, mask);
    Grid grid = mask.grid();
    double[] x = pair.map();
    double[] t = pair.reference();
    double xt = dot(x, t);
    double slope = xt / dot(t, t);
    double[] window = SeparableFilter.gaussian(1.5, 3);
    return new Accuracy(
        mask.count(),
        relativeError(inside(chiPpm, mask), inside(referencePpm, mask)),
        relativeError(x, t),
        relativeError(scaled(x, 1 / slope), t),
        xt / Math.sqrt(dot(x, x) * dot(t, t)),
        slope,
        relativeError(laplacianOfGaussian(grid, x), laplacianOfGaussian(grid, t)),
        pair.mean(new StructuralSimilarity(grid, window, C1, C2, false).map(x, t)));
  }

  private static double[] inside(Volume volume, Mask mask) {
    double[] values = new double[mask.data().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = mask.data()[i] ? volume.data()[i] : 0;
    }
    return values;
  }

  private static double[] scaled(double[] values, double factor) {
    double[] scaled = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = factor * values[i];
    }
    return scaled;
  }

  private static double relativeError(double[] x, double[] t) {
    double error = 0;
    for (int i = 0; i < x.length; i++) {
      error += (x[i] - t[i]) * (x[i] - t[i]);
    }
    return 100 * Math.sqrt(error / dot(t, t));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /**
   * The truncated kernel {@code g (r^2/s^4 - 3/s^2)} less its mean is a sum of separable terms.
   * Each term has, per axis, the Gaussian or the Gaussian times squared distance, and a box for the
   * mean.
   */
  private static double[] laplacianOfGaussian(Grid grid, double[] in) {
    int reach = 7;
    double variance = 2.25;
    double[] gauss = SeparableFilter.gaussian(1.5, reach);
    double[] moment = new double[gauss.length];
    double[] box = new double[gauss.length];
    double secondMoment = 0;
    for (int i = 0; i < gauss.length; i++) {
      moment[i] = gauss[i] * (i - reach) * (i - reach);
      secondMoment += moment[i];
      box[i] = 1.0 / gauss.length;
    }
    double sum = 3 * secondMoment / (variance * variance) - 3 / variance;
    double[] out = new double[in.length];
    add(out, SeparableFilter.apply(grid, in, moment, gauss, gauss), 1 / (variance * variance));
    add(out, SeparableFilter.apply(grid, in, gauss, moment, gauss), 1 / (variance * variance));
    add(out, SeparableFilter.apply(grid, in, gauss, gauss, moment), 1 / (variance * variance));
    add(out, SeparableFilter.apply(grid, in, gauss, gauss, gauss), -3 / variance);
    add(out, SeparableFilter.apply(grid, in, box, box, box), -sum);
    return out;
  }

  private static void add(double[] out, double[] values, double factor) {
    for (int i = 0; i < out.length; i++) {
      out[i] += factor * values[i];
    }
  }
}
