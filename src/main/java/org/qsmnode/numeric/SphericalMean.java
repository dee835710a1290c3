package org.qsmnode.numeric;

import org.qsmnode.volume.Grid;

/**
 * Mean over a sphere around every voxel, the kernel of SHARP, V-SHARP and SMV filtering (Schweser
 * et al. 2011, doi:10.1016/j.neuroimage.2010.10.070). Voxels cut by the sphere count by the part of
 * them that lies inside. Beyond the grid data are 0. An instance serves one thread at a time.
 */
public final class SphericalMean {

  private static final int SUBSAMPLES = 20;

  private final Fourier fourier;
  private final float[] multiplier;

  /** A sphere of {@code radiusMm} on {@code grid}, padded so that nothing wraps around. */
  public SphericalMean(Grid grid, double radiusMm) {
    this(new Fourier(grid.dims(), padded(grid, radiusMm)), grid.voxelMm(), radiusMm);
  }

  /** A sphere on an existing transform, which must have padding of at least the radius. */
  public SphericalMean(Fourier fourier, double[] voxelMm, double radiusMm) {
    this.fourier = fourier;
    this.multiplier = fourier.multiplierOfImage(kernel(fourier.padded(), voxelMm, radiusMm));
  }

  /** Lengths with room for the sphere behind the data. */
  public static int[] padded(Grid grid, double radiusMm) {
    int[] lengths = grid.dims();
    double[] voxelMm = grid.voxelMm();
    for (int a = 0; a < 3; a++) {
      lengths[a] = GoodSizes.next(lengths[a] + (int) Math.ceil(radiusMm / voxelMm[a] + 0.5));
    }
    return lengths;
  }

  /** Mean of {@code in} over the sphere around each voxel; {@code out} may be the same array. */
  public void apply(float[] in, float[] out) {
    fourier.convolve(in, multiplier, out);
  }

  /** The transform in use. */
  public Fourier fourier() {
    return fourier;
  }

  /** Spectrum of the normalised sphere, shared, not copied. */
  public float[] multiplier() {
    return multiplier;
  }

  /** The normalised sphere, centre at index 0, negative offsets wrapped to the end; sum 1. */
  static float[] kernel(int[] n, double[] voxelMm, double radiusMm) {
    if (!(radiusMm > 0)) {
      throw new IllegalArgumentException("radiusMm must be positive");
    }
    int[] reach = new int[3];
    for (int a = 0; a < 3; a++) {
      reach[a] = (int) Math.ceil(radiusMm / voxelMm[a] + 0.5);
      if (n[a] > 1 && 2 * reach[a] + 1 > n[a]) {
        reach[a] = (n[a] - 1) / 2;
      }
      reach[a] = n[a] == 1 ? 0 : reach[a];
    }
    float[] kernel = new float[n[0] * n[1] * n[2]];
    double sum = 0;
    for (int z = -reach[2]; z <= reach[2]; z++) {
      for (int y = -reach[1]; y <= reach[1]; y++) {
        for (int x = -reach[0]; x <= reach[0]; x++) {
          double part = partInside(x, y, z, voxelMm, radiusMm);
          int i =
              Math.floorMod(x, n[0])
                  + n[0] * (Math.floorMod(y, n[1]) + n[1] * Math.floorMod(z, n[2]));
          kernel[i] = (float) part;
          sum += part;
        }
      }
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= (float) sum;
    }
    return kernel;
  }

  private static double partInside(int x, int y, int z, double[] h, double radiusMm) {
    double nearest = Math.sqrt(sq(x, h[0], -0.5) + sq(y, h[1], -0.5) + sq(z, h[2], -0.5));
    double farthest = Math.sqrt(sq(x, h[0], 0.5) + sq(y, h[1], 0.5) + sq(z, h[2], 0.5));
    if (nearest >= radiusMm) {
      return 0;
    }
    if (farthest <= radiusMm) {
      return 1;
    }
    int inside = 0;
    for (int c = 0; c < SUBSAMPLES; c++) {
      double pz = h[2] * (z - 0.5 + (c + 0.5) / SUBSAMPLES);
      for (int b = 0; b < SUBSAMPLES; b++) {
        double py = h[1] * (y - 0.5 + (b + 0.5) / SUBSAMPLES);
        double squared = radiusMm * radiusMm - py * py - pz * pz;
        for (int a = 0; a < SUBSAMPLES; a++) {
          double px = h[0] * (x - 0.5 + (a + 0.5) / SUBSAMPLES);
          inside += px * px <= squared ? 1 : 0;
        }
      }
    }
    return inside / (double) (SUBSAMPLES * SUBSAMPLES * SUBSAMPLES);
  }

  private static double sq(int offset, double h, double shift) {
    double distance = h * Math.max(0, Math.abs(offset) + shift);
    return distance * distance;
  }
}
