package org.qsmnode.simulate.head;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.qsmnode.volume.Vector3;

/** Nuclei and ventricles of a procedural brain, their places and sizes jittered by a seed. */
final class DeepStructures {

  private record Nucleus(
      Tissue tissue,
      double cx,
      double cy,
      double cz,
      double a,
      double b,
      double c,
      double tiltRadians) {

    double distance(double x, double y, double z) {
      double cos = StrictMath.cos(tiltRadians);
      double sin = StrictMath.sin(tiltRadians);
      double dx = x - cx;
      double dz = z - cz;
      return Shapes.ellipsoid(cos * dx + sin * dz, y - cy, cos * dz - sin * dx, 0, 0, 0, a, b, c);
    }
  }

  private final List<Nucleus> forebrain = new ArrayList<>();
  private final List<Nucleus> midbrain = new ArrayList<>();
  private final Nucleus dentate;
  private final SmoothNoise dentateFolds;
  private final Shapes.Tube caudateTail;
  private final Shapes.Tube lateralVentricle;
  private final Shapes.Tube choroid;
  private final Random random;
  private final double ventricleScale;

  DeepStructures(long seed) {
    random = new Random(seed);
    ventricleScale = 0.85 + 0.4 * random.nextDouble();
    forebrain.add(nucleus(Tissue.CAUDATE, 12.5, 12, 8, 4.8, 11, 8.5, 0.2));
    forebrain.add(nucleus(Tissue.PALLIDUM, 19, -3, -1, 4, 8, 6, -0.35));
    forebrain.add(nucleus(Tissue.PUTAMEN, 25.5, 2, 0, 5, 14.5, 9.5, -0.2));
    forebrain.add(nucleus(Tissue.THALAMUS, 11, -18, 8, 8, 13.5, 9, 0));
    forebrain.add(nucleus(Tissue.NIGRA, 11, -13, -7, 2.5, 4, 2.5, 0.3));
    midbrain.add(nucleus(Tissue.RED_NUCLEUS, 5.2, -20, -9, 3.1, 3.1, 3.4, 0));
    midbrain.add(nucleus(Tissue.NIGRA, 9.5, -17, -12, 2.6, 6, 4.5, 0.52));
    dentate = nucleus(Tissue.DENTATE, 15, -57, -35, 7.5, 9, 6, -0.3);
    dentateFolds = new SmoothNoise(random.nextLong(), 2.5);
    caudateTail =
        new Shapes.Tube(
            List.of(
                new Vector3(14, 6, 14),
                new Vector3(17, -12, 19),
                new Vector3(23, -30, 17),
                new Vector3(29, -36, 4)),
            new double[] {3.5, 2.6, 2, 1.4});
    double s = ventricleScale;
    lateralVentricle =
        new Shapes.Tube(
            List.of(
                new Vector3(8, 30, 10),
                new Vector3(7, 8, 17),
                new Vector3(10, -20, 21),
                new Vector3(21, -40, 15),
                new Vector3(25, -58, 8)),
            new double[] {3.5 * s, 5 * s, 5 * s, 6.5 * s, 2.5 * s});
    choroid =
        new Shapes.Tube(
            List.of(new Vector3(14, -28, 18), new Vector3(22, -38, 12)), new double[] {1, 2});
  }

  private Nucleus nucleus(
      Tissue tissue, double x, double y, double z, double a, double b, double c, double tilt) {
    return new Nucleus(
        tissue,
        x + 0.6 * random.nextGaussian(),
        y + 0.8 * random.nextGaussian(),
        z + 0.6 * random.nextGaussian(),
        a * (1 + 0.06 * random.nextGaussian()),
        b * (1 + 0.06 * random.nextGaussian()),
        c * (1 + 0.06 * random.nextGaussian()),
        tilt + 0.08 * random.nextGaussian());
  }

  /** The nucleus or ventricle of the forebrain at a point, or null. */
  @Nullable Tissue forebrain(double x, double y, double z) {
    double side = Math.abs(x);
    if (side > 45 || z < -26 || z > 45) {
      return null;
    }
    if (choroid.distance(side, y, z) < 0) {
      return Tissue.CHOROID;
    }
    if (side > 1.0 && lateralVentricle.distance(side, y, z) < 0) {
      return Tissue.CSF;
    }
    if (Shapes.ellipsoid(x, y, z, 0, -10, 2, 1.8 * ventricleScale, 14, 9) < 0) {
      return Tissue.CSF;
    }
    for (Nucleus nucleus : forebrain) {
      if (nucleus.distance(side, y, z) < 0) {
        return nucleus.tissue();
      }
    }
    return caudateTail.distance(side, y, z) < 0 ? Tissue.CAUDATE : nearMidbrain(side, y, z);
  }

  /** The nucleus or ventricle of brain stem and cerebellum at a point, or null. */
  @Nullable Tissue hindbrain(double x, double y, double z) {
    double side = Math.abs(x);
    if (Shapes.ellipsoid(x, y, z, 0, -45, -33, 6, 6, 9) < 0) {
      return Tissue.CSF;
    }
    double shell = dentate.distance(side, y, z) + 0.9 * dentateFolds.at(x, y, z);
    if (shell < 0 && shell > -2.4) {
      return Tissue.DENTATE;
    }
    return nearMidbrain(side, y, z);
  }

  private @Nullable Tissue nearMidbrain(double side, double y, double z) {
    for (Nucleus nucleus : midbrain) {
      if (nucleus.distance(side, y, z) < 0) {
        return nucleus.tissue();
      }
    }
    return null;
  }
}
