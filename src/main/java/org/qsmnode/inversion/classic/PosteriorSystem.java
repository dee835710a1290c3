package org.qsmnode.inversion.classic;

import java.util.function.IntConsumer;
import org.qsmnode.inversion.data.SourceSpace;
import org.qsmnode.numeric.ConjugateGradient;
import org.qsmnode.numeric.Parallel;
import org.qsmnode.numeric.SeededRandom;

/**
 * The linear system of the posterior: {@code (A' V A + Q) chi = A' V f} with the prior's precision
 * Q. Noise precision V is W^2 without its weighted mean, so that a constant added to the field
 * changes nothing. Such a constant depends on the frequency of the transmitter and on sources far
 * away.
 */
final class PosteriorSystem {

  private static final double MEAN_SQUARED_KERNEL = 4.0 / 45;

  private final SourceSpace space;
  private final SourcePrior prior;
  private final float[] weight;
  private final double weightSquared;
  private final float[] diagonal;
  private final float[] field;
  private final ConjugateGradient solver;

  /**
   * A system for given noise and prior.
   *
   * @param weight inverse standard deviation of the noise in 1/ppm per voxel of the box
   */
  PosteriorSystem(SourceSpace space, SourcePrior prior, float[] weight) {
    this.space = space;
    this.prior = prior;
    this.weight = weight;
    weightSquared = Parallel.dot(weight, weight);
    field = new float[weight.length];
    double places = space.size();
    diagonal = prior.diagonal((float) (2 * MEAN_SQUARED_KERNEL * weightSquared / places));
    solver = new ConjugateGradient(space.size(), this::precision, this::precondition);
  }

  private void precondition(float[] in, float[] out) {
    Parallel.run(
        in.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            out[i] = in[i] / diagonal[i];
          }
        });
  }

  /** out = (A' V A + Q) in. */
  void precision(float[] in, float[] out) {
    space.field(in, field);
    whiten(field);
    project(field);
    space.adjoint(field, out);
    prior.addPrecision(in, out);
  }

  private void whiten(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= weight[i];
    }
  }

  /** Takes the direction of a constant field out of whitened values and weights them once more. */
  private void project(float[] whitened) {
    float along = weightSquared > 0 ? (float) (Parallel.dot(whitened, weight) / weightSquared) : 0;
    Parallel.run(
        whitened.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            whitened[i] = weight[i] * (whitened[i] - along * weight[i]);
          }
        });
  }

  /** Posterior mean for a field in ppm; {@code chi} is start and result. */
  ConjugateGradient.Outcome mean(
      float[] fieldPpm, float[] chi, int iterations, double tolerance, IntConsumer step) {
    float[] right = new float[chi.length];
    System.arraycopy(fieldPpm, 0, field, 0, field.length);
    whiten(field);
    project(field);
    space.adjoint(field, right);
    return solver.solve(right, chi, iterations, tolerance, step);
  }

  /**
   * A draw from the posterior around zero (Papandreou and Yuille 2010, perturb and optimise);
   * {@code chi} is start and result.
   */
  ConjugateGradient.Outcome draw(
      SeededRandom random, float[] chi, int iterations, double tolerance, IntConsumer step) {
    float[] right = new float[chi.length];
    random.fillGaussian(field);
    project(field);
    space.adjoint(field, right);
    prior.addPrecisionNoise(random, right, new float[chi.length]);
    return solver.solve(right, chi, iterations, tolerance, step);
  }

  /** Sum over the box of (W (A chi - field))^2 without the weighted mean. */
  double misfit(float[] chi, float[] fieldPpm) {
    space.field(chi, field);
    for (int i = 0; i < field.length; i++) {
      field[i] = weight[i] * (field[i] - fieldPpm[i]);
    }
    double along = Parallel.dot(field, weight);
    return Parallel.dot(field, field) - (weightSquared > 0 ? along * along / weightSquared : 0);
  }
}
