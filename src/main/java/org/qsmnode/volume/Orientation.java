package org.qsmnode.volume;

/**
 * Where a voxel grid lies in the patient: LPS position in millimetres of the centre of voxel (0, 0,
 * 0). Also the unit directions of growing x, y and z index.
 *
 * <p>For a DICOM stack, {@code xAxis} is the first triple of ImageOrientationPatient, {@code yAxis}
 * the second and {@code zAxis} their cross product (PS3.3 C.7.6.2.1.1).
 */
public record Orientation(Vector3 originMm, Vector3 xAxis, Vector3 yAxis, Vector3 zAxis) {

  /** Axes along the patient's left, posterior and head directions, origin at zero. */
  public static final Orientation AXIAL =
      new Orientation(new Vector3(0, 0, 0), Vector3.X, Vector3.Y, Vector3.Z);

  private static final double TOLERANCE = 1e-3;

  public Orientation {
    requireUnit(xAxis, "xAxis");
    requireUnit(yAxis, "yAxis");
    requireUnit(zAxis, "zAxis");
    if (Math.abs(xAxis.dot(yAxis)) > TOLERANCE
        || Math.abs(xAxis.dot(zAxis)) > TOLERANCE
        || Math.abs(yAxis.dot(zAxis)) > TOLERANCE) {
      throw new IllegalArgumentException("axes must be perpendicular");
    }
  }

  /** A right-handed orientation from the two in-plane directions of a DICOM image. */
  public static Orientation ofStack(Vector3 originMm, Vector3 row, Vector3 column) {
    return new Orientation(originMm, row, column, row.cross(column).unit());
  }

  /** The unit vector {@code patientDirection} (LPS) expressed in voxel axes. */
  public Vector3 toVoxelAxes(Vector3 patientDirection) {
    Vector3 unit = patientDirection.unit();
    return new Vector3(unit.dot(xAxis), unit.dot(yAxis), unit.dot(zAxis)).unit();
  }

  private static void requireUnit(Vector3 axis, String name) {
    if (Math.abs(axis.norm() - 1) > TOLERANCE) {
      throw new IllegalArgumentException(name + " must have length 1");
    }
  }
}
