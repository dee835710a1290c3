package org.qsmnode.simulate.head;

import java.util.List;
import java.util.Random;
import org.qsmnode.volume.Vector3;

/**
 * The procedural head around the brain: meninges, skull, scalp, face, neck, and the air of sinuses,
 * ears, nose, mouth and airway. Head coordinates in mm, origin anterior commissure, x right, y
 * anterior, z superior.
 */
final class HeadShape {

  private static final double CSF_MM = 2.5;

  private final BrainShape brain;
  private final SmoothNoise foam;
  private final double skullMm;
  private final double scalpMm;
  private final double sinusScale;
  private final Shapes.Tube cord =
      new Shapes.Tube(
          List.of(new Vector3(0, -38, -60), new Vector3(0, -46, -110), new Vector3(0, -52, -200)),
          new double[] {6, 5.5, 5.5});
  private final Shapes.Tube airway =
      new Shapes.Tube(
          List.of(new Vector3(0, 22, -52), new Vector3(0, 2, -72), new Vector3(0, -12, -200)),
          new double[] {8, 8, 8});
  private final Shapes.Tube transverse =
      new Shapes.Tube(
          List.of(
              new Vector3(0, -103, -8),
              new Vector3(36, -92, -16),
              new Vector3(54, -66, -22),
              new Vector3(51, -46, -34),
              new Vector3(44, -36, -46)),
          new double[] {3.5, 3.5, 3.5, 3.5, 3.5});
  private final Shapes.Tube straight =
      new Shapes.Tube(
          List.of(new Vector3(0, -46, 8), new Vector3(0, -98, -6)), new double[] {1.8, 2.6});
  private final Shapes.Tube internalCerebral =
      new Shapes.Tube(
          List.of(new Vector3(2.5, 0, 12), new Vector3(2.2, -32, 14), new Vector3(0, -46, 8)),
          new double[] {0.9, 1.2, 1.8});
  private final Shapes.Tube earCanal =
      new Shapes.Tube(
          List.of(new Vector3(86, -20, -34), new Vector3(52, -22, -32)), new double[] {3.5, 3.5});

  HeadShape(long seed) {
    Random random = new Random(seed);
    brain = new BrainShape(random.nextLong());
    foam = new SmoothNoise(random.nextLong(), 2);
    skullMm = 6 + 2 * random.nextDouble();
    scalpMm = 5.5 + 2 * random.nextDouble();
    sinusScale = 0.8 + 0.3 * random.nextDouble();
  }

  /**
   * The tissue at a point as {@code 2 * ordinal + (1 inside the brain envelope)}; {@code scratch}
   * holds three numbers of working space.
   */
  int at(double x, double y, double z, double[] scratch) {
    if (z > -20 && Shapes.ellipsoid(x, y, z, 0, -12, 0, 98, 125, 100) > 0) {
      return 2 * Tissue.AIR.ordinal();
    }
    double envelope = brain.envelope(x, y, z);
    int inside = envelope < 0 && z > -68 ? 1 : 0;
    if (Math.abs(envelope) < 4 && sinus(x, y, z) || envelope < 0 && deepVein(x, y, z)) {
      return 2 * Tissue.VEIN.ordinal() + inside;
    }
    if (inside == 1) {
      return 2 * brain.tissue(x, y, z, scratch).ordinal() + 1;
    }
    return 2 * outside(x, y, z, envelope).ordinal();
  }

  private boolean sinus(double x, double y, double z) {
    double side = Math.abs(x);
    if (side < 4 && z > -6) {
      return StrictMath.hypot(x, brain.cerebrum(x, y, z) - 0.5) < (y < -40 ? 3.2 : 2.4);
    }
    return z < 0 && z > -46 && y < -30 && transverse.distance(side, y, z) < 0;
  }

  private boolean deepVein(double x, double y, double z) {
    double side = Math.abs(x);
    return side < 5
        && z > -12
        && z < 20
        && (straight.distance(x, y, z) < 0 || internalCerebral.distance(side, y, z) < 0);
  }

