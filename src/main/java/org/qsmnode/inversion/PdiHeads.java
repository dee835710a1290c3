package org.qsmnode.inversion;

import org.qsmnode.numeric.Parallel;

/**
 * The two outputs of the network as a Gaussian posterior: mean = start + 0.1 ppm * output 0, its
 * mean inside the mask removed; log sd = output 1 + log 0.01 ppm, kept between 0.0001 and 1 ppm.
 * Everything is 0 outside the mask.
 */
public final class PdiHeads {

  /** Change of the mean per unit of output 0, ppm. */
  public static final double MEAN_PPM = 0.1;

  /** Standard deviation where output 1 is 0, ppm. */
  public static final double SD_PPM = 0.01;

  public static final double LEAST_SD_PPM = 1e-4;
  public static final double LARGEST_SD_PPM = 1;

  private PdiHeads() {}

  /**
   * Mean and standard deviation in ppm.
   *
   * @param outputs of the network for {@code inputs}
   * @param mu receives the means
   * @param sd receives the standard deviations
   */
  public static void posterior(PdiInputs inputs, float[][] outputs, float[] mu, float[] sd) {
    boolean[] inside = inputs.mask().data();
    float[] start = inputs.startPpm();
    Parallel.run(
        mu.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            mu[i] = inside[i] ? start[i] + (float) (MEAN_PPM * outputs[0][i]) : 0;
            sd[i] = inside[i] ? sd(outputs[1][i]) : 0;
          }
        });
    MaskedMap.reference(mu, inputs.mask());
  }

  private static float sd(float output) {
    double sd = SD_PPM * Math.exp(output);
    return (float) Math.max(LEAST_SD_PPM, Math.min(LARGEST_SD_PPM, sd));
  }

  /**
   * Derivatives with respect to the outputs of a function of the posterior.
   *
   * @param byMu its derivatives with respect to the means
   * @param byLogSd its derivatives with respect to the logarithms of the standard deviations
   */
  public static float[][] gradients(
      PdiInputs inputs, float[][] outputs, float[] byMu, float[] byLogSd) {
    boolean[] inside = inputs.mask().data();
    double mean = MaskedMap.mean(byMu, inputs.mask());
    double lo = Math.log(LEAST_SD_PPM / SD_PPM);
    double hi = Math.log(LARGEST_SD_PPM / SD_PPM);
    float[][] gradients = new float[2][byMu.length];
    for (int i = 0; i < byMu.length; i++) {
      if (inside[i]) {
        gradients[0][i] = (float) (MEAN_PPM * (byMu[i] - mean));
        boolean free = outputs[1][i] > lo && outputs[1][i] < hi;
        gradients[1][i] = free ? byLogSd[i] : 0;
      }
    }
    return gradients;
  }
}
