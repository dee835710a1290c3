package org.qsmnode.simulate.head;

import java.util.Arrays;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Neighbours;

/**
 * Closes gaps of a label map: pieces of unlabelled voxels too small for an air cavity. Maps made by
 * segmentation hold thousands of them, also inside the brain. Read as air each would be a source as
 * strong as a haemorrhage.
 */
final class LabelGaps {

  /** Cells of the mastoid and the ethmoid that maps show have more. */
  private static final double LARGEST_MM3 = 200;

  private LabelGaps() {}

  /** Gives the voxels of small gaps, 0 and connected over faces, the label of what lies around. */
  static void fill(Grid grid, int[] labels) {
    int largest = (int) (LARGEST_MM3 / (grid.dxMm() * grid.dyMm() * grid.dzMm()));
    boolean[] seen = new boolean[labels.length];
    int[] queue = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == 0 && !seen[i]) {
        int end = piece(grid, labels, i, seen, queue);
        if (end <= largest) {
          fill(grid, labels, Arrays.copyOf(queue, end));
        }
      }
    }
  }

  private static int piece(Grid grid, int[] labels, int start, boolean[] seen, int[] queue) {
    queue[0] = start;
    seen[start] = true;
    int end = 1;
    for (int k = 0; k < end; k++) {
      for (int side = 0; side < 6; side++) {
        int j = Neighbours.of(grid, queue[k], side);
        if (j >= 0 && labels[j] == 0 && !seen[j]) {
          seen[j] = true;
          queue[end++] = j;
        }
      }
    }
    return end;
  }

  /** From the rim inwards; a voxel takes the label of the first labelled side. */
  private static void fill(Grid grid, int[] labels, int[] piece) {
    int[] found = new int[piece.length];
    boolean open = true;
    while (open) {
      open = false;
      for (int k = 0; k < piece.length; k++) {
        found[k] = labels[piece[k]];
        for (int side = 0; side < 6 && found[k] == 0; side++) {
          int j = Neighbours.of(grid, piece[k], side);
          found[k] = j >= 0 ? labels[j] : 0;
        }
        open |= labels[piece[k]] == 0 && found[k] != 0;
      }
      for (int k = 0; k < piece.length; k++) {
        labels[piece[k]] = found[k];
      }
    }
  }
}
