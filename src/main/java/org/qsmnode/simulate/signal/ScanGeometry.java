package org.qsmnode.simulate.signal;

import org.qsmnode.simulate.head.Deformation;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/**
 * Where and how finely a head is imaged; the field of view is centred on the isocentre.
 *
 * @param columns voxels along a row
 * @param rows voxels along a column
 * @param slices slices
 * @param columnMm distance of columns
 * @param rowMm distance of rows
 * @param sliceMm distance of slices
 * @param plane plane before tilting
 * @param tiltDegrees rotation of the slices about the patient's left-right axis
 * @param turnDegrees rotation of the slices about the patient's front-back axis, after the tilt
 * @param descending instances numbered against the slice normal
 */
public record ScanGeometry(
    int columns,
    int rows,
    int slices,
    double columnMm,
    double rowMm,
    double sliceMm,
    Plane plane,
    double tiltDegrees,
    double turnDegrees,
    boolean descending) {

  /** Slice planes without tilt. */
  public enum Plane {
    AXIAL(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
    CORONAL(new Vector3(1, 0, 0), new Vector3(0, 0, -1)),
    SAGITTAL(new Vector3(0, 1, 0), new Vector3(0, 0, -1));

    private final Vector3 row;
    private final Vector3 column;

    Plane(Vector3 row, Vector3 column) {
      this.row = row;
      this.column = column;
    }
  }

  public ScanGeometry {
    if (columns < 4 || rows < 4 || slices < 1) {
      throw new IllegalArgumentException(
          "matrix %dx%dx%d is too small".formatted(columns, rows, slices));
    }
  }

  /** Axial slices without tilt. */
  public static ScanGeometry axial(int columns, int rows, int slices, double mm, double sliceMm) {
    return new ScanGeometry(columns, rows, slices, mm, mm, sliceMm, Plane.AXIAL, 0, 0, false);
  }

  /** This stack with its slices tilted. */
  public ScanGeometry tilted(double tiltDegrees, double turnDegrees) {
    return new ScanGeometry(
        columns,
        rows,
        slices,
        columnMm,
        rowMm,
        sliceMm,
        plane,
        tiltDegrees,
        turnDegrees,
        descending);
  }

  /** This matrix in another plane. */
  public ScanGeometry in(Plane plane) {
    return new ScanGeometry(
        columns,
        rows,
        slices,
        columnMm,
        rowMm,
        sliceMm,
        plane,
        tiltDegrees,
        turnDegrees,
        descending);
  }

  /** This stack with instances numbered the other way. */
  public ScanGeometry reversed() {
    return new ScanGeometry(
        columns,
        rows,
        slices,
        columnMm,
        rowMm,
        sliceMm,
        plane,
        tiltDegrees,
        turnDegrees,
        !descending);
  }

  /** Voxel grid; x along rows, y along columns, slices ascending along the normal. */
  public Grid grid() {
    double[][] turn =
        Deformation.rotation(Math.toRadians(tiltDegrees), Math.toRadians(turnDegrees), 0);
    Vector3 row = rotate(turn, plane.row);
    Vector3 column = rotate(turn, plane.column);
    Vector3 normal = row.cross(column).unit();
    Vector3 origin =
        row.times(-(columns - 1) / 2.0 * columnMm)
            .plus(column.times(-(rows - 1) / 2.0 * rowMm))
            .plus(normal.times(-(slices - 1) / 2.0 * sliceMm));
    return new Grid(
        columns, rows, slices, columnMm, rowMm, sliceMm, Orientation.ofStack(origin, row, column));
  }

  private static Vector3 rotate(double[][] turn, Vector3 v) {
    return new Vector3(
        turn[0][0] * v.x() + turn[0][1] * v.y() + turn[0][2] * v.z(),
        turn[1][0] * v.x() + turn[1][1] * v.y() + turn[1][2] * v.z(),
        turn[2][0] * v.x() + turn[2][1] * v.y() + turn[2][2] * v.z());
  }
}
