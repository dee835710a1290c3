package org.qsmnode.volume;

/** A vector in three dimensions, in patient (LPS) or voxel axes as the context says. */
public record Vector3(double x, double y, double z) {

  public static final Vector3 X = new Vector3(1, 0, 0);
  public static final Vector3 Y = new Vector3(0, 1, 0);
  public static final Vector3 Z = new Vector3(0, 0, 1);

  public Vector3 {
    if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(z)) {
      throw new IllegalArgumentException("vector components must be finite");
    }
  }

  public double dot(Vector3 other) {
    return x * other.x + y * other.y + z * other.z;
  }

  public Vector3 cross(Vector3 other) {
    return new Vector3(
        y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
  }

  public Vector3 plus(Vector3 other) {
    return new Vector3(x + other.x, y + other.y, z + other.z);
  }

  public Vector3 minus(Vector3 other) {
    return new Vector3(x - other.x, y - other.y, z - other.z);
  }

  public Vector3 times(double factor) {
    return new Vector3(x * factor, y * factor, z * factor);
  }

  public double norm() {
    return Math.sqrt(dot(this));
  }

  /** This direction with length 1; a zero vector has none. */
  public Vector3 unit() {
    double norm = norm();
    if (norm == 0) {
      throw new IllegalArgumentException("a zero vector has no direction");
    }
    return times(1 / norm);
  }
}
