package org.qsmnode.inversion.adapt;

import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.NoiseAndPrior;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.inversion.pdi.PdiPrediction;
import org.qsmnode.numeric.Parallel;
import org.qsmnode.volume.Mask;

/**
 * Evidence lower bound of PDI-VI in closed form (Zhang et al. 2021, MELBA 2021:003, there by
 * sampling), without the constants of the model.
 *
 * <p>Posterior: independent Gaussian voxels, chi = mu + sd * e. Bound = entropy + expected log
 * likelihood + expected log prior, where
 *
 * <ul>
 *   <li>entropy: sum over the mask of log sd,
 *   <li>likelihood: {@link RobustLikelihood},
 *   <li>prior: density lambda^N exp(-lambda variation), N the voxels of the mask: total variation
 *       is homogeneous of degree 1, so its normaliser goes with lambda^-N ({@link
 *       ExpectedVariation}).
 * </ul>
 *
 * <p>Susceptibility outside the mask is 0.
 */
final class Elbo {

  static final double START_LAMBDA = 40;
  private static final double LARGEST_NOISE_FACTOR = 10;

  private final Mask mask;
  private final int voxels;
  private final RobustLikelihood likelihood;
  private final ExpectedVariation variation;
  private double lambda = START_LAMBDA;
  private double startLambda = START_LAMBDA;

  /**
   * The terms of the bound at one point.
   *
   * @param entropy entropy of the posterior without constants
   * @param likelihood expected log likelihood
   * @param prior expected log prior
   */
  record Terms(double entropy, double likelihood, double prior) {
    double bound() {
      return entropy + likelihood + prior;
    }
  }

  Elbo(Mask mask, RobustLikelihood likelihood, ExpectedVariation variation) {
    this.mask = mask;
    this.voxels = mask.count();
    this.likelihood = likelihood;
    this.variation = variation;
  }

  /**
   * The bound of a patient where a network's posterior stands. Noise and strength of the prior are
   * those that the start map's total variation found, the strength once more by the bound.
   *
   * @param field what the prediction was made of
   */
  static Elbo forPatient(PdiPrediction prediction, LocalField field) {
    PdiInputs inputs = prediction.inputs();
    float[] mu = prediction.mu();
    RobustLikelihood likelihood =
        new RobustLikelihood(inputs.dipole(), inputs.fieldPpm(), inputs.weight());
    NoiseAndPrior measured = prediction.start().findings().measured();
    likelihood.at(inputs.startPpm(), new float[mu.length]);
    double noise = measured.noiseFactor();
    likelihood.noiseFactor(Math.max(1, Math.min(LARGEST_NOISE_FACTOR, noise)));
    Elbo elbo =
        new Elbo(
            inputs.mask(),
            likelihood,
            new ExpectedVariation(inputs.mask(), inputs.box().crop(field.magnitude()).data()));
    elbo.startLambda = measured.lambdaPerPpmPerMm();
    float[] sd = elbo.sdBelowFlat(prediction.sd());
    elbo.lambda(elbo.betterLambda(mu, sd, elbo.startLambda));
    likelihood.at(mu, sd);
    return elbo;
  }

  /** Standard deviations, at most those that the first prior alone leaves in a flat region. */
  float[] sdBelowFlat(float[] sd) {
    float most = (float) variation.flatSd(startLambda);
    float[] bounded = sd.clone();
    for (int i = 0; i < bounded.length; i++) {
      bounded[i] = Math.min(bounded[i], most);
    }
    return bounded;
  }

  int voxels() {
    return voxels;
  }

  double lambda() {
    return lambda;
  }

  RobustLikelihood likelihood() {
    return likelihood;
  }

  void lambda(double perPpmPerMm) {
    lambda = perPpmPerMm;
  }

  /**
   * The strength of the prior with the largest bound is {@code N / E[variation]}. A Gamma
   * distribution of mean {@code guess}, which counts as much as all voxels together, guards it.
   */
  double betterLambda(float[] mu, float[] sd, double guess) {
    return 2 * voxels / (variation.value(mu, sd) + voxels / guess);
  }

  /**
   * Curvature along a change of the means of a parabola that touches the bound and lies below it.
   *
   * @param response field of the change, after {@link RobustLikelihood#centre}
   */
  double curvatureAlong(float[] mu, float[] sd, float[] change, float[] response) {
    return likelihood.curvatureAlong(response) + lambda * variation.curvature(mu, sd, change);
  }

  /** The bound at {@code mu} and {@code sd}, ppm, both 0 outside the mask. */
  Terms at(float[] mu, float[] sd) {
    likelihood.at(mu, sd);
    return terms(mu, sd);
  }

  /** Adds the derivatives of the expected log prior with respect to the means. */
  void addPriorGradient(float[] mu, float[] sd, float[] byMu) {
    variation.addMeanGradient(mu, sd, -lambda, byMu);
  }

  /**
   * The bound where the likelihood stands: after {@link #at}, moved by {@link
   * RobustLikelihood#move}.
   */
  Terms terms(float[] mu, float[] sd) {
    boolean[] inside = mask.data();
    double entropy =
        Parallel.sum(
            sd.length,
            (from, to) -> {
              double sum = 0;
              for (int i = from; i < to; i++) {
                sum += inside[i] ? Math.log(sd[i]) : 0;
              }
              return sum;
            });
    return new Terms(
        entropy, likelihood.value(), voxels * Math.log(lambda) - lambda * variation.value(mu, sd));
  }
}
