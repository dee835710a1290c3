package org.qsmnode.field.background;

import java.util.function.DoubleConsumer;
import org.qsmnode.field.data.Slices;
import org.qsmnode.numeric.ConjugateGradient;
import org.qsmnode.numeric.Laplacian;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/**
 * The harmonic function with given values around a set of voxels, by a seven-point Laplacian.
 * Conjugate gradients start from the solution on voxels twice as large, and so on down (cascadic
 * multigrid, Bornemann and Deuflhard 1996, doi:10.1007/s002110050234).
 */
final class HarmonicFill {

  private static final int SMALLEST = 8;
  private static final int ITERATIONS = 500;

  private HarmonicFill() {}

  /**
   * Solves in place.
   *
   * @param free voxels to fill
   * @param mask voxels with a value, {@code free} and all its neighbours among them
   * @param u values outside {@code free}; all values on return
   * @param tolerance residual at which to stop, relative to what the given values contribute
   */
  static ConjugateGradient.Outcome solve(
      Mask free, Mask mask, float[] u, double tolerance, DoubleConsumer progress) {
    Grid grid = mask.grid();
    if (Math.min(grid.nx(), Math.min(grid.ny(), grid.nz())) >= 2 * SMALLEST) {
      Coarse coarse = new Coarse(free, mask, u);
      solve(coarse.free, coarse.mask, coarse.u, tolerance, share -> {});
      coarse.startFor(free, u);
    }
    return Laplacian.solveDirichlet(
        free,
        new float[u.length],
        u,
        ITERATIONS,
        tolerance,
        k -> progress.accept((double) k / ITERATIONS));
  }

  /** The problem on blocks of two voxels along each axis; a block with given values is given. */
  private static final class Coarse {
    private final Grid fine;
    private final Grid grid;
    private final Mask mask;
    private final Mask free;
    private final float[] u;

    Coarse(Mask fineFree, Mask fineMask, float[] fineU) {
      fine = fineMask.grid();
      grid =
          new Grid(
              (fine.nx() + 1) / 2,
              (fine.ny() + 1) / 2,
              (fine.nz() + 1) / 2,
              2 * fine.dxMm(),
              2 * fine.dyMm(),
              2 * fine.dzMm(),
              fine.orientation());
      boolean[] any = new boolean[grid.size()];
      int[] given = new int[grid.size()];
      u = new float[grid.size()];
      for (int z = 0, i = 0; z < fine.nz(); z++) {
        for (int y = 0; y < fine.ny(); y++) {
          for (int x = 0; x < fine.nx(); x++, i++) {
            if (fineMask.data()[i]) {
              int c = grid.index(x / 2, y / 2, z / 2);
              any[c] = true;
              if (!fineFree.data()[i]) {
                given[c]++;
                u[c] += fineU[i];
              }
            }
          }
        }
      }
      boolean[] unknown = new boolean[grid.size()];
      for (int c = 0; c < unknown.length; c++) {
        unknown[c] = any[c] && given[c] == 0;
        u[c] = given[c] > 0 ? u[c] / given[c] : 0;
      }
      mask = new Mask(grid, any);
      free = new Mask(grid, unknown);
    }

    /** Linear interpolation between block centres that lie in the mask. */
    void startFor(Mask fineFree, float[] fineU) {
      Slices.each(
          fine.nz(),
          z -> {
            for (int y = 0, i = fine.index(0, 0, z); y < fine.ny(); y++) {
              for (int x = 0; x < fine.nx(); x++, i++) {
                if (fineFree.data()[i]) {
                  fineU[i] = at(x, y, z);
                }
              }
            }
          });
    }

    private float at(int x, int y, int z) {
      double sum = 0;
      double weights = 0;
      for (int corner = 0; corner < 8; corner++) {
        int cx = x / 2 + (corner & 1) * (x % 2 == 0 ? -1 : 1);
        int cy = y / 2 + (corner >> 1 & 1) * (y % 2 == 0 ? -1 : 1);
        int cz = z / 2 + (corner >> 2) * (z % 2 == 0 ? -1 : 1);
        if (grid.contains(cx, cy, cz) && mask.at(cx, cy, cz)) {
          double weight = Math.pow(3, 3 - Integer.bitCount(corner));
          weights += weight;
          sum += weight * u[grid.index(cx, cy, cz)];
        }
      }
      return (float) (sum / weights);
    }
  }
}
