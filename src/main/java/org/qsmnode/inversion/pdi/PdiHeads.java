package org.qsmnode.inversion.pdi;

import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.numeric.Parallel;

/**
 * The two outputs of the network as a Gaussian posterior. {@code mean = start + 0.1 ppm * output
 * 0}, its mean inside the mask removed. {@code log sd = output 1 + log 0.01 ppm}, kept between
 * 0.0001 and 1 ppm. Everything is 0 outside the mask.
 *
 * <p>Sources stronger than those of tissue and bleeding are left as the start map has them. A
 * network that knows none takes them for errors. They have a start below {@link #LEAST_PPM} or
 * above {@link #MOST_PPM}: calcification, bone, metal. Their standard deviation is at least {@link
 * #STRONG_ERROR} of their size.
 */
public final class PdiHeads {

  /** Change of the mean per unit of output 0, ppm. */
  public static final double MEAN_PPM = 0.1;

  /** Standard deviation where output 1 is 0, ppm. */
  public static final double SD_PPM = 0.01;

  public static final double LEAST_SD_PPM = 1e-4;
  public static final double LARGEST_SD_PPM = 1;

  /** No tissue but calcified one and bone is as diamagnetic. */
  public static final double LEAST_PPM = -0.3;

  /** Fresh blood and iron rarely exceed this, nor do the cases of training. */
  public static final double MOST_PPM = 1.5;

  /** Relative error of the start map where a source is that strong. */
  public static final double STRONG_ERROR = 0.15;

  private PdiHeads() {}

  /** Whether the network corrects a voxel of this start, ppm. */
  public static boolean corrects(double startPpm) {
    return startPpm >= LEAST_PPM && startPpm <= MOST_PPM;
  }

  /** Mean in ppm before that of the mask is removed. */
  public static double mean(double startPpm, double output) {
    return corrects(startPpm) ? startPpm + MEAN_PPM * output : startPpm;
  }

  /** Standard deviation in ppm where the network corrects. */
  public static double sd(double output) {
    return Math.max(LEAST_SD_PPM, Math.min(LARGEST_SD_PPM, SD_PPM * Math.exp(output)));
  }

  /** Standard deviation in ppm. */
  public static double sd(double startPpm, double output) {
    return Math.max(sd(output), leastSd(startPpm));
  }

  /** What no calibration may undercut, ppm: 0 where the network corrects. */
  public static double leastSd(double startPpm) {
    return corrects(startPpm) ? 0 : STRONG_ERROR * Math.abs(startPpm);
  }

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
            mu[i] = inside[i] ? (float) mean(start[i], outputs[0][i]) : 0;
            sd[i] = inside[i] ? (float) sd(start[i], outputs[1][i]) : 0;
          }
        });
    MaskedMap.reference(mu, inputs.mask());
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
      if (inside[i] && corrects(inputs.startPpm()[i])) {
        gradients[0][i] = (float) (MEAN_PPM * (byMu[i] - mean));
        boolean free = outputs[1][i] > lo && outputs[1][i] < hi;
        gradients[1][i] = free ? byLogSd[i] : 0;
      }
    }
    return gradients;
  }
}
