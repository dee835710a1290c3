package org.qsmnode.simulate.head;

import org.jspecify.annotations.Nullable;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Vector3;

/**
 * Red nucleus, substantia nigra with subthalamic nucleus, and dentate nucleus. They are placed
 * relative to the ventral diencephalon (labels 28, 60) and the cerebellar white matter (labels 7,
 * 46).
 */
final class AddedNuclei {

  private final @Nullable Vector3[] ventral = new Vector3[2];
  private final @Nullable Vector3[] cerebellar = new Vector3[2];
  private final SmoothNoise folds = new SmoothNoise(2_503, 2.5);

  AddedNuclei(Grid map, int[] labels) {
    int[] numbers = {28, 60, 7, 46};
    double[][] sums = new double[numbers.length][4];
    for (int i = 0; i < labels.length; i++) {
      for (int n = 0; n < numbers.length; n++) {
        if (labels[i] == numbers[n]) {
          Vector3 p =
              map.positionMm(i % map.nx(), i / map.nx() % map.ny(), i / map.nx() / map.ny());
          sums[n][0] += p.x();
          sums[n][1] += p.y();
          sums[n][2] += p.z();
          sums[n][3]++;
        }
      }
    }
    for (int n = 0; n < numbers.length; n++) {
      double count = sums[n][3];
      if (count > 0) {
        Vector3 mean = new Vector3(sums[n][0] / count, sums[n][1] / count, sums[n][2] / count);
        (n < 2 ? ventral : cerebellar)[n % 2] = mean;
      }
    }
  }

  /** The nucleus at a position of the map (LPS mm) where the map says {@code label}, or null. */
  @Nullable Tissue at(Vector3 p, int label) {
    if (label == 28 || label == 60 || label == 16) {
      return midbrain(p);
    }
    return label == 7 || label == 46 ? dentate(p) : null;
  }

  private @Nullable Tissue midbrain(Vector3 p) {
    Vector3 left = ventral[0];
    Vector3 right = ventral[1];
    if (left == null || right == null) {
      return null;
    }
    for (int side = 0; side < 2; side++) {
      Vector3 c = side == 0 ? left : right;
      double medial = Math.signum(left.plus(right).times(0.5).x() - c.x());
      double x = (p.x() - c.x()) * medial;
      double y = p.y() - c.y();
      double z = p.z() - c.z();
      if (Shapes.sphere(x, y, z, 5.5, 4, -2, 3.1) < 0) {
        return Tissue.RED_NUCLEUS;
      }
      if (Shapes.ellipsoid(x, y, z, 1.5, 0.5, -4.5, 2.6, 6, 4) < 0
          || Shapes.ellipsoid(x, y, z, 0, -2, 0.5, 2.5, 4, 2.3) < 0) {
        return Tissue.NIGRA;
      }
    }
    return null;
  }

  private @Nullable Tissue dentate(Vector3 p) {
    Vector3 left = cerebellar[0];
    Vector3 right = cerebellar[1];
    if (left == null || right == null) {
      return null;
    }
    for (int side = 0; side < 2; side++) {
      Vector3 c = side == 0 ? left : right;
      double medial = Math.signum(left.plus(right).times(0.5).x() - c.x());
      double edge =
          Shapes.ellipsoid(
                  (p.x() - c.x()) * medial, p.y() - c.y(), p.z() - c.z(), 3, -1, 0, 6.5, 8, 5)
              + 0.8 * folds.at(p.x(), p.y(), p.z());
      if (edge < 0 && edge > -2.3) {
        return Tissue.DENTATE;
      }
    }
    return null;
  }
}
