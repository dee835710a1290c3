package org.qsmnode.evaluate;

import java.util.Arrays;
import org.qsmnode.volume.Grid;

/** Structural similarity per voxel (Wang et al. 2004, doi:10.1109/TIP.2003.819861). */
final class StructuralSimilarity {

  private final Grid grid;
  private final double[] window;
  private final double c1;
  private final double c2;
  private final boolean truncated;

  /**
   * A window and its constants.
   *
   * @param window weights along each axis, sum 1
   * @param truncated whether the window is cut at the borders of the grid and its weights made to
   *     sum 1 again; otherwise values beyond are 0
   */
  StructuralSimilarity(Grid grid, double[] window, double c1, double c2, boolean truncated) {
    this.grid = grid;
    this.window = window;
    this.c1 = c1;
    this.c2 = c2;
    this.truncated = truncated;
  }

  /** Similarity of two images at every voxel. */
  double[] map(double[] x, double[] t) {
    double[] weight = new double[x.length];
    Arrays.fill(weight, 1);
    if (truncated) {
      weight = SeparableFilter.apply(grid, weight, window, window, window);
    }
    double[] meanX = mean(x, weight);
    double[] meanT = mean(t, weight);
    double[] meanXx = mean(product(x, x), weight);
    double[] meanTt = mean(product(t, t), weight);
    double[] meanXt = mean(product(x, t), weight);
    double[] similarity = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double means = meanX[i] * meanT[i];
      double squares = meanX[i] * meanX[i] + meanT[i] * meanT[i];
      double covariance = meanXt[i] - means;
      double variances = meanXx[i] + meanTt[i] - squares;
      similarity[i] =
          (2 * means + c1) * (2 * covariance + c2) / ((squares + c1) * (variances + c2));
    }
    return similarity;
  }

  private double[] mean(double[] in, double[] weight) {
    double[] out = SeparableFilter.apply(grid, in, window, window, window);
    for (int i = 0; i < out.length; i++) {
      out[i] /= weight[i];
    }
    return out;
  }

  private static double[] product(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = a[i] * b[i];
    }
    return product;
  }
}
