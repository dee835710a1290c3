package org.qsmnode.inversion;

import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.Laplacian;
import org.qsmnode.volume.Grid;

/**
 * Empirical Bayes choice of prior and noise level from the field alone: maximises the Whittle
 * likelihood of the field's periodogram, whose expectation is N D^2 S + factor^2 sum(sd^2) with N
 * known voxels, dipole kernel D and prior spectral density S (Whittle 1953,
 * doi:10.1007/BF02590998). The prior shows where |D| is large, the noise where D vanishes.
 */
final class EvidenceFit {

  /** Longer waves hold what background removal left and leak across the edge of the mask. */
  private static final double LONGEST_MM = 60;

  private static final double[] LENGTHS_MM = {3, 8, 25};
  private static final double TINY = 1e-30;
  private static final int SCALE_BINS = 60;
  private static final int KERNEL_BINS = 40;

  private final double known;
  private final double noise;
  private final double[] count = new double[SCALE_BINS * KERNEL_BINS];
  private final double[] power = new double[count.length];
  private final double[] kernel = new double[count.length];
  private final double[] laplacian = new double[count.length];

  /**
   * What the field says.
   *
   * @param prior prior
   * @param noiseFactor factor on the standard deviation of the noise
   * @param deviance twice the mean negative logarithm of the Whittle likelihood, up to a constant
   */
  record Fit(GaussianPrior prior, double noiseFactor, double deviance) {}

  EvidenceFit(DipoleConvolution dipole, Grid grid, float[] field, NoiseWeights weights) {
    Fourier fourier = dipole.fourier();
    float[] spectrum = new float[fourier.spectrumLength()];
    fourier.forward(field, spectrum);
    float[] d = dipole.multiplier();
    float[] l = Laplacian.sevenPoint(fourier, grid.voxelMm());
    float[] reach = fourier.multiplier(reach(fourier.padded(), grid.voxelMm()));
    double deepest = 0;
    for (float value : l) {
      deepest = Math.max(deepest, -value);
    }
    for (int i = 0; i < d.length; i++) {
      if (reach[i] > 0) {
        int bin = scaleBin(-l[i] / deepest) * KERNEL_BINS + kernelBin(d[i]);
        count[bin]++;
        power[bin] +=
            (double) spectrum[2 * i] * spectrum[2 * i]
                + (double) spectrum[2 * i + 1] * spectrum[2 * i + 1];
        kernel[bin] += (double) d[i] * d[i];
        laplacian[bin] += l[i];
      }
    }
    for (int bin = 0; bin < count.length; bin++) {
      if (count[bin] > 0) {
        power[bin] /= count[bin];
        kernel[bin] /= count[bin];
        laplacian[bin] /= count[bin];
      }
    }
    known = weights.known();
    double sum = 0;
    for (float weight : weights.weight()) {
      sum += weight > 0 ? 1 / ((double) weight * weight) : 0;
    }
    noise = sum;
  }

  /** 1 for frequencies inside the ellipsoid of the Nyquist frequencies and above the longest. */
  private static Fourier.FrequencyFunction reach(int[] n, double[] h) {
    return (kx, ky, kz) -> {
      double x = 2.0 * kx / n[0];
      double y = 2.0 * ky / n[1];
      double z = 2.0 * kz / n[2];
      double fx = kx / (n[0] * h[0]);
      double fy = ky / (n[1] * h[1]);
      double fz = kz / (n[2] * h[2]);
      boolean resolved = x * x + y * y + z * z <= 1;
      boolean local = fx * fx + fy * fy + fz * fz >= 1 / (LONGEST_MM * LONGEST_MM);
      return resolved && local ? 1 : 0;
    };
  }

  private static int scaleBin(double share) {
    return Math.min(SCALE_BINS - 1, (int) (Math.sqrt(share) * SCALE_BINS));
  }

  private static int kernelBin(double d) {
    return Math.min(KERNEL_BINS - 1, (int) (Math.abs(d) * 1.5 * KERNEL_BINS));
  }

