package org.qsmnode.evaluate;

import org.qsmnode.numeric.Parallel;
import org.qsmnode.volume.Grid;

/** Filters that are a product of one symmetric kernel per axis; beyond the grid data are 0. */
final class SeparableFilter {

  private SeparableFilter() {}

  /** Samples of a Gaussian at -reach..reach with sum 1. */
  static double[] gaussian(double sigma, int reach) {
    double[] kernel = new double[2 * reach + 1];
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      double distance = i - reach;
      kernel[i] = Math.exp(-distance * distance / (2 * sigma * sigma));
      sum += kernel[i];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    return kernel;
  }

  static double[] apply(Grid grid, double[] in, double[] alongX, double[] alongY, double[] alongZ) {
    double[] x = along(in, grid.nx(), 1, alongX);
    double[] y = along(x, grid.ny(), grid.nx(), alongY);
    return along(y, grid.nz(), grid.nx() * grid.ny(), alongZ);
  }

  private static double[] along(double[] in, int n, int stride, double[] kernel) {
    int reach = kernel.length / 2;
    double[] out = new double[in.length];
    Parallel.run(
        in.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = i / stride % n;
            int first = Math.max(-reach, -at);
            int last = Math.min(reach, n - 1 - at);
            double sum = 0;
            for (int k = first; k <= last; k++) {
              sum += kernel[k + reach] * in[i + k * stride];
            }
            out[i] = sum;
          }
        });
    return out;
  }
}
