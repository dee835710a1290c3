package org.qsmnode.train;

import org.qsmnode.inversion.pdi.PdiHeads;

/**
 * Negative log likelihood of the truth under the network's Gaussian, per counted voxel, and its
 * derivatives with respect to the outputs. Heads as in {@link PdiHeads}.
 *
 * <p>Derivatives are weighted by {@code sd^(2 beta) / (0.02 ppm)^(2 beta)}, the weight taken as
 * constant (Seitzer et al. 2022, arXiv:2203.09168). With beta = 0 that is the likelihood itself.
 * Larger values keep certain voxels from drowning the uncertain ones, while mean and standard
 * deviation still settle at one place.
 *
 * @param value mean over counted voxels of z^2 / 2 + log sd
 * @param meanSquarePpm2 mean squared error of the mean
 * @param voxels number of counted voxels
 * @param gradients for each output, of the weighted mean
 */
record GaussianLoss(double value, double meanSquarePpm2, int voxels, float[][] gradients) {

  private static final double LOG_LEAST = Math.log(PdiHeads.LEAST_SD_PPM / PdiHeads.SD_PPM);
  private static final double LOG_LARGEST = Math.log(PdiHeads.LARGEST_SD_PPM / PdiHeads.SD_PPM);
  private static final double TYPICAL_PPM = 0.02;

  static GaussianLoss of(Patch patch, float[][] outputs, double beta) {
    int size = patch.truthPpm().length;
    float[][] gradients = new float[2][size];
    int voxels = 0;
    for (boolean counted : patch.counted()) {
      voxels += counted ? 1 : 0;
    }
    double value = 0;
    double squares = 0;
    for (int i = 0; i < size; i++) {
      if (!patch.counted()[i]) {
        continue;
      }
      double raw = outputs[1][i];
      double sd = PdiHeads.sd(raw);
      double error = patch.startPpm()[i] + PdiHeads.MEAN_PPM * outputs[0][i] - patch.truthPpm()[i];
      double z = error / sd;
      value += 0.5 * z * z + Math.log(sd);
      squares += error * error;
      double weight = Math.pow(sd / TYPICAL_PPM, 2 * beta) / voxels;
      gradients[0][i] = (float) (weight * PdiHeads.MEAN_PPM * z / sd);
      gradients[1][i] = (float) backIntoRange(weight * (1 - z * z), raw);
    }
    int divisor = Math.max(1, voxels);
    return new GaussianLoss(value / divisor, squares / divisor, voxels, gradients);
  }

  /** Outside the range of the log sd only a derivative that leads back counts. */
  private static double backIntoRange(double derivative, double raw) {
    if (raw < LOG_LEAST) {
      return Math.min(0, derivative);
    }
    return raw > LOG_LARGEST ? Math.max(0, derivative) : derivative;
  }
}