  /**
   * Maximises the likelihood; a setting above 0 is kept. Where the field came with its noise, the
   * estimated factor is at least 1: it may add noise that the fit did not see, not take any away.
   */
  Fit fit(GaussianSettings settings, boolean noiseKnown) {
    double[] fixed = {
      settings.priorAmplitude(), settings.correlationLengthMm(), settings.noiseFactor()
    };
    double[] lowest = {Math.log(1e-7), Math.log(0.5), noiseKnown ? 0 : Math.log(1e-7)};
    double[] highest = {Math.log(10), Math.log(200), Math.log(1e4)};
    for (int p = 0; p < 3; p++) {
      if (fixed[p] > 0) {
        lowest[p] = Math.log(fixed[p]);
        highest[p] = lowest[p];
      }
    }
    double[] best = descend(start(LENGTHS_MM[0]), lowest, highest);
    for (double lengthMm : LENGTHS_MM) {
      double[] found = descend(start(lengthMm), lowest, highest);
      best = deviance(found) < deviance(best) ? found : best;
    }
    return new Fit(prior(best), Math.exp(best[2]), deviance(best));
  }

  /** Amplitude that explains the whole power at a correlation length, noise as fitted. */
  private double[] start(double lengthMm) {
    double explained = 0;
    double total = 0;
    GaussianPrior unit = new GaussianPrior(1, 1 / (lengthMm * lengthMm));
    for (int bin = 0; bin < count.length; bin++) {
      if (count[bin] > 0) {
        explained += count[bin] * known * kernel[bin] / unit.precision(laplacian[bin]);
        total += count[bin] * power[bin];
      }
    }
    double amplitude = explained > 0 && total > 0 ? Math.sqrt(total / explained) : 1e-3;
    return new double[] {Math.log(amplitude), Math.log(lengthMm), 0};
  }

  /**
   * Compass search in the logarithms of amplitude, length and noise factor. A change of length at
   * constant amplitude * length^2 keeps the power of long waves, so it is one of the directions.
   */
  private double[] descend(double[] start, double[] lowest, double[] highest) {
    double[][] directions = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {-1, 0.5, 0}, {1, 0, -1}};
    double[] at = clamp(start, lowest, highest);
    double value = deviance(at);
    for (double step = 1; step > 1e-3; ) {
      boolean better = false;
      for (double[] direction : directions) {
        for (int sign = -1; sign <= 1; sign += 2) {
          double[] trial = at.clone();
          for (int p = 0; p < 3; p++) {
            trial[p] += sign * step * direction[p];
          }
          trial = clamp(trial, lowest, highest);
          double trialValue = deviance(trial);
          if (trialValue < value - 1e-9) {
            at = trial;
            value = trialValue;
            better = true;
          }
        }
      }
      step = better ? step : step / 2;
    }
    return at;
  }

  private static double[] clamp(double[] values, double[] lowest, double[] highest) {
    double[] clamped = values.clone();
    for (int p = 0; p < clamped.length; p++) {
      clamped[p] = Math.max(lowest[p], Math.min(highest[p], clamped[p]));
    }
    return clamped;
  }

  private double deviance(double[] logs) {
    GaussianPrior prior = prior(logs);
    double factor = Math.exp(2 * logs[2]);
    double sum = 0;
    double samples = 0;
    for (int bin = 0; bin < count.length; bin++) {
      if (count[bin] > 0) {
        double expected =
            known * kernel[bin] / prior.precision(laplacian[bin]) + factor * noise + TINY;
        sum += count[bin] * (Math.log(expected) + power[bin] / expected);
        samples += count[bin];
      }
    }
    return samples > 0 ? sum / samples : 0;
  }

  private static GaussianPrior prior(double[] logs) {
    return new GaussianPrior(Math.exp(logs[0]), Math.exp(-2 * logs[1]));
  }
}
