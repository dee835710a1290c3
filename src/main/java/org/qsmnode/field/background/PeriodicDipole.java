package org.qsmnode.field.background;

import org.qsmnode.numeric.DipoleKernel;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.volume.Vector3;

/**
 * Field of point dipoles at voxel centres that repeat with the period of the transform, sampled at
 * voxel centres. Unlike the kernel sampled in k-space it does not ring: away from the dipoles it is
 * harmonic.
 *
 * <p>The sum over all periods is split as in Ewald's method. One term is the field of Gaussian
 * blobs, which k-space holds without loss; the other, the difference between point and blob, is
 * short.
 */
final class PeriodicDipole {

  /** Width of the blob in the largest voxel edge; k-space then ends at exp(-8) of its middle. */
  private static final double BLOB = 1.3;

  private static final double REACH = 5;

  private PeriodicDipole() {}

  /** Factors for {@link Fourier#convolve}; susceptibility to relative field, same unit. */
  static float[] multiplier(Fourier fourier, double[] voxelMm, Vector3 b0) {
    int[] n = fourier.padded();
    double sigma = BLOB * Math.max(voxelMm[0], Math.max(voxelMm[1], voxelMm[2]));
    float[] near = new float[n[0] * n[1] * n[2]];
    int[] reach = new int[3];
    for (int a = 0; a < 3; a++) {
      reach[a] = Math.min((int) Math.ceil(REACH * sigma / voxelMm[a]), (n[a] - 1) / 2);
    }
    double volume = voxelMm[0] * voxelMm[1] * voxelMm[2];
    for (int z = -reach[2]; z <= reach[2]; z++) {
      for (int y = -reach[1]; y <= reach[1]; y++) {
        for (int x = -reach[0]; x <= reach[0]; x++) {
          double rx = x * voxelMm[0];
          double ry = y * voxelMm[1];
          double rz = z * voxelMm[2];
          int i =
              Math.floorMod(x, n[0])
                  + n[0] * (Math.floorMod(y, n[1]) + n[1] * Math.floorMod(z, n[2]));
          near[i] = (float) (volume * pointLessBlob(rx, ry, rz, b0, sigma));
        }
      }
    }
    float[] result = fourier.multiplierOfImage(near);
    float[] far =
        fourier.multiplier(
            (kx, ky, kz) -> {
              double fx = kx / (n[0] * voxelMm[0]);
              double fy = ky / (n[1] * voxelMm[1]);
              double fz = kz / (n[2] * voxelMm[2]);
              double squared = 4 * Math.PI * Math.PI * (fx * fx + fy * fy + fz * fz);
              return DipoleKernel.value(fx, fy, fz, b0) * Math.exp(-0.5 * sigma * sigma * squared);
            });
    for (int i = 0; i < result.length; i++) {
      result[i] += far[i];
    }
    return result;
  }

  /** Field per unit volume of a point dipole minus that of a Gaussian blob; 0 at the centre. */
  private static double pointLessBlob(double rx, double ry, double rz, Vector3 b0, double sigma) {
    double squared = rx * rx + ry * ry + rz * rz;
    if (squared == 0) {
      return 0;
    }
    double r = Math.sqrt(squared);
    double u = r / (Math.sqrt(2) * sigma);
    double gauss = Math.exp(-u * u);
    double density = gauss / Math.pow(2 * Math.PI * sigma * sigma, 1.5);
    double along = rx * b0.x() + ry * b0.y() + rz * b0.z();
    double angular = 3 * along * along / squared - 1;
    double slope =
        complementaryError(u, gauss) / (4 * Math.PI * r * squared)
            + 2 / Math.sqrt(Math.PI) * gauss / (Math.sqrt(2) * sigma) / (4 * Math.PI * squared);
    return angular * (slope + density / 3);
  }

  /** erfc(u) for u >= 0 to 1.5e-7 (Abramowitz and Stegun 7.1.26). */
  private static double complementaryError(double u, double gauss) {
    double t = 1 / (1 + 0.3275911 * u);
    return gauss
        * t
        * (0.254829592
            + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  }
}
