package org.qsmnode.field.mask;

import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.Neighbours;

/** Removes unreliable voxels that can be reached from outside the mask; holes inside stay. */
public final class MaskRim {

  private MaskRim() {}

  /** The largest piece of what is left of {@code mask}, holes filled. */
  public static Mask trim(Mask mask, float[] quality, float[] sd, double minimumQuality) {
    Grid grid = mask.grid();
    boolean[] kept = mask.data().clone();
    boolean[] doubtful = new boolean[kept.length];
    for (int i = 0; i < kept.length; i++) {
      doubtful[i] = kept[i] && (quality[i] < minimumQuality || !(sd[i] < Float.POSITIVE_INFINITY));
    }
    int[] queue = new int[kept.length];
    int end = 0;
    for (int i = 0; i < kept.length; i++) {
      if (doubtful[i] && Neighbours.touches(grid, i, j -> !mask.data()[j])) {
        queue[end++] = i;
      }
    }
    for (int k = 0; k < end; k++) {
      kept[queue[k]] = false;
    }
    for (int k = 0; k < end; k++) {
      int i = queue[k];
      for (int side = 0; side < 6; side++) {
        int j = Neighbours.of(grid, i, side);
        if (j >= 0 && kept[j] && doubtful[j]) {
          kept[j] = false;
          queue[end++] = j;
        }
      }
    }
    Mask largest = Morphology.largestComponent(new Mask(grid, kept));
    return Morphology.fillHoles(largest).and(mask);
  }
}
