package org.qsmnode.inversion;

import java.util.Arrays;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.GoodSizes;
import org.qsmnode.numeric.Laplacian;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/**
 * The diagonal of the posterior covariance from a few posterior draws.
 *
 * <p>A closed form gives its shape: around each voxel the weights are taken as constant, at the
 * mean that the squared dipole response sees, and the variance of that stationary posterior is
 * summed over frequencies. The draws, which know mask, edges and true weights, give its level:
 * their squares divided by the shape are averaged over a few voxels. The shape keeps detail that
 * averaging alone would blur, the draws keep the result unbiased on the scale of the average.
 */
final class VarianceModel {

  private static final int LEVELS = 48;
  private static final int KERNEL_BINS = 64;
  private static final int PRECISION_BINS = 128;

  private VarianceModel() {}

  /**
   * Standard deviation inside the mask, 0 outside.
   *
   * @param meanSquare mean of the squared draws
   * @param smoothing standard deviation of the average in voxels; 0 for none
   */
  static float[] standardDeviation(
      Mask mask,
      PosteriorSystem system,
      DipoleConvolution dipole,
      GaussianPrior prior,
      float[] meanSquare,
      double smoothing) {
    float[] sd = new float[meanSquare.length];
    float[] shape = new float[meanSquare.length];
    Arrays.fill(shape, 1);
    if (smoothing > 0) {
      shape = shape(mask, system, dipole, prior);
      for (int i = 0; i < sd.length; i++) {
        sd[i] = mask.data()[i] ? meanSquare[i] / shape[i] : 0;
      }
      sd = smoothed(mask, sd, smoothing);
    } else {
      System.arraycopy(meanSquare, 0, sd, 0, sd.length);
    }
    for (int i = 0; i < sd.length; i++) {
      sd[i] = mask.data()[i] ? (float) Math.sqrt(Math.max(0, sd[i] * shape[i])) : 0;
    }
    return sd;
  }

  /** Variance of the stationary posterior that each voxel sees. */
  private static float[] shape(
      Mask mask, PosteriorSystem system, DipoleConvolution dipole, GaussianPrior prior) {
    Fourier fourier = dipole.fourier();
    float[] local = system.squaredWeight().clone();
    float[] inside = mask.toVolume().data();
    float[] response = squaredResponse(dipole);
    fourier.convolve(local, response, local);
    fourier.convolve(inside, response, inside);
    double lowest = Double.POSITIVE_INFINITY;
    double highest = 0;
    for (int i = 0; i < local.length; i++) {
      if (mask.data()[i]) {
        local[i] = Math.max(local[i], 0) / Math.max(inside[i], 1e-12f);
        highest = Math.max(highest, local[i]);
        lowest = local[i] > 0 ? Math.min(lowest, local[i]) : lowest;
      }
    }
    if (highest == 0) {
      Arrays.fill(local, 1);
      return local;
    }
    lowest = Math.max(lowest, 1e-4 * highest);
    Table table = new Table(system.maskedKernel(), fourier, mask.grid(), prior, lowest, highest);
    for (int i = 0; i < local.length; i++) {
      local[i] = mask.data()[i] ? table.at(local[i]) : 1;
    }
    return local;
  }

  private static float[] squaredResponse(DipoleConvolution dipole) {
    Fourier fourier = dipole.fourier();
    int[] n = fourier.padded();
    Fourier whole = new Fourier(n[0], n[1], n[2]);
    float[] d = dipole.multiplier();
    float[] spectrum = new float[fourier.spectrumLength()];
    for (int i = 0; i < d.length; i++) {
      spectrum[2 * i] = d[i];
    }
    float[] response = new float[n[0] * n[1] * n[2]];
    whole.inverse(spectrum, response);
    for (int i = 0; i < response.length; i++) {
      response[i] *= response[i];
    }
    return fourier.multiplierOfImage(response);
  }

  /** Average over neighbours in the mask with Gaussian weights. */
  private static float[] smoothed(Mask mask, float[] values, double sigmaVoxels) {
    int reach = (int) Math.ceil(4 * sigmaVoxels);
    int[] lengths = mask.grid().dims();
    for (int a = 0; a < 3; a++) {
      lengths[a] = GoodSizes.next(lengths[a] + reach);
    }
    Fourier fourier = new Fourier(mask.grid().dims(), lengths);
    float[] kernel =
        fourier.multiplier(
            (kx, ky, kz) -> {
              double x = (double) kx / lengths[0];
              double y = (double) ky / lengths[1];
              double z = (double) kz / lengths[2];
              double omega = 2 * Math.PI * sigmaVoxels;
              return Math.exp(-0.5 * omega * omega * (x * x + y * y + z * z));
            });
    float[] inside = mask.toVolume().data();
    float[] out = values.clone();
    fourier.convolve(inside, kernel, inside);
    fourier.convolve(out, kernel, out);
    for (int i = 0; i < out.length; i++) {
      out[i] = mask.data()[i] ? out[i] / Math.max(inside[i], 1e-3f) : 0;
    }
    return out;
  }

  /** Variance of the stationary posterior as a function of the squared weight. */
  private static final class Table {
    private final double logLowest;
    private final double step;
    private final double[] variance = new double[LEVELS];

    Table(
        float[] kernel,
        Fourier fourier,
        Grid grid,
        GaussianPrior prior,
        double lowest,
        double highest) {
      logLowest = Math.log(lowest);
      step = Math.max(1e-6, (Math.log(highest) - logLowest) / (LEVELS - 1));
      float[] laplacian = Laplacian.sevenPoint(fourier, grid.voxelMm());
      double deepest = 0;
      for (float value : laplacian) {
        deepest = Math.max(deepest, -value);
      }
      double[] count = new double[KERNEL_BINS * PRECISION_BINS];
      double[] kernelSum = new double[count.length];
      double[] laplacianSum = new double[count.length];
      for (int i = 0; i < kernel.length; i++) {
        double share = Math.sqrt(Math.max(0, -laplacian[i] / deepest));
        int p = Math.min(PRECISION_BINS - 1, (int) (share * PRECISION_BINS));
        int k = Math.min(KERNEL_BINS - 1, (int) (Math.sqrt(kernel[i]) * 1.5 * KERNEL_BINS));
        int bin = p * KERNEL_BINS + k;
        count[bin]++;
        kernelSum[bin] += kernel[i];
        laplacianSum[bin] += laplacian[i];
      }
      for (int level = 0; level < LEVELS; level++) {
        double squaredWeight = Math.exp(logLowest + step * level);
        double sum = 0;
        for (int bin = 0; bin < count.length; bin++) {
          if (count[bin] > 0) {
            double precision =
                squaredWeight * kernelSum[bin] / count[bin]
                    + prior.precision(laplacianSum[bin] / count[bin]);
            sum += count[bin] / precision;
          }
        }
        variance[level] = sum / kernel.length;
      }
    }

    float at(double squaredWeight) {
      double position = (Math.log(Math.max(squaredWeight, 1e-30)) - logLowest) / step;
      double within = Math.max(0, Math.min(LEVELS - 1.000001, position));
      int level = (int) within;
      double part = within - level;
      return (float) ((1 - part) * variance[level] + part * variance[level + 1]);
    }
  }
}
