package org.qsmnode.field.phase;

import java.util.function.IntToDoubleFunction;
import org.qsmnode.field.data.Angles;
import org.qsmnode.numeric.Quantiles;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/**
 * The parts of a mask that are connected through the faces of voxels.
 *
 * @param part number of the part of each voxel, from 1 on; 0 outside the mask
 * @param count number of parts
 */
record MaskParts(int[] part, int count) {

  static MaskParts of(Mask mask) {
    Grid grid = mask.grid();
    boolean[] in = mask.data();
    int[] part = new int[in.length];
    int[] stack = new int[mask.count()];
    int count = 0;
    int[] stride = {1, grid.nx(), grid.nx() * grid.ny()};
    int[] dims = grid.dims();
    for (int seed = 0; seed < in.length; seed++) {
      if (!in[seed] || part[seed] != 0) {
        continue;
      }
      int top = 0;
      part[seed] = ++count;
      stack[top++] = seed;
      while (top > 0) {
        int i = stack[--top];
        for (int side = 0, rest = i; side < 6; side++) {
          int axis = side / 2;
          int at = rest % dims[axis];
          boolean exists = side % 2 == 0 ? at > 0 : at + 1 < dims[axis];
          int j = side % 2 == 0 ? i - stride[axis] : i + stride[axis];
          if (exists && in[j] && part[j] == 0) {
            part[j] = count;
            stack[top++] = j;
          }
          rest = side % 2 == 0 ? rest : rest / dims[axis];
        }
      }
    }
    return new MaskParts(part, count);
  }

  /** Voxels of each part, in the order of the index; element 0 is empty. */
  private int[][] members() {
    int[] size = new int[count + 1];
    for (int p : part) {
      size[p]++;
    }
    int[][] members = new int[count + 1][];
    members[0] = new int[0];
    for (int p = 1; p <= count; p++) {
      members[p] = new int[size[p]];
    }
    int[] next = new int[count + 1];
    for (int i = 0; i < part.length; i++) {
      if (part[i] != 0) {
        members[part[i]][next[part[i]]++] = i;
      }
    }
    return members;
  }

  /**
   * Moves each part of an unwrapped phase by a multiple of 2 pi. The median of the largest part
   * comes to lie in [-pi, pi), that of each other part nearest to the median of the largest.
   */
  void alignToLargest(float[] phase) {
    int[][] members = members();
    int largest = 0;
    for (int p = 1; p <= count; p++) {
      largest = members[p].length > members[largest].length ? p : largest;
    }
    double base = Angles.wrap(median(members[largest], i -> phase[i]));
    for (int[] voxels : members) {
      double own = median(voxels, i -> phase[i]);
      shift(phase, voxels, Angles.nearest(own, base) - own);
    }
  }

  /** Moves each part by the multiple of 2 pi that brings it nearest to another image. */
  void alignTo(float[] reference, double scale, float[] phase) {
    for (int[] voxels : members()) {
      double off = median(voxels, i -> scale * reference[i] - phase[i]);
      shift(phase, voxels, Angles.TWO_PI * Math.rint(off / Angles.TWO_PI));
    }
  }

  /** Adds to each part of {@code smooth} the constant that comes nearest to {@code wrapped}. */
  void level(float[] smooth, float[] wrapped) {
    for (int[] voxels : members()) {
      double re = 0;
      double im = 0;
      for (int i : voxels) {
        re += Math.cos(wrapped[i] - (double) smooth[i]);
        im += Math.sin(wrapped[i] - (double) smooth[i]);
      }
      shift(smooth, voxels, Math.atan2(im, re));
    }
  }

  private static void shift(float[] values, int[] voxels, double by) {
    for (int i : voxels) {
      values[i] += (float) by;
    }
  }

  private static double median(int[] voxels, IntToDoubleFunction value) {
    return voxels.length == 0
        ? 0
        : Quantiles.median(
            Quantiles.sorted(voxels.length, k -> true, k -> value.applyAsDouble(voxels[k])));
  }
}
