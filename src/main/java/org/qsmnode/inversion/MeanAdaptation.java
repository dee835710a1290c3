package org.qsmnode.inversion;

import org.qsmnode.numeric.Parallel;

/**
 * Adapts the means of a posterior of independent voxels to one patient's field: mu = start +
 * networkSd * z, z with the prior N(0, trust), so that little moves where the network is sure and
 * much where it is not. Sources outside the mask with a prior of their own, at their most probable
 * values, take up what background removal left.
 *
 * <p>Maximises the bound of {@link Elbo} plus the logs of those priors by conjugate gradients
 * (Polak-Ribiere) with steps to the top of a parabola that touches the bound and lies below it, so
 * no step makes it worse.
 */
final class MeanAdaptation {

  private final PdiInputs inputs;
  private final Elbo elbo;
  private final SourceSpace space;
  private final double trust;
  private final float[] sd;
  private final float[] networkSd;
  private final float[] mu;
  private final Unknowns inside;
  private final Unknowns outside;

  /** Standard deviation of sources outside the mask, 0 at places of the mask. */
  private final float[] outsideSd;

  private final float[] change;
  private final float[] everywhere;
  private final float[] response;
  private double squaredBefore;

  /** Standardised values with what conjugate gradients remember of them. */
  private static final class Unknowns {
    private final float[] value;
    private final float[] direction;
    private final float[] gradient;
    private final float[] before;

    Unknowns(int size) {
      value = new float[size];
      direction = new float[size];
      gradient = new float[size];
      before = new float[size];
    }

    /** Takes {@code uphill} less the pull of the prior as gradient; {across, squared}. */
    double[] turn(float[] scale, float[] uphill, double precision) {
      double across =
          Parallel.sum(
              value.length,
              (from, to) -> {
                double sum = 0;
                for (int i = from; i < to; i++) {
                  gradient[i] = scale[i] * uphill[i] - (float) (precision * value[i]);
                  sum += (double) gradient[i] * (gradient[i] - before[i]);
                  before[i] = gradient[i];
                }
                return sum;
              });
      return new double[] {across, Parallel.dot(gradient, gradient)};
    }

    /** Next direction; returns how steep it is. */
    double follow(float beta) {
      Parallel.run(
          value.length,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              direction[i] = gradient[i] + beta * direction[i];
            }
          });
      return Parallel.dot(direction, gradient);
    }

    void move(float step) {
      for (int i = 0; i < value.length; i++) {
        value[i] += step * direction[i];
      }
    }
  }

  /**
   * Starts at {@code start}.
   *
   * @param sd standard deviations of the posterior in the bound, ppm
   * @param networkSd standard deviations that the network claims, ppm
   * @param trust variance of the prior in units of the network's own
   * @param outsideSdPpm standard deviation of sources outside the mask, ppm per voxel
   */
  MeanAdaptation(
      PdiInputs inputs,
      Elbo elbo,
      SourceSpace space,
      float[] start,
      float[] sd,
      float[] networkSd,
      double trust,
      double outsideSdPpm) {
    this.inputs = inputs;
    this.elbo = elbo;
    this.space = space;
    this.trust = trust;
    this.sd = sd;
    this.networkSd = networkSd;
    mu = start.clone();
    inside = new Unknowns(mu.length);
    outside = new Unknowns(space.size());
    boolean[] places = space.embed(inputs.mask());
    outsideSd = new float[space.size()];
    for (int i = 0; i < outsideSd.length; i++) {
      outsideSd[i] = places[i] ? 0 : (float) outsideSdPpm;
    }
    change = new float[mu.length];
    everywhere = new float[space.size()];
    response = new float[mu.length];
    elbo.at(mu, sd);
  }

  /** The adapted means, shared. */
  float[] mu() {
    return mu;
  }

  /** Log density of means and outside sources under their priors, without constants. */
  double anchor() {
    return -0.5 * Parallel.dot(inside.value, inside.value) / trust
        - 0.5 * Parallel.dot(outside.value, outside.value);
  }

  /** One step; returns the bound before it. */
  Elbo.Terms step() {
    elbo.likelihood().pull(change);
    space.adjoint(change, everywhere);
    float[] byMu = space.crop(everywhere);
    Elbo.Terms terms = elbo.terms(mu, sd);
    elbo.addPriorGradient(mu, sd, byMu);
    MaskedMap.reference(byMu, inputs.mask());
    double[] in = inside.turn(networkSd, byMu, 1 / trust);
    double[] out = outside.turn(outsideSd, everywhere, 1);
    double beta = squaredBefore > 0 ? Math.max(0, (in[0] + out[0]) / squaredBefore) : 0;
    squaredBefore = in[1] + out[1];
    double uphill = inside.follow((float) beta) + outside.follow((float) beta);
    spread();
    space.field(everywhere, response);
    elbo.likelihood().centre(response);
    double curvature =
        elbo.curvatureAlong(mu, sd, change, response)
            + Parallel.dot(inside.direction, inside.direction) / trust
            + Parallel.dot(outside.direction, outside.direction);
    float step = curvature > 0 ? (float) (uphill / curvature) : 0;
    elbo.likelihood().move(step, response);
    inside.move(step);
    outside.move(step);
    for (int i = 0; i < mu.length; i++) {
      mu[i] += step * change[i];
    }
    return terms;
  }

  /** From directions to the change of the means and of all sources. */
  private void spread() {
    for (int i = 0; i < change.length; i++) {
      change[i] = networkSd[i] * inside.direction[i];
    }
    MaskedMap.reference(change, inputs.mask());
    float[] placed = space.embed(change);
    for (int i = 0; i < everywhere.length; i++) {
      everywhere[i] = placed[i] + outsideSd[i] * outside.direction[i];
    }
  }
}
