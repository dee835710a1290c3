package org.qsmnode.inversion;

import org.qsmnode.network.Network;
import org.qsmnode.numeric.Progress;

/**
 * What the network says of one field before it is adapted: the posterior of supervised
 * probabilistic dipole inversion (Zhang et al. 2020, arXiv:2004.12573), without its renormalisation
 * of the variance.
 *
 * @param inputs what the network saw
 * @param outputs what it gave
 * @param mu posterior means in ppm
 * @param sd posterior standard deviations in ppm, those of the network times the root of the
 *     model's variance factor
 * @param start the map that it corrected
 */
record PdiPrediction(PdiInputs inputs, float[][] outputs, float[] mu, float[] sd, Posterior start) {

  static PdiPrediction of(
      PdiInputs inputs, Posterior start, PdiModel model, Network network, Progress progress) {
    progress.at("network", 0.3);
    float[][] outputs = network.forward(inputs.channels(), inputs.mask().grid().dims());
    progress.at("network", 1);
    return of(inputs, outputs, model.facts().varianceFactor(), start);
  }

  static PdiPrediction of(
      PdiInputs inputs, float[][] outputs, double varianceFactor, Posterior start) {
    float[] mu = new float[outputs[0].length];
    float[] sd = new float[outputs[0].length];
    PdiHeads.posterior(inputs, outputs, mu, sd);
    float factor = (float) Math.sqrt(varianceFactor);
    for (int i = 0; i < sd.length; i++) {
      sd[i] *= factor;
    }
    return new PdiPrediction(inputs, outputs, mu, sd, start);
  }

  /** A figure of the start map's report; {@code fallback} where it has none. */
  double startFigure(String name, double fallback) {
    return start.report().get(name) instanceof Number figure ? figure.doubleValue() : fallback;
  }
}
