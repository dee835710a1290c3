package org.qsmnode.numeric;

import java.util.function.IntConsumer;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/**
 * The Laplace operator in 1/mm^2: by Fourier transform on a periodic block, and by seven points
 * inside a mask with given values around it.
 */
public final class Laplacian {

  private Laplacian() {}

  /** Multiplier -4 pi^2 |f|^2 of the exact Laplacian of a periodic block. */
  public static float[] spectral(Fourier fourier, double[] voxelMm) {
    return fourier.multiplier((kx, ky, kz) -> continuous(fourier.padded(), voxelMm, kx, ky, kz));
  }

  /** Multiplier that inverts {@link #spectral}; 0 at frequency zero. */
  public static float[] spectralInverse(Fourier fourier, double[] voxelMm) {
    int[] n = fourier.padded();
    return fourier.multiplier(
        (kx, ky, kz) -> kx == 0 && ky == 0 && kz == 0 ? 0 : 1 / continuous(n, voxelMm, kx, ky, kz));
  }

  /** Multiplier of the seven-point Laplacian of a periodic block. */
  public static float[] sevenPoint(Fourier fourier, double[] voxelMm) {
    int[] n = fourier.padded();
    return fourier.multiplier((kx, ky, kz) -> discrete(n, voxelMm, kx, ky, kz));
  }

  /** Multiplier that inverts {@link #sevenPoint}; 0 at frequency zero. */
  public static float[] sevenPointInverse(Fourier fourier, double[] voxelMm) {
    int[] n = fourier.padded();
    return fourier.multiplier(
        (kx, ky, kz) -> kx == 0 && ky == 0 && kz == 0 ? 0 : 1 / discrete(n, voxelMm, kx, ky, kz));
  }

  private static double continuous(int[] n, double[] voxelMm, int kx, int ky, int kz) {
    double fx = kx / (n[0] * voxelMm[0]);
    double fy = ky / (n[1] * voxelMm[1]);
    double fz = kz / (n[2] * voxelMm[2]);
    return -4 * Math.PI * Math.PI * (fx * fx + fy * fy + fz * fz);
  }

  private static double discrete(int[] n, double[] voxelMm, int kx, int ky, int kz) {
    return along(n[0], voxelMm[0], kx) + along(n[1], voxelMm[1], ky) + along(n[2], voxelMm[2], kz);
  }

  private static double along(int n, double h, int k) {
    double sine = Math.sin(Math.PI * k / n);
    return -4 * sine * sine / (h * h);
  }

  /** Seven-point Laplacian on a whole grid; values beyond the edge are those of the edge. */
  public static void apply(Grid grid, float[] in, float[] out) {
    sevenPoints(grid, Mask.full(grid).data(), in, out, true);
  }

  /**
   * Solves Laplacian(u) = {@code source} at the voxels of {@code interior}, u given at all others
   * (Dirichlet); beyond the grid u is 0.
   *
   * @param u boundary values outside {@code interior} and a start inside; the solution on return
   * @param step told the number of iterations done
   */
  public static ConjugateGradient.Outcome solveDirichlet(
      Mask interior,
      float[] source,
      float[] u,
      int maxIterations,
      double tolerance,
      IntConsumer step) {
    Grid grid = interior.grid();
    boolean[] inside = interior.data();
    float[] rest = u.clone();
    float[] start = new float[u.length];
    for (int i = 0; i < u.length; i++) {
      if (inside[i]) {
        rest[i] = 0;
        start[i] = u[i];
      }
    }
    float[] right = new float[u.length];
    sevenPoints(grid, inside, rest, right, false);
    for (int i = 0; i < u.length; i++) {
      right[i] = inside[i] ? right[i] - source[i] : 0;
    }
    ConjugateGradient solver =
        new ConjugateGradient(
            u.length,
            (in, out) -> {
              sevenPoints(grid, inside, in, out, false);
              for (int i = 0; i < out.length; i++) {
                out[i] = -out[i];
              }
            },
            null);
    ConjugateGradient.Outcome outcome = solver.solve(right, start, maxIterations, tolerance, step);
    for (int i = 0; i < u.length; i++) {
      if (inside[i]) {
        u[i] = start[i];
      }
    }
    return outcome;
  }

  /** Seven points where {@code inside}, 0 elsewhere. */
  private static void sevenPoints(
      Grid grid, boolean[] inside, float[] in, float[] out, boolean replicate) {
    int nx = grid.nx();
    int ny = grid.ny();
    int plane = nx * ny;
    float wx = (float) (1 / (grid.dxMm() * grid.dxMm()));
    float wy = (float) (1 / (grid.dyMm() * grid.dyMm()));
    float wz = (float) (1 / (grid.dzMm() * grid.dzMm()));
    Parallel.run(
        grid.nz(),
        (from, to) -> {
          for (int z = from, i = from * plane; z < to; z++) {
            for (int y = 0; y < ny; y++) {
              for (int x = 0; x < nx; x++, i++) {
                if (!inside[i]) {
                  out[i] = 0;
                  continue;
                }
                float edge = replicate ? in[i] : 0;
                float dx = (x > 0 ? in[i - 1] : edge) + (x + 1 < nx ? in[i + 1] : edge);
                float dy = (y > 0 ? in[i - nx] : edge) + (y + 1 < ny ? in[i + nx] : edge);
                float dz =
                    (z > 0 ? in[i - plane] : edge) + (z + 1 < grid.nz() ? in[i + plane] : edge);
                out[i] = wx * (dx - 2 * in[i]) + wy * (dy - 2 * in[i]) + wz * (dz - 2 * in[i]);
              }
            }
          }
        });
  }
}
