package org.qsmnode.field.background;

import java.util.Locale;
import java.util.function.DoubleConsumer;
import org.qsmnode.field.data.TotalField;
import org.qsmnode.numeric.ConjugateGradient;
import org.qsmnode.numeric.Fourier;

/**
 * Projection onto dipole fields that lets sources inside the mask explain the field too. Both kinds
 * are fitted at once, with a Gaussian prior that keeps the inner ones as small as tissue is. Only
 * the field of the outer ones is taken away.
 *
 * <p>{@link DipoleProjection} has to explain a local field near the rim by outside sources, because
 * it knows no others. This fit shares the field out by how likely each source is. It is the linear
 * model of total-field inversion (Liu et al. 2017, doi:10.1002/mrm.26331) used for the background
 * alone. Boundary conditions are those of {@link DipoleProjection}: a periodic box that reaches
 * beyond the image, a free constant.
 */
public final class JointProjection implements BackgroundRemoval {

  /** Spread of the outer sources, ppm; the surface of a brain in air needs no more in a shell. */
  private static final double OUTER_PPM = 1;

  /** Spread of what no dipole explains, ppm: the field varies within voxels near air. */
  private static final double MODEL_ERROR_PPM = 0.005;

  private final double marginMm;
  private final int iterations;
  private final double tolerance;
  private final double innerPpm;

  /**
   * A projection.
   *
   * @param innerPpm standard deviation of the susceptibility inside the mask
   */
  public JointProjection(double marginMm, int iterations, double tolerance, double innerPpm) {
    this.marginMm = marginMm;
    this.iterations = iterations;
    this.tolerance = tolerance;
    this.innerPpm = innerPpm;
  }

  @Override
  public String name() {
    return "joint";
  }

  @Override
  public String parameters() {
    return String.format(
        Locale.ROOT,
        "marginMm=%s iterations=%d tolerance=%s innerPpm=%s",
        marginMm,
        iterations,
        tolerance,
        innerPpm);
  }

  @Override
  public Result remove(TotalField total, DoubleConsumer progress) {
    DipoleProjection.Box box = DipoleProjection.Box.around(total.mask(), marginMm);
    Fourier fourier = new Fourier(box.nx, box.ny, box.nz);
    float[] kernel = PeriodicDipole.multiplier(fourier, total.grid().voxelMm(), total.b0());
    float[] weights = box.cut(total.inverseVariances(MODEL_ERROR_PPM));
    boolean[] inside = box.cut(total.mask().data());
    float[] spread = new float[inside.length];
    for (int i = 0; i < spread.length; i++) {
      spread[i] = (float) (inside[i] ? innerPpm : OUTER_PPM);
    }
    double weightSum = DipoleProjection.sum(weights);
    float[] field = box.cut(total.ppm());
    float[] work = new float[field.length];
    float[] right = new float[field.length];
    DipoleProjection.weigh(field, weights, weightSum, right);
    fourier.convolve(right, kernel, right);
    multiply(right, spread, right);
    ConjugateGradient solver =
        new ConjugateGradient(
            field.length,
            (in, out) -> {
              multiply(in, spread, work);
              fourier.convolve(work, kernel, out);
              DipoleProjection.weigh(out, weights, weightSum, out);
              fourier.convolve(out, kernel, out);
              for (int i = 0; i < out.length; i++) {
                out[i] = in[i] + spread[i] * out[i];
              }
            },
            null);
    float[] sources = new float[field.length];
    ConjugateGradient.Outcome outcome =
        solver.solve(
            right, sources, iterations, tolerance, k -> progress.accept((double) k / iterations));
    multiply(sources, spread, sources);
    DipoleProjection.clear(sources, inside);
    fourier.convolve(sources, kernel, work);
    return new Result(
        box.local(field, work, weights, inside),
        total.mask(),
        String.format(
            Locale.ROOT,
            "Background field by projection onto dipole fields, sources inside fitted along: %d"
                + " iterations, relative residual %.3f, box %dx%dx%d.",
            outcome.iterations(),
            outcome.relativeResidual(),
            box.nx,
            box.ny,
            box.nz));
  }

  private static void multiply(float[] a, float[] b, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] * b[i];
    }
  }
}
