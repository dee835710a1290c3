package org.qsmnode.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BoxTest {

  private static final Grid GRID = new Grid(9, 8, 7, 1, 2, 3, Orientation.AXIAL);

  @Test
  void croppingAndEmbeddingKeepEveryVoxelOfTheMaskInPlace() {
    boolean[] data = new boolean[GRID.size()];
    data[GRID.index(2, 3, 1)] = true;
    data[GRID.index(5, 4, 6)] = true;
    Mask mask = new Mask(GRID, data);
    Box box = Box.around(mask, 1);
    assertEquals(new Box(GRID, 1, 2, 0, 6, 4, 7), box);
    assertEquals(GRID.positionMm(2, 3, 1), box.grid().positionMm(1, 1, 1));
    assertEquals(2, box.crop(mask).count());
    Volume back = box.embed(box.crop(mask.toVolume()));
    assertArrayEquals(mask.toVolume().data(), back.data());
  }

  @Test
  void anEmptyMaskHasNoBox() {
    Mask empty = new Mask(GRID, new boolean[GRID.size()]);
    assertThrows(IllegalArgumentException.class, () -> Box.around(empty, 0));
  }
}
