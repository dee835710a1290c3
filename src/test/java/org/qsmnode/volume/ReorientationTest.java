package org.qsmnode.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ReorientationTest {

  private static final Vector3 BACK = new Vector3(0, 1, 0);
  private static final Grid IMAGES =
      new Grid(5, 4, 3, 1, 2, 3, Orientation.ofStack(new Vector3(7, -3, 11), Vector3.X, BACK));

  @Test
  void permutedAndReversedAxesGiveTheSameVoxelsInThePatient() {
    Grid stored =
        new Grid(
            3,
            5,
            4,
            3,
            1,
            2,
            new Orientation(
                IMAGES.positionMm(4, 0, 2), Vector3.Z.times(-1), Vector3.X.times(-1), BACK));
    Volume values = Volume.zeros(stored);
    for (int z = 0; z < 4; z++) {
      for (int y = 0; y < 5; y++) {
        for (int x = 0; x < 3; x++) {
          values.data()[stored.index(x, y, z)] = number(stored.positionMm(x, y, z));
        }
      }
    }
    Volume turned = Reorientation.between(stored, IMAGES).orElseThrow().apply(values);
    for (int z = 0; z < 3; z++) {
      for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 5; x++) {
          assertEquals(
              number(IMAGES.positionMm(x, y, z)), turned.data()[IMAGES.index(x, y, z)], 1e-4);
        }
      }
    }
  }

  @Test
  void theSameGridChangesNothing() {
    Volume values = Volume.zeros(IMAGES);
    for (int i = 0; i < values.data().length; i++) {
      values.data()[i] = i;
    }
    assertArrayEquals(
        values.data(), Reorientation.between(IMAGES, IMAGES).orElseThrow().apply(values).data());
  }

  @Test
  void oneSliceIsTurnedToo() {
    Grid slice = new Grid(5, 4, 1, 1, 2, 3, IMAGES.orientation());
    Grid reversed =
        new Grid(
            5,
            4,
            1,
            1,
            2,
            3,
            new Orientation(slice.positionMm(4, 0, 0), Vector3.X.times(-1), BACK, Vector3.Z));
    Volume values = Volume.zeros(reversed);
    values.data()[0] = 9;
    assertEquals(9, Reorientation.between(reversed, slice).orElseThrow().apply(values).data()[4]);
  }

  @Test
  void otherVoxelsAreNotTaken() {
    assertTrue(Reorientation.between(moved(IMAGES, 0.5), IMAGES).isEmpty(), "half a voxel off");
    assertTrue(Reorientation.between(moved(IMAGES, 3), IMAGES).isEmpty(), "three voxels off");
    Grid finer = new Grid(5, 4, 3, 0.9, 2, 3, IMAGES.orientation());
    assertTrue(Reorientation.between(finer, IMAGES).isEmpty(), "other voxel size");
    Grid larger = new Grid(6, 4, 3, 1, 2, 3, IMAGES.orientation());
    assertTrue(Reorientation.between(larger, IMAGES).isEmpty(), "other matrix");
    Grid tilted =
        new Grid(
            5,
            4,
            3,
            1,
            2,
            3,
            Orientation.ofStack(new Vector3(7, -3, 11), new Vector3(0.8, 0, 0.6), BACK));
    assertTrue(Reorientation.between(tilted, IMAGES).isEmpty(), "tilted");
  }

  private static Grid moved(Grid grid, double mm) {
    Orientation o = grid.orientation();
    return new Grid(
        grid.nx(),
        grid.ny(),
        grid.nz(),
        grid.dxMm(),
        grid.dyMm(),
        grid.dzMm(),
        new Orientation(grid.positionMm(mm, 0, 0), o.xAxis(), o.yAxis(), o.zAxis()));
  }

  private static float number(Vector3 p) {
    return (float) (p.x() + 20 * p.y() + 400 * p.z());
  }
}
