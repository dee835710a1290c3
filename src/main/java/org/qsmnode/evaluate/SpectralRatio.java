package org.qsmnode.evaluate;

import java.util.Arrays;
import java.util.List;
import org.qsmnode.numeric.DipoleKernel;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * Power of the error over the predicted power in k-space, in bins of the dipole kernel |D|. Errors
 * of dipole inversion gather where |D| is small; a standard deviation per voxel cannot say so.
 *
 * @param upper upper bound of each bin, the first starting at 0
 * @param ratio observed over predicted power; nominal 1, NaN for an empty bin
 */
public record SpectralRatio(double[] upper, double[] ratio) {

  private static final int BINS = 10;
  private static final double LARGEST = 2.0 / 3;

  /** For errors of unrelated voxels with their standard deviations. */
  public static SpectralRatio unrelated(
      Volume chiPpm, Volume sdPpm, Volume referencePpm, Mask mask, Vector3 b0) {
    double variance = 0;
    for (int i = 0; i < mask.data().length; i++) {
      float s = sdPpm.data()[i];
      variance += mask.data()[i] && Float.isFinite(s) ? (double) s * s : 0;
    }
    Fourier fourier = fourier(mask.grid());
    double[] predicted = new double[fourier.multiplierLength()];
    Arrays.fill(predicted, variance);
    return of(fourier, power(fourier, chiPpm, referencePpm, mask), predicted, mask.grid(), b0);
  }

  /** For maps drawn from the posterior. */
  public static SpectralRatio sampled(
      Volume chiPpm, List<Volume> samples, Volume referencePpm, Mask mask, Vector3 b0) {
    Fourier fourier = fourier(mask.grid());
    double[] predicted = new double[fourier.multiplierLength()];
    for (Volume sample : samples) {
      double[] one = power(fourier, chiPpm, sample, mask);
      for (int i = 0; i < predicted.length; i++) {
        predicted[i] += one[i] / samples.size();
      }
    }
    return of(fourier, power(fourier, chiPpm, referencePpm, mask), predicted, mask.grid(), b0);
  }

  private static Fourier fourier(Grid grid) {
    return new Fourier(grid.nx(), grid.ny(), grid.nz());
  }

  private static double[] power(Fourier fourier, Volume chiPpm, Volume otherPpm, Mask mask) {
    MaskedPair pair = MaskedPair.of(chiPpm, otherPpm, mask);
    float[] error = new float[pair.map().length];
    for (int i = 0; i < error.length; i++) {
      error[i] = (float) (pair.reference()[i] - pair.map()[i]);
    }
    float[] spectrum = new float[fourier.spectrumLength()];
    fourier.forward(error, spectrum);
    double[] power = new double[fourier.multiplierLength()];
    for (int i = 0; i < power.length; i++) {
      double re = spectrum[2 * i];
      double im = spectrum[2 * i + 1];
      power[i] = re * re + im * im;
    }
    return power;
  }

  private static SpectralRatio of(
      Fourier fourier, double[] observed, double[] predicted, Grid grid, Vector3 b0) {
    float[] kernel = DipoleKernel.spectral(fourier, grid.voxelMm(), b0);
    float[] copies =
        fourier.multiplier((kx, ky, kz) -> kx == 0 && ky == 0 && kz == 0 ? 0 : twice(kx, grid));
    double[] top = new double[BINS];
    double[] bottom = new double[BINS];
    for (int i = 0; i < kernel.length; i++) {
      int bin = Math.min(BINS - 1, (int) (BINS * Math.abs(kernel[i]) / LARGEST));
      top[bin] += copies[i] * observed[i];
      bottom[bin] += copies[i] * predicted[i];
    }
    double[] upper = new double[BINS];
    double[] ratio = new double[BINS];
    for (int b = 0; b < BINS; b++) {
      upper[b] = LARGEST * (b + 1) / BINS;
      ratio[b] = bottom[b] > 0 ? top[b] / bottom[b] : Double.NaN;
    }
    return new SpectralRatio(upper, ratio);
  }

  /** How often an element of the half spectrum stands for in the whole. */
  private static double twice(int kx, Grid grid) {
    return kx == 0 || 2 * Math.abs(kx) == grid.nx() ? 1 : 2;
  }
}
