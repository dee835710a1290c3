package org.qsmnode.field.data;

/** Arithmetic on angles in radians. */
public final class Angles {

  public static final double TWO_PI = 2 * Math.PI;

  private Angles() {}

  /** The angle in [-pi, pi) that differs from {@code radians} by a multiple of 2 pi. */
  public static double wrap(double radians) {
    return radians - TWO_PI * Math.floor((radians + Math.PI) / TWO_PI);
  }

  /** {@code radians} moved by the multiple of 2 pi that brings it nearest to {@code reference}. */
  public static double nearest(double radians, double reference) {
    return radians + TWO_PI * Math.rint((reference - radians) / TWO_PI);
  }
}