  private Tissue outside(double x, double y, double z, double envelope) {
    double side = Math.abs(x);
    double spinal = cord.distance(x, y, z);
    if (z < -45 && spinal < 12) {
      return spine(x, y, z, spinal);
    }
    if (envelope < CSF_MM) {
      return Tissue.CSF;
    }
    if (air(x, y, z, side, envelope)) {
      return Tissue.AIR;
    }
    double outer = surface(x, y, z);
    if (outer > 0) {
      return Tissue.AIR;
    }
    if (envelope < CSF_MM + skullMm && (y < 62 || z > -16)) {
      double layer = (envelope - CSF_MM) / skullMm;
      return layer > 0.35 && layer < 0.65 && z > -10 ? Tissue.MARROW : Tissue.BONE;
    }
    if (outer > -4) {
      return Tissue.FAT;
    }
    return face(x, y, z, side, envelope);
  }

  private double surface(double x, double y, double z) {
    double vault = brain.cerebrum(x, y, z) - CSF_MM - skullMm - scalpMm;
    double jaw = Shapes.ellipsoid(x, y, z, 0, 18, -48, 66, 78, 72);
    double occiput = Shapes.ellipsoid(x, y, z, 0, -55, -40, 66, 52, 46);
    double nose = Shapes.ellipsoid(x, y, z, 0, 92, -46, 13, 20, 20);
    double neck =
        z < -20 ? StrictMath.hypot(x, (y + 28) * 0.95) - 58 - Math.max(0, -z - 130) * 0.8 : 50;
    double head = Shapes.union(Shapes.union(vault, jaw, 14), occiput, 12);
    return Shapes.union(Shapes.union(head, neck, 18), nose, 8);
  }

  private boolean air(double x, double y, double z, double side, double envelope) {
    double s = sinusScale;
    if (envelope < CSF_MM + 1.5) {
      return false;
    }
    double frontal = Shapes.ellipsoid(side, y, z, 9, 70, -8, 12 * s, 8 * s, 11 * s);
    double ethmoid = Shapes.ellipsoid(side, y, z, 6, 46, -30, 6, 18, 13 * s);
    double sphenoid = Shapes.ellipsoid(x, y, z, 1, 22, -36, 13 * s, 12 * s, 10);
    double maxillary = Shapes.ellipsoid(side, y, z, 26, 46, -52, 13 * s, 15, 15 * s);
    double nasal = Shapes.ellipsoid(side, y, z, 4, 58, -52, 3, 32, 14);
    double mouth = Shapes.ellipsoid(x, y, z, 0, 44, -76, 20, 26, 4);
    if (Math.min(Math.min(frontal, ethmoid), Math.min(sphenoid, maxillary)) < 0
        || Math.min(nasal, mouth) < 0) {
      return true;
    }
    if (airway.distance(x, y, z) < 0 || earCanal.distance(side, y, z) < 0) {
      return true;
    }
    double mastoid = Shapes.ellipsoid(side, y, z, 56, -30, -38, 9, 12, 13);
    return mastoid < 0 && foam.at(x, y, z) > -0.25;
  }

  private static Tissue face(double x, double y, double z, double side, double envelope) {
    if (Shapes.sphere(side, y, z, 31, 62, -26, 12) < 0) {
      return Tissue.EYE;
    }
    if (Shapes.ellipsoid(side, y, z, 29, 52, -26, 17, 22, 16) < 0) {
      return Tissue.FAT;
    }
    double jaw = Math.abs(StrictMath.hypot(x * 0.95, y - 12) - 48);
    if (z < -68 && z > -100 && y > 0 && jaw < 5) {
      return jaw < 2.5 ? Tissue.MARROW : Tissue.BONE;
    }
    boolean base = envelope < 11 && z > -46 && z < -10;
    boolean cheek = Math.abs(Shapes.ellipsoid(side, y, z, 26, 46, -52, 15, 17, 17)) < 2;
    boolean petrous = Shapes.ellipsoid(side, y, z, 44, -26, -38, 22, 12, 13) < 0;
    return base || cheek || petrous ? Tissue.BONE : Tissue.MUSCLE;
  }

  private static Tissue spine(double x, double y, double z, double spinal) {
    if (spinal < 0) {
      return Tissue.WHITE;
    }
    if (spinal < 3.5) {
      return Tissue.CSF;
    }
    boolean body = y > -46 && Math.abs(x) < 13;
    boolean disc = Math.floorMod((int) Math.floor(z), 17) < 4;
    if (z > -58 || disc) {
      return Tissue.MUSCLE;
    }
    return body && spinal > 5.5 ? Tissue.MARROW : Tissue.BONE;
  }
}
