package org.qsmnode.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MorphologyTest {

  private static final Grid GRID = new Grid(11, 9, 7, 0.8, 1.3, 2.6, Orientation.AXIAL);

  private static Mask scattered(double share, long seed) {
    Random random = new Random(seed);
    boolean[] data = new boolean[GRID.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextDouble() < share;
    }
    return new Mask(GRID, data);
  }

  private static boolean within(int[] a, int[] b, double radiusMm) {
    double x = (a[0] - b[0]) * GRID.dxMm();
    double y = (a[1] - b[1]) * GRID.dyMm();
    double z = (a[2] - b[2]) * GRID.dzMm();
    return x * x + y * y + z * z <= radiusMm * radiusMm;
  }

  private static int[] voxel(int i) {
    return new int[] {i % GRID.nx(), i / GRID.nx() % GRID.ny(), i / (GRID.nx() * GRID.ny())};
  }

  @Test
  void dilationReachesExactlyTheVoxelsWithinTheRadius() {
    Mask mask = scattered(0.02, 1);
    for (double radius : new double[] {0, 1, 1.7, 3.01}) {
      boolean[] expected = new boolean[GRID.size()];
      for (int i = 0; i < expected.length; i++) {
        for (int j = 0; j < expected.length; j++) {
          expected[i] |= mask.data()[j] && within(voxel(i), voxel(j), radius);
        }
      }
      assertArrayEquals(expected, Morphology.dilate(mask, radius).data());
    }
  }

  @Test
  void erosionKeepsExactlyTheVoxelsWhoseBallIsInside() {
    Mask mask = scattered(0.97, 2);
    double radius = 1.4;
    boolean[] expected = new boolean[GRID.size()];
    for (int i = 0; i < expected.length; i++) {
      int[] at = voxel(i);
      boolean inside = true;
      for (int z = -1; z <= GRID.nz(); z++) {
        for (int y = -1; y <= GRID.ny(); y++) {
          for (int x = -1; x <= GRID.nx(); x++) {
            boolean set = GRID.contains(x, y, z) && mask.at(x, y, z);
            inside &= set || !within(at, new int[] {x, y, z}, radius);
          }
        }
      }
      expected[i] = inside;
    }
    Mask eroded = Morphology.erode(mask, radius);
    assertArrayEquals(expected, eroded.data());
    assertTrue(eroded.count() > 0 && eroded.count() < mask.count());
  }

  @Test
  void voxelRadiiIgnoreTheVoxelSize() {
    Mask full = Mask.full(GRID);
    assertEquals(9 * 7 * 5, Morphology.erodeVoxels(full, 1).count());
    boolean[] one = new boolean[GRID.size()];
    one[GRID.index(5, 4, 3)] = true;
    assertEquals(7, Morphology.dilateVoxels(new Mask(GRID, one), 1).count());
  }

  @Test
  void anEmptyMaskStaysEmpty() {
    Mask empty = new Mask(GRID, new boolean[GRID.size()]);
    assertEquals(0, Morphology.dilate(empty, 5).count());
    assertEquals(0, Morphology.erode(empty, 5).count());
    assertEquals(0, Morphology.largestComponent(empty).count());
  }

  @Test
  void theLargestComponentIsConnectedThroughFaces() {
    boolean[] data = new boolean[GRID.size()];
    for (int x = 0; x < 4; x++) {
      data[GRID.index(x, 1, 1)] = true;
      data[GRID.index(x + 4, 2, 1)] = true;
    }
    data[GRID.index(8, 2, 1)] = true;
    Mask largest = Morphology.largestComponent(new Mask(GRID, data));
    assertEquals(5, largest.count());
    assertFalse(largest.at(3, 1, 1), "touches by an edge only");
    assertTrue(largest.at(8, 2, 1));
  }

  @Test
  void componentsComeByTheirSize() {
    boolean[] data = new boolean[GRID.size()];
    data[GRID.index(0, 0, 0)] = true;
    for (int x = 0; x < 3; x++) {
      data[GRID.index(x, 2, 1)] = true;
      data[GRID.index(x, 4, 1)] = true;
      data[GRID.index(x, 4, 2)] = true;
    }
    List<Mask> two = Morphology.components(new Mask(GRID, data), 2, 5);
    assertEquals(List.of(6, 3), two.stream().map(Mask::count).toList());
    assertEquals(1, Morphology.components(new Mask(GRID, data), 1, 1).size());
  }

  @Test
  void holesAreFilledAndBaysAreNot() {
    boolean[] data = new boolean[GRID.size()];
    Arrays.fill(data, true);
    data[GRID.index(5, 4, 3)] = false;
    data[GRID.index(2, 2, 0)] = false;
    Mask filled = Morphology.fillHoles(new Mask(GRID, data));
    assertTrue(filled.at(5, 4, 3));
    assertFalse(filled.at(2, 2, 0));
  }
}
