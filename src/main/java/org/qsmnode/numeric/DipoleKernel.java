package org.qsmnode.numeric;

import org.qsmnode.volume.Vector3;

/**
 * The unit dipole response that links susceptibility to the relative field along the main field.
 *
 * <p>Source: Marques and Bowtell 2005, doi:10.1002/cmr.b.20034; Salomir et al. 2003,
 * doi:10.1002/cmr.b.10083.
 */
public final class DipoleKernel {

  private static final int NEAR_VOXELS = 12;

  private DipoleKernel() {}

  /**
   * The kernel at spatial frequency (fx, fy, fz) in 1/mm: 1/3 - (f.b)^2 / |f|^2, and 0 at frequency
   * zero.
   *
   * @param b0 unit vector of the main field in voxel axes
   */
  public static double value(double fx, double fy, double fz, Vector3 b0) {
    double squared = fx * fx + fy * fy + fz * fz;
    if (squared == 0) {
      return 0;
    }
    double along = fx * b0.x() + fy * b0.y() + fz * b0.z();
    return 1.0 / 3 - along * along / squared;
  }

  /** The analytic kernel sampled for a transform of voxels of {@code voxelMm}. */
  public static float[] spectral(Fourier fourier, double[] voxelMm, Vector3 b0) {
    int[] n = fourier.padded();
    Vector3 b = b0.unit();
    return fourier.multiplier(
        (kx, ky, kz) ->
            value(kx / (n[0] * voxelMm[0]), ky / (n[1] * voxelMm[1]), kz / (n[2] * voxelMm[2]), b));
  }

  /**
   * The field at voxel centres of one voxel of unit susceptibility; transformed for {@code
   * fourier}. Near the voxel it is the field of a uniformly magnetised cuboid. Farther than {@value
   * #NEAR_VOXELS} voxels it is that of a point dipole, {@code voxel volume * (3 cos^2 - 1) / (4 pi
   * r^3)}. With padding to twice the data it gives the field of free space, without periodic
   * images.
   */
  public static float[] imageSpace(Fourier fourier, double[] voxelMm, Vector3 b0) {
    int[] n = fourier.padded();
    Vector3 b = b0.unit();
    double near = NEAR_VOXELS * Math.max(voxelMm[0], Math.max(voxelMm[1], voxelMm[2]));
    float[] kernel = new float[n[0] * n[1] * n[2]];
    Parallel.run(
        n[2],
        (from, to) -> {
          for (int z = from, i = from * n[0] * n[1]; z < to; z++) {
            double rz = Fourier.signed(z, n[2]) * voxelMm[2];
            for (int y = 0; y < n[1]; y++) {
              double ry = Fourier.signed(y, n[1]) * voxelMm[1];
              for (int x = 0; x < n[0]; x++, i++) {
                double rx = Fourier.signed(x, n[0]) * voxelMm[0];
                boolean close = rx * rx + ry * ry + rz * rz < near * near;
                kernel[i] =
                    (float)
                        (close ? cuboid(rx, ry, rz, voxelMm, b) : point(rx, ry, rz, voxelMm, b));
              }
            }
          }
        });
    return fourier.multiplierOfImage(kernel);
  }

  private static double point(double x, double y, double z, double[] voxelMm, Vector3 b) {
    double squared = x * x + y * y + z * z;
    double along = x * b.x() + y * b.y() + z * b.z();
    return voxelMm[0]
        * voxelMm[1]
        * voxelMm[2]
        * (3 * along * along / squared - 1)
        / (4 * Math.PI * squared * Math.sqrt(squared));
  }

  /**
   * Field of a cuboid centred at the origin: b.(1/3 - N).b inside and -b.N.b outside, with the
   * demagnetisation tensor N at a point (Joseph and Schloemann 1965, doi:10.1063/1.1703091).
   */
  private static double cuboid(double x, double y, double z, double[] voxelMm, Vector3 b) {
    double sum = 0;
    for (int corner = 0; corner < 8; corner++) {
      double sx = (corner & 1) - 0.5;
      double sy = (corner >> 1 & 1) - 0.5;
      double sz = (corner >> 2) - 0.5;
      double cx = x + sx * voxelMm[0];
      double cy = y + sy * voxelMm[1];
      double cz = z + sz * voxelMm[2];
      double r = Math.sqrt(cx * cx + cy * cy + cz * cz);
      double diagonal =
          b.x() * b.x() * Math.atan(cy * cz / (cx * r))
              + b.y() * b.y() * Math.atan(cx * cz / (cy * r))
              + b.z() * b.z() * Math.atan(cx * cy / (cz * r));
      double mixed =
          b.x() * b.y() * asinh(cz, cx, cy)
              + b.x() * b.z() * asinh(cy, cx, cz)
              + b.y() * b.z() * asinh(cx, cy, cz);
      sum += 8 * sx * sy * sz * (diagonal - 2 * mixed);
    }
    boolean inside = x == 0 && y == 0 && z == 0;
    return (inside ? 1.0 / 3 : 0) - sum / (4 * Math.PI);
  }

  private static double asinh(double along, double across1, double across2) {
    double ratio = Math.abs(along) / Math.sqrt(across1 * across1 + across2 * across2);
    return Math.copySign(Math.log(ratio + Math.sqrt(ratio * ratio + 1)), along);
  }
}
