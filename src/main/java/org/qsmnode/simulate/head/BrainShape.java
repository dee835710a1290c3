package org.qsmnode.simulate.head;

import java.util.Random;

/**
 * The procedural brain: envelope, folded cortex, cerebellum, brain stem, ventricles and nuclei, in
 * head coordinates (mm; origin anterior commissure, x right, y anterior, z superior).
 */
final class BrainShape {

  private static final double FISSURE_HALF_WIDTH_MM = 0.9;
  private static final double SULCUS_HALF_WIDTH_MM = 0.75;
  private static final double SULCUS_DEPTH_MM = 14;

  private final SmoothNoise surface;
  private final SmoothNoise folds;
  private final SmoothNoise fineFolds;
  private final SmoothNoise folia;
  private final DeepStructures deep;
  private final double cortexMm;

  BrainShape(long seed) {
    Random random = new Random(seed);
    surface = new SmoothNoise(random.nextLong(), 15);
    folds = new SmoothNoise(random.nextLong(), 9.5);
    fineFolds = new SmoothNoise(random.nextLong(), 6);
    folia = new SmoothNoise(random.nextLong(), 3.5);
    deep = new DeepStructures(random.nextLong());
    cortexMm = 2.3 + 0.4 * random.nextDouble();
  }

  /** Signed distance to the cerebrum alone. */
  double cerebrum(double x, double y, double z) {
    double lower = z < 8 ? 40 : 66;
    double vault = Shapes.ellipsoid(x, y, z, 0, -18, 8, 68, 87, lower);
    double side = Math.abs(x);
    double temporal = Shapes.ellipsoid(side, y, z, 43, -8, -20, 21, 42, 20);
    return Shapes.union(vault, temporal, 8) + 0.8 * surface.at(x, y, z);
  }

  private static double cerebellum(double x, double y, double z) {
    return Shapes.ellipsoid(x, y, z, 0, -60, -36, 50, 32, 24);
  }

  private static double stem(double x, double y, double z) {
    double midbrain = Shapes.ellipsoid(x, y, z, 0, -22, -10, 17, 13, 14);
    double pons = Shapes.ellipsoid(x, y, z, 0, -26, -30, 17, 13, 15);
    double medulla = Shapes.ellipsoid(x, y, z, 0, -38, -52, 9, 9, 24);
    return Shapes.union(Shapes.union(midbrain, pons, 6), medulla, 8);
  }

  /** Signed distance to the envelope of the whole brain. */
  double envelope(double x, double y, double z) {
    double hind = Shapes.union(cerebellum(x, y, z), stem(x, y, z), 4);
    return Shapes.union(cerebrum(x, y, z), hind, 3);
  }

  /** The tissue at a point inside the envelope. */
  Tissue tissue(double x, double y, double z, double[] scratch) {
    double cerebrum = cerebrum(x, y, z);
    double cerebellum = cerebellum(x, y, z);
    double stem = stem(x, y, z);
    if (stem < 0 && stem < cerebellum && z < -4) {
      Tissue inStem = deep.hindbrain(x, y, z);
      return inStem != null ? inStem : Tissue.BRAINSTEM;
    }
    if (cerebellum < 0 && cerebellum < cerebrum - 1.5) {
      return cerebellarTissue(x, y, z, cerebellum, scratch);
    }
    if (cerebrum > 0 || cerebellum < cerebrum + 1.5 && cerebellum < 2) {
      return Tissue.CSF;
    }
    Tissue inside = deep.forebrain(x, y, z);
    return inside != null ? inside : cerebralTissue(x, y, z, cerebrum, scratch);
  }

  private Tissue cerebellarTissue(double x, double y, double z, double edge, double[] scratch) {
    Tissue inside = deep.hindbrain(x, y, z);
    if (inside != null) {
      return inside;
    }
    double value = folia.at(x * 0.6, y, z, scratch);
    double sheet = distanceToSheet(value, scratch);
    double depth = -edge;
    double fissure = StrictMath.hypot(sheet, Math.max(0, depth - 11));
    if (fissure < 0.45) {
      return Tissue.CSF;
    }
    return Math.min(depth, fissure) < 2.0 || depth < 5 ? Tissue.GREY : Tissue.WHITE;
  }

  private Tissue cerebralTissue(double x, double y, double z, double edge, double[] scratch) {
    double side = Math.abs(x);
    double depth = -edge;
    double callosum = 34 - 0.010 * (y + 8) * (y + 8);
    double medial = side + Math.max(0, 1.5 * (callosum - z));
    double sylvian =
        StrictMath.hypot(z - (-8 - 0.45 * (y + 5)), Math.max(0, 40 - side))
            + Math.max(0, Math.abs(y) - 26);
    double coarse =
        distanceToSheet(folds.at(x, y, z, scratch) + 0.05, scratch)
            + 0.5 * fineFolds.at(x, y, z, scratch);
    double surfaceDepth = Math.min(depth, medial);
    double sulcus = StrictMath.hypot(coarse, Math.max(0, surfaceDepth - SULCUS_DEPTH_MM));
    double free =
        Math.min(
            Math.min(sulcus - SULCUS_HALF_WIDTH_MM, sylvian - 1.0),
            Math.min(medial - FISSURE_HALF_WIDTH_MM, depth));
    if (free < 0) {
      return Tissue.CSF;
    }
    return free < cortexMm ? Tissue.GREY : Tissue.WHITE;
  }

  private static double distanceToSheet(double value, double[] gradient) {
    double slope =
        Math.sqrt(
            gradient[0] * gradient[0] + gradient[1] * gradient[1] + gradient[2] * gradient[2]);
    return Math.abs(value) / (slope + 0.02);
  }
}
