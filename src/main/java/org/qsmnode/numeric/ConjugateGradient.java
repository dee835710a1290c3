package org.qsmnode.numeric;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Preconditioned conjugate gradients for a symmetric positive definite operator (Hestenes and
 * Stiefel 1952, doi:10.6028/jres.049.044). Vectors are float, inner products double; work arrays
 * are kept between solutions.
 */
public final class ConjugateGradient {

  private final LinearOperator operator;
  private final @Nullable LinearOperator preconditioner;
  private final float[] residual;
  private final float[] direction;
  private final float[] image;

  /**
   * How a solution ended.
   *
   * @param iterations steps done
   * @param relativeResidual norm of the residual over that of the right-hand side
   * @param converged whether the tolerance was reached
   */
  public record Outcome(int iterations, double relativeResidual, boolean converged) {}

  /**
   * A solver for vectors of {@code size}.
   *
   * @param preconditioner approximate inverse, symmetric positive definite; null for none
   */
  public ConjugateGradient(
      int size, LinearOperator operator, @Nullable LinearOperator preconditioner) {
    this.operator = operator;
    this.preconditioner = preconditioner;
    residual = new float[size];
    direction = new float[size];
    image = new float[size];
  }

  /**
   * Improves {@code x} until the residual is below {@code tolerance} times the right-hand side.
   *
   * @param x start on entry, solution on return
   * @param step told the number of steps done after each
   */
  public Outcome solve(
      float[] rightHandSide, float[] x, int maxIterations, double tolerance, IntConsumer step) {
    double scale = Math.sqrt(Parallel.dot(rightHandSide, rightHandSide));
    if (scale == 0) {
      Arrays.fill(x, 0);
      return new Outcome(0, 0, true);
    }
    operator.apply(x, image);
    combine(residual, rightHandSide, -1, image);
    double rho = precondition();
    System.arraycopy(image, 0, direction, 0, image.length);
    double norm = Math.sqrt(Parallel.dot(residual, residual));
    int iteration = 0;
    while (norm > tolerance * scale && iteration < maxIterations) {
      operator.apply(direction, image);
      double curvature = Parallel.dot(direction, image);
      if (!(curvature > 0)) {
        break;
      }
      double alpha = rho / curvature;
      combine(x, x, alpha, direction);
      combine(residual, residual, -alpha, image);
      double next = precondition();
      combine(direction, image, next / rho, direction);
      rho = next;
      norm = Math.sqrt(Parallel.dot(residual, residual));
      step.accept(++iteration);
    }
    return new Outcome(iteration, norm / scale, norm <= tolerance * scale);
  }

  /** Leaves the preconditioned residual in {@code image}. */
  private double precondition() {
    if (preconditioner == null) {
      System.arraycopy(residual, 0, image, 0, residual.length);
    } else {
      preconditioner.apply(residual, image);
    }
    return Parallel.dot(residual, image);
  }

  /** out = a + factor * b, voxel by voxel. */
  private static void combine(float[] out, float[] a, double factor, float[] b) {
    float f = (float) factor;
    Parallel.run(
        out.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            out[i] = a[i] + f * b[i];
          }
        });
  }
}
