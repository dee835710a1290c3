package org.qsmnode.field.background;

import org.qsmnode.field.data.TotalField;
import org.qsmnode.numeric.Laplacian;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Neighbours;
import org.qsmnode.volume.Volume;

/**
 * Fills the voxels of a mask whose field is not known, for methods that need a value at every
 * voxel. Each hole is filled from its rim inwards by means of neighbours, then harmonically where
 * it does not touch the outside.
 */
final class KnownField {

  private static final int ITERATIONS = 100;
  private static final double TOLERANCE = 1e-3;

  private KnownField() {}

  /** The field in ppm with all holes filled and mean 0, 0 outside the mask. */
  static Volume everywhere(TotalField total) {
    Grid grid = total.grid();
    float[] field = total.ppm().clone();
    boolean[] in = total.mask().data();
    boolean[] known = new boolean[in.length];
    boolean[] enclosed = new boolean[in.length];
    int[] unknown = new int[in.length];
    int count = 0;
    for (int i = 0; i < in.length; i++) {
      known[i] = in[i] && total.sdPpm()[i] < Float.POSITIVE_INFINITY;
      if (in[i] && !known[i]) {
        unknown[count++] = i;
        enclosed[i] = !Neighbours.touches(grid, i, j -> !in[j]);
      }
    }
    if (count > 0 && count < total.mask().count()) {
      grow(grid, field, known, unknown, count);
      Laplacian.solveDirichlet(
          new Mask(grid, enclosed), new float[field.length], field, ITERATIONS, TOLERANCE, k -> {});
    }
    center(field, in);
    return new Volume(grid, field);
  }

  private static void center(float[] field, boolean[] in) {
    double sum = 0;
    int voxels = 0;
    for (int i = 0; i < field.length; i++) {
      sum += in[i] ? field[i] : 0;
      voxels += in[i] ? 1 : 0;
    }
    float mean = (float) (sum / Math.max(1, voxels));
    for (int i = 0; i < field.length; i++) {
      field[i] = in[i] ? field[i] - mean : 0;
    }
  }

  /** Layer by layer; uses up {@code unknown} and marks in {@code known} what it reached. */
  private static void grow(
      Grid grid, float[] field, boolean[] known, int[] unknown, int unknownCount) {
    int left = unknownCount;
    int before = left + 1;
    while (left > 0 && left < before) {
      before = left;
      float[] means = new float[left];
      boolean[] reached = new boolean[left];
      for (int k = 0; k < left; k++) {
        int neighbours = 0;
        double sum = 0;
        for (int side = 0; side < 6; side++) {
          int j = Neighbours.of(grid, unknown[k], side);
          if (j >= 0 && known[j]) {
            neighbours++;
            sum += field[j];
          }
        }
        reached[k] = neighbours > 0;
        means[k] = neighbours > 0 ? (float) (sum / neighbours) : 0;
      }
      left = 0;
      for (int k = 0; k < before; k++) {
        field[unknown[k]] = means[k];
        known[unknown[k]] = reached[k];
        if (!reached[k]) {
          unknown[left++] = unknown[k];
        }
      }
    }
  }
}
