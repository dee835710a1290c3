package org.qsmnode.inversion.pdi;

import org.qsmnode.numeric.SeededRandom;

/**
 * One of the 48 ways to mirror and permute the axes of a volume. The channels of the network are
 * scalars of the object and its main field together, so any of them gives a valid case.
 *
 * @param axis source axis of each axis of the result
 * @param mirrored whether an axis of the result runs against its source
 */
public record Symmetry(int[] axis, boolean[] mirrored) {

  /** Any of the 48. */
  public static Symmetry random(SeededRandom random) {
    int[][] orders = {{0, 1, 2}, {1, 0, 2}, {0, 2, 1}, {2, 1, 0}, {1, 2, 0}, {2, 0, 1}};
    int[] axis = orders[random.below(orders.length)];
    boolean[] mirrored = new boolean[3];
    for (int a = 0; a < 3; a++) {
      mirrored[a] = random.uniform() < 0.5;
    }
    return new Symmetry(axis, mirrored);
  }

  /** Extents of the result for a source of the given extents. */
  public int[] dims(int[] source) {
    return new int[] {source[axis[0]], source[axis[1]], source[axis[2]]};
  }

  /** Source index of a place of the result. */
  public int source(int x, int y, int z, int[] source) {
    int[] at = new int[3];
    place(at, 0, x, source);
    place(at, 1, y, source);
    place(at, 2, z, source);
    return at[0] + source[0] * (at[1] + source[1] * at[2]);
  }

  private void place(int[] at, int resultAxis, int position, int[] source) {
    int a = axis[resultAxis];
    at[a] = mirrored[resultAxis] ? source[a] - 1 - position : position;
  }

  /** Source index of every place of the result, x fastest. */
  int[] sources(int[] source) {
    int[] n = dims(source);
    int[] sources = new int[n[0] * n[1] * n[2]];
    for (int z = 0, i = 0; z < n[2]; z++) {
      for (int y = 0; y < n[1]; y++) {
        for (int x = 0; x < n[0]; x++, i++) {
          sources[i] = source(x, y, z, source);
        }
      }
    }
    return sources;
  }
}
