package org.qsmnode.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Geometry fields of a NIfTI-1 header. The file's world frame is RAS, the product's is LPS: the
 * first two world coordinates change sign. The voxel axes stay as stored, whatever their order and
 * handedness.
 */
final class NiftiGeometry {

  private static final int PIXDIM = 76;
  private static final int XYZT_UNITS = 123;
  private static final int QFORM_CODE = 252;
  private static final int SFORM_CODE = 254;
  private static final int QUATERN_B = 256;
  private static final int SROW_X = 280;
  private static final short SCANNER_ANATOMICAL = 1;
  private static final byte MILLIMETRE_AND_SECOND = 2 | 8;

  private NiftiGeometry() {}

  /** sform if set, else qform if set, else the voxel sizes alone. */
  static Grid read(ByteBuffer header, int nx, int ny, int nz) throws IOException {
    double unitMm = unitMm(header.get(XYZT_UNITS));
    if (header.getShort(SFORM_CODE) > 0) {
      return fromAffine(sform(header), unitMm, nx, ny, nz);
    }
    double[] d = new double[3];
    for (int a = 0; a < 3; a++) {
      d[a] = Math.abs(header.getFloat(PIXDIM + 4 * (a + 1)));
      if (!(d[a] > 0) || !Double.isFinite(d[a])) {
        throw new IOException("NIfTI voxel size is not positive");
      }
    }
    double[][] affine = {{d[0], 0, 0, 0}, {0, d[1], 0, 0}, {0, 0, d[2], 0}};
    if (header.getShort(QFORM_CODE) > 0) {
      affine = qform(header, d);
    }
    return fromAffine(affine, unitMm, nx, ny, nz);
  }

  private static double unitMm(byte xyztUnits) {
    return switch (xyztUnits & 7) {
      case 1 -> 1000;
      case 3 -> 1e-3;
      default -> 1;
    };
  }

  private static double[][] sform(ByteBuffer header) {
    double[][] affine = new double[3][4];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 4; column++) {
        affine[row][column] = header.getFloat(SROW_X + 16 * row + 4 * column);
      }
    }
    return affine;
  }

  private static double[][] qform(ByteBuffer header, double[] d) {
    double b = header.getFloat(QUATERN_B);
    double c = header.getFloat(QUATERN_B + 4);
    double e = header.getFloat(QUATERN_B + 8);
    double a = Math.sqrt(Math.max(0, 1 - (b * b + c * c + e * e)));
    double norm = Math.sqrt(a * a + b * b + c * c + e * e);
    a /= norm;
    b /= norm;
    c /= norm;
    e /= norm;
    double qfac = header.getFloat(PIXDIM) < 0 ? -1 : 1;
    double[][] r = {
      {a * a + b * b - c * c - e * e, 2 * (b * c - a * e), 2 * (b * e + a * c)},
      {2 * (b * c + a * e), a * a + c * c - b * b - e * e, 2 * (c * e - a * b)},
      {2 * (b * e - a * c), 2 * (c * e + a * b), a * a + e * e - b * b - c * c}
    };
    double[][] affine = new double[3][4];
    for (int row = 0; row < 3; row++) {
      affine[row][0] = r[row][0] * d[0];
      affine[row][1] = r[row][1] * d[1];
      affine[row][2] = r[row][2] * d[2] * qfac;
      affine[row][3] = header.getFloat(QUATERN_B + 12 + 4 * row);
    }
    return affine;
  }

  private static Grid fromAffine(double[][] ras, double unitMm, int nx, int ny, int nz)
      throws IOException {
    try {
      Vector3 x = lps(ras, 0).times(unitMm);
      Vector3 y = lps(ras, 1).times(unitMm);
      Vector3 z = lps(ras, 2).times(unitMm);
      Orientation orientation =
          new Orientation(lps(ras, 3).times(unitMm), x.unit(), y.unit(), z.unit());
      return new Grid(nx, ny, nz, x.norm(), y.norm(), z.norm(), orientation);
    } catch (IllegalArgumentException e) {
      throw new IOException("NIfTI geometry: " + e.getMessage(), e);
    }
  }

  private static Vector3 lps(double[][] ras, int column) {
    return new Vector3(-ras[0][column], -ras[1][column], ras[2][column]);
  }

  /** Writes voxel size, sform and qform with the code for scanner coordinates. */
  static void write(Grid grid, ByteBuffer header) {
    Orientation o = grid.orientation();
    Vector3[] axes = {ras(o.xAxis()), ras(o.yAxis()), ras(o.zAxis())};
    Vector3 origin = ras(o.originMm());
    double[] d = grid.voxelMm();
    boolean rightHanded = axes[0].cross(axes[1]).dot(axes[2]) > 0;
    header.putFloat(PIXDIM, rightHanded ? 1 : -1);
    for (int a = 0; a < 3; a++) {
      header.putFloat(PIXDIM + 4 * (a + 1), (float) d[a]);
      putColumn(header, a, axes[a].times(d[a]));
    }
    putColumn(header, 3, origin);
    header.put(XYZT_UNITS, MILLIMETRE_AND_SECOND);
    header.putShort(QFORM_CODE, SCANNER_ANATOMICAL);
    header.putShort(SFORM_CODE, SCANNER_ANATOMICAL);
    double[] q = quaternion(axes[0], axes[1], axes[0].cross(axes[1]));
    for (int i = 0; i < 3; i++) {
      header.putFloat(QUATERN_B + 4 * i, (float) q[i]);
    }
    header.putFloat(QUATERN_B + 12, (float) origin.x());
    header.putFloat(QUATERN_B + 16, (float) origin.y());
    header.putFloat(QUATERN_B + 20, (float) origin.z());
  }

  private static Vector3 ras(Vector3 lps) {
    return new Vector3(0 - lps.x(), 0 - lps.y(), lps.z());
  }

  private static void putColumn(ByteBuffer header, int column, Vector3 v) {
    header.putFloat(SROW_X + 4 * column, (float) v.x());
    header.putFloat(SROW_X + 16 + 4 * column, (float) v.y());
    header.putFloat(SROW_X + 32 + 4 * column, (float) v.z());
  }

  /**
   * Vector part of the unit quaternion, real part not negative, of the rotation with these columns.
   * The largest of the four squared components is taken first, so that no division is by a small
   * number.
   */
  private static double[] quaternion(Vector3 x, Vector3 y, Vector3 z) {
    double[] squared = {
      1 + x.x() + y.y() + z.z(),
      1 + x.x() - y.y() - z.z(),
      1 - x.x() + y.y() - z.z(),
      1 - x.x() - y.y() + z.z()
    };
    int largest = 0;
    for (int i = 1; i < 4; i++) {
      if (squared[i] > squared[largest]) {
        largest = i;
      }
    }
    double s = Math.sqrt(squared[largest]);
    double yz = y.z() - z.y();
    double zx = z.x() - x.z();
    double xy = x.y() - y.x();
    double[] q =
        switch (largest) {
          case 0 -> new double[] {s, yz / s, zx / s, xy / s};
          case 1 -> new double[] {yz / s, s, (x.y() + y.x()) / s, (x.z() + z.x()) / s};
          case 2 -> new double[] {zx / s, (x.y() + y.x()) / s, s, (y.z() + z.y()) / s};
          default -> new double[] {xy / s, (x.z() + z.x()) / s, (y.z() + z.y()) / s, s};
        };
    double sign = q[0] < 0 ? -0.5 : 0.5;
    return new double[] {sign * q[1], sign * q[2], sign * q[3]};
  }
}
