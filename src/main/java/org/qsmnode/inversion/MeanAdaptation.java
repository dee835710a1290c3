package org.qsmnode.inversion;

import org.qsmnode.numeric.Parallel;

/**
 * Adapts the means of a posterior to one patient's field: mu = start + G (sd * z), z with the prior
 * N(0, trust) that the network's own standard deviation and {@link PosteriorSpectrum} stand for, so
 * that little moves where the network is sure and much where it is not.
 *
 * <p>Maximises the bound of {@link Elbo} plus the log of that prior by conjugate gradients
 * (Polak-Ribiere) with steps to the top of a parabola that touches the bound and lies below it, so
 * no step makes it worse.
 */
final class MeanAdaptation {

  private final PdiInputs inputs;
  private final Elbo elbo;
  private final PosteriorSpectrum spectrum;
  private final double trust;
  private final float[] sd;
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
   * @param trust variance of the prior in units of the network's own
   */
  MeanAdaptation(
      PdiInputs inputs,
      Elbo elbo,
      PosteriorSpectrum spectrum,
      float[] start,
      float[] sd,
      double trust) {
    this.inputs = inputs;
    this.elbo = elbo;
    this.spectrum = spectrum;
    this.trust = trust;
    this.sd = sd;
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
    Elbo.Terms terms = elbo.meansAt(mu, sd, change);
    MaskedMap.reference(change, inputs.mask());
    spectrum.filter(change, gradient);
    double across = 0;
    double squared = 0;
    for (int i = 0; i < z.length; i++) {
      gradient[i] = sd[i] * gradient[i] - (float) (z[i] / trust);
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
      change[i] = sd[i] * direction[i];
    }
    spectrum.filter(change, change);
    MaskedMap.reference(change, inputs.mask());
    elbo.likelihood().response(change, response);
    double curvature =
        elbo.curvatureAlong(mu, sd, change, response) + Parallel.dot(direction, direction) / trust;
    double step = curvature > 0 ? uphill / curvature : 0;
    elbo.likelihood().move(step, response);
    for (int i = 0; i < z.length; i++) {
      z[i] += (float) (step * direction[i]);
      mu[i] += (float) (step * change[i]);
    }
    return terms;
  }
}
