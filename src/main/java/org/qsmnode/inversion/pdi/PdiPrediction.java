package org.qsmnode.inversion.pdi;

import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.error.ErrorModel;
import org.qsmnode.inversion.error.PosteriorSampler;
import org.qsmnode.inversion.error.PosteriorSpectrum;
import org.qsmnode.inversion.error.VoxelErrors;
import org.qsmnode.network.Engines;
import org.qsmnode.network.Network;
import org.qsmnode.numeric.Progress;

/**
 * What the network says of one field before it is adapted: the posterior of supervised
 * probabilistic dipole inversion (Zhang et al. 2020, arXiv:2004.12573), without its renormalisation
 * of the variance.
 *
 * @param inputs what the network saw
 * @param mu posterior means in ppm
 * @param sd posterior standard deviations in ppm, calibrated
 * @param errors what errors in such a field are like
 * @param start the map that it corrected
 */
public record PdiPrediction(
    PdiInputs inputs, float[] mu, float[] sd, ErrorModel errors, Posterior start) {

  /**
   * Asks the network.
   *
   * @param views number of {@link MirroredViews}
   */
  public static PdiPrediction of(
      PdiInputs inputs,
      Posterior start,
      PdiModel model,
      Network network,
      int views,
      Progress progress) {
    progress.at("network", 0.3);
    float[][] outputs =
        MirroredViews.average(network, inputs.channels(), inputs.mask().grid().dims(), views);
    progress.at("network", 1);
    return of(inputs, start, model, outputs);
  }

  /**
   * Asks the network of a model that is not open yet.
   *
   * @param start a map of {@code field} as the network corrects it
   * @param views number of {@link MirroredViews}
   */
  public static PdiPrediction of(
      LocalField field, Posterior start, PdiModel model, int views, Progress progress) {
    PdiInputs inputs = PdiInputs.of(field, start);
    try (Network network = Engines.running().open(model.weights())) {
      return of(inputs, start, model, network, views, progress);
    }
  }

  public static PdiPrediction of(
      PdiInputs inputs, Posterior start, PdiModel model, float[][] outputs) {
    float[] mu = new float[outputs[0].length];
    float[] sd = new float[outputs[0].length];
    PdiHeads.posterior(inputs, outputs, mu, sd);
    ErrorModel errors = model.facts().errors().at(inputs.excessNoisePpm());
    for (int i = 0; i < sd.length; i++) {
      double calibrated = sd[i] > 0 ? errors.sd().sdPpm(sd[i], mu[i]) : 0;
      sd[i] = (float) Math.max(calibrated, PdiHeads.leastSd(inputs.startPpm()[i]));
    }
    return new PdiPrediction(inputs, mu, sd, errors, start);
  }

  /**
   * Draws whose errors go together as those of calibration cases.
   *
   * @param means of the draws, ppm
   * @param deviations of the draws, ppm
   */
  public PosteriorSampler sampler(float[] means, float[] deviations) {
    PosteriorSpectrum spectrum =
        PosteriorSpectrum.measured(
            inputs.dipole().fourier(),
            inputs.dipole().multiplier(),
            inputs.mask().grid().voxelMm(),
            errors.spectrum());
    VoxelErrors parts = VoxelErrors.of(errors.shared(), means, sd, deviations);
    return new PosteriorSampler(inputs.box(), inputs.mask(), spectrum, means, parts);
  }
}
