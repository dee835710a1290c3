package org.qsmnode.field.phase;

import org.qsmnode.field.data.Angles;
import org.qsmnode.field.data.Slices;
import org.qsmnode.numeric.ConjugateGradient;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.GoodSizes;
import org.qsmnode.numeric.Laplacian;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/**
 * Laplacian phase unwrapping (Schofield and Zhu, Opt Lett 2003, doi 10.1364/OL.28.001194): the
 * Laplacian of the true phase is known from the wrapped one, and Poisson's equation gives the phase
 * back.
 *
 * <p>Here the Laplacian is the sum of wrapped differences between neighbours inside the mask, so
 * that nothing flows through the rim (Neumann). The equation is the normal equation of least
 * squares (Ghiglia and Romero, J Opt Soc Am A 1994, doi 10.1364/JOSAA.11.000107). It is solved by
 * conjugate gradients with the Laplacian of a padded periodic block as preconditioner. Multiples of
 * 2 pi are then added to the wrapped phase to come nearest to the solution. So the result is
 * congruent with the wrapped phase.
 */
public final class LaplacianUnwrapping {

  private static final int STEPS = 100;
  private static final double TOLERANCE = 1e-3;

  /** Voxels added to the block that the preconditioner takes for periodic. */
  private static final int MARGIN = 4;

  private final Mask mask;
  private final Grid grid;
  private final int[] stride;
  private final double[] perSquareMm = new double[3];

  private LaplacianUnwrapping(Mask mask) {
    this.mask = mask;
    this.grid = mask.grid();
    this.stride = new int[] {1, grid.nx(), grid.nx() * grid.ny()};
    for (int a = 0; a < 3; a++) {
      perSquareMm[a] = 1 / (grid.voxelMm()[a] * grid.voxelMm()[a]);
    }
  }

  /**
   * Unwrapped copy of {@code wrapped} in radians, 0 outside the mask; parts that do not touch as in
   * {@link MaskParts#alignToLargest}.
   */
  public static float[] unwrap(Mask mask, float[] wrapped) {
    return new LaplacianUnwrapping(mask).unwrap(wrapped);
  }

  private float[] unwrap(float[] wrapped) {
    float[] source = new float[grid.size()];
    flow(wrapped, source, true);
    float[] smooth = solve(source);
    MaskParts parts = MaskParts.of(mask);
    parts.level(smooth, wrapped);
    float[] result = new float[grid.size()];
    for (int i = 0; i < result.length; i++) {
      if (mask.data()[i]) {
        result[i] = (float) Angles.nearest(wrapped[i], smooth[i]);
      }
    }
    parts.alignToLargest(result);
    return result;
  }

  private float[] solve(float[] source) {
    int[] padded = new int[3];
    for (int a = 0; a < 3; a++) {
      padded[a] = GoodSizes.next(grid.dims()[a] + MARGIN);
    }
    Fourier fourier = new Fourier(grid.dims(), padded);
    float[] inverse = Laplacian.sevenPointInverse(fourier, grid.voxelMm());
    ConjugateGradient solver =
        new ConjugateGradient(
            grid.size(),
            (in, out) -> flow(in, out, false),
            (in, out) -> {
              fourier.convolve(in, inverse, out);
              for (int i = 0; i < out.length; i++) {
                out[i] = mask.data()[i] ? -out[i] : 0;
              }
            });
    float[] smooth = new float[grid.size()];
    solver.solve(source, smooth, STEPS, TOLERANCE, step -> {});
    return smooth;
  }

  /** Minus the Laplacian of {@code in} inside the mask, its differences wrapped if asked. */
  private void flow(float[] in, float[] out, boolean wrap) {
    int[] dims = grid.dims();
    boolean[] inside = mask.data();
    Slices.each(
        grid.nz(),
        z -> {
          int[] at = {0, 0, z};
          int i = z * stride[2];
          for (at[1] = 0; at[1] < dims[1]; at[1]++) {
            for (at[0] = 0; at[0] < dims[0]; at[0]++, i++) {
              double sum = 0;
              for (int a = 0; a < 3 && inside[i]; a++) {
                double along = 0;
                if (at[a] > 0 && inside[i - stride[a]]) {
                  along += difference(in, i, i - stride[a], wrap);
                }
                if (at[a] + 1 < dims[a] && inside[i + stride[a]]) {
                  along += difference(in, i, i + stride[a], wrap);
                }
                sum += perSquareMm[a] * along;
              }
              out[i] = (float) sum;
            }
          }
        });
  }

  private static double difference(float[] values, int i, int j, boolean wrap) {
    double difference = values[i] - (double) values[j];
    return wrap ? Angles.wrap(difference) : difference;
  }
}
