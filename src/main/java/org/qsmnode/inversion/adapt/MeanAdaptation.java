package org.qsmnode.inversion.adapt;

import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.numeric.Parallel;

/**
 * Adapts the means of a posterior of independent voxels to one patient's field: {@code mu = start +
 * networkSd * z}, z with the prior {@code N(0, trust)}. So little moves where the network is sure
 * and much where it is not.
 *
 * <p>Conjugate gradients (Polak-Ribiere) maximise the bound of {@link Elbo} plus the log of that
 * prior. Each step goes to the top of a parabola that touches the bound and lies below it, so no
 * step makes it worse.
 */
final class MeanAdaptation {

  private final PdiInputs inputs;
  private final Elbo elbo;
  private final double trust;
  private final float[] sd;
  private final float[] networkSd;
  private final float[] mu;
  private final float[] z;
  private final float[] direction;
  private final float[] gradient;
  private final float[] before;
  private final float[] change;
  private final float[] response;
  private double squaredBefore;

  /**
   * Starts at {@code start}.
   *
   * @param sd standard deviations of the posterior in the bound, ppm
   * @param networkSd standard deviations that the network claims, ppm; 0 where nothing may move
   * @param trust variance of the prior in units of the network's own
   */
  MeanAdaptation(
      PdiInputs inputs, Elbo elbo, float[] start, float[] sd, float[] networkSd, double trust) {
    this.inputs = inputs;
    this.elbo = elbo;
    this.trust = trust;
    this.sd = sd;
    this.networkSd = networkSd;
    mu = start.clone();
    z = new float[mu.length];
    direction = new float[mu.length];
    gradient = new float[mu.length];
    before = new float[mu.length];
    change = new float[mu.length];
    response = new float[mu.length];
    elbo.at(mu, sd);
  }

  /** The adapted means, shared. */
  float[] mu() {
    return mu;
  }

  /** Log density of the means under the network's posterior, without constants. */
  double anchor() {
    return -0.5 * Parallel.dot(z, z) / trust;
  }

  /** One step; returns the bound before it. */
  Elbo.Terms step() {
    elbo.likelihood().pull(change);
    inputs.dipole().apply(change, change);
    elbo.addPriorGradient(mu, sd, change);
    MaskedMap.centre(change, inputs.mask());
    Elbo.Terms terms = elbo.terms(mu, sd);
    double across = 0;
    double squared = 0;
    for (int i = 0; i < z.length; i++) {
      gradient[i] = networkSd[i] * change[i] - (float) (z[i] / trust);
      across += (double) gradient[i] * (gradient[i] - before[i]);
      squared += (double) gradient[i] * gradient[i];
      before[i] = gradient[i];
    }
    double beta = squaredBefore > 0 ? Math.max(0, across / squaredBefore) : 0;
    squaredBefore = squared;
    double uphill = 0;
    for (int i = 0; i < z.length; i++) {
      direction[i] = gradient[i] + (float) beta * direction[i];
      uphill += (double) direction[i] * gradient[i];
      change[i] = networkSd[i] * direction[i];
    }
    MaskedMap.centre(change, inputs.mask());
    inputs.dipole().apply(change, response);
    elbo.likelihood().centre(response);
    double curvature =
        elbo.curvatureAlong(mu, sd, change, response) + Parallel.dot(direction, direction) / trust;
    float step = curvature > 0 ? (float) (uphill / curvature) : 0;
    elbo.likelihood().move(step, response);
    for (int i = 0; i < z.length; i++) {
      z[i] += step * direction[i];
      mu[i] += step * change[i];
    }
    return terms;
  }
}
