package org.qsmnode.simulate.head;

import java.util.Random;
import org.qsmnode.volume.Vector3;

/**
 * Individual shape and pose: takes a patient position (LPS mm) to head coordinates (mm, origin
 * anterior commissure, x right, y anterior, z superior).
 */
public final class Deformation {

  private static final double WARP_SPACING_MM = 32;
  private static final double WARP_SD_MM = 1.8;
  // The middle of the brain lies at the scanner's isocentre.
  private static final Vector3 MIDDLE = new Vector3(0, -18, 4);

  private final SmoothNoise warpX;
  private final SmoothNoise warpY;
  private final SmoothNoise warpZ;
  private final double[][] turn;
  private final Vector3 shift;
  private final double scaleX;
  private final double scaleY;
  private final double scaleZ;

  Deformation(long seed) {
    Random random = new Random(seed);
    warpX = new SmoothNoise(random.nextLong(), WARP_SPACING_MM);
    warpY = new SmoothNoise(random.nextLong(), WARP_SPACING_MM);
    warpZ = new SmoothNoise(random.nextLong(), WARP_SPACING_MM);
    scaleX = 0.96 + 0.08 * random.nextDouble();
    scaleY = 0.96 + 0.08 * random.nextDouble();
    scaleZ = 0.96 + 0.08 * random.nextDouble();
    turn =
        rotation(
            Math.toRadians(4 * random.nextGaussian()),
            Math.toRadians(2 * random.nextGaussian()),
            Math.toRadians(2 * random.nextGaussian()));
    shift =
        new Vector3(
            2 * random.nextGaussian(), 2 * random.nextGaussian(), 2 * random.nextGaussian());
  }

  /** Writes head coordinates of the patient position {@code (l, p, s)} into {@code out}. */
  void toHead(double l, double p, double s, double[] out) {
    double x = (-l + shift.x()) / scaleX;
    double y = (-p + shift.y()) / scaleY;
    double z = (s + shift.z()) / scaleZ;
    double hx = turn[0][0] * x + turn[0][1] * y + turn[0][2] * z + MIDDLE.x();
    double hy = turn[1][0] * x + turn[1][1] * y + turn[1][2] * z + MIDDLE.y();
    double hz = turn[2][0] * x + turn[2][1] * y + turn[2][2] * z + MIDDLE.z();
    out[0] = hx + WARP_SD_MM * warpX.at(hx, hy, hz);
    out[1] = hy + WARP_SD_MM * warpY.at(hx, hy, hz);
    out[2] = hz + WARP_SD_MM * warpZ.at(hx, hy, hz);
  }

  /** The position (LPS mm) of an undeformed head in the middle that comes to {@code at}. */
  Vector3 toPatient(Vector3 at) {
    double[] head = new double[3];
    toHead(at.x(), at.y(), at.z(), head);
    return new Vector3(MIDDLE.x() - head[0], MIDDLE.y() - head[1], head[2] - MIDDLE.z());
  }

  /** Rotation matrix about x, then y, then z. */
  public static double[][] rotation(double aboutX, double aboutY, double aboutZ) {
    double ca = StrictMath.cos(aboutX);
    double sa = StrictMath.sin(aboutX);
    double cb = StrictMath.cos(aboutY);
    double sb = StrictMath.sin(aboutY);
    double cc = StrictMath.cos(aboutZ);
    double sc = StrictMath.sin(aboutZ);
    return new double[][] {
      {cc * cb, cc * sb * sa - sc * ca, cc * sb * ca + sc * sa},
      {sc * cb, sc * sb * sa + cc * ca, sc * sb * ca - cc * sa},
      {-sb, cb * sa, cb * ca}
    };
  }
}
