package org.qsmnode.derive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

class StoredMapTest {

  private static final Grid GRID = Grid.isotropic(3, 2, 1, 1);
  private static final Mask INSIDE =
      new Mask(GRID, new boolean[] {true, true, true, true, false, false});

  private static Volume volume(double... ppm) {
    float[] data = new float[ppm.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) ppm[i];
    }
    return new Volume(GRID, data);
  }

  @Test
  void oneStoredUnitIsOnePpb() {
    StoredMap map =
        StoredMap.of(DerivedKind.MEAN, volume(0.1234, -0.0016, 0, 0.0004, 5, -5), INSIDE);
    assertArrayEquals(new short[] {123, -2, 0, 0, 0, 0}, map.values());
  }

  @Test
  void backgroundOfTheStandardDeviationIsMinusOne() {
    StoredMap map =
        StoredMap.of(
            DerivedKind.STANDARD_DEVIATION, volume(0.1234, 0.0016, 0, 0.0004, 5, 0), INSIDE);
    assertArrayEquals(new short[] {123, 2, 0, 0, -1, -1}, map.values());
    assertEquals(Optional.of(new StoredMap.Range(0, 123)), map.range(0, INSIDE));
  }

  @Test
  void valuesBeyondTheRangeSaturateAndAreCounted() {
    StoredMap map = StoredMap.of(DerivedKind.MEAN, volume(40, -40, 32.767, 1e30, 99, 0), INSIDE);
    assertArrayEquals(new short[] {32767, -32767, 32767, 32767, 0, 0}, map.values());
    assertEquals(3, map.saturated());
  }

  @Test
  void bytesAreLittleEndian() {
    StoredMap map = StoredMap.of(DerivedKind.MEAN, volume(0.258, -0.002, 0, 0, 0, 0), INSIDE);
    assertArrayEquals(
        new byte[] {2, 1, (byte) 0xfe, (byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 0}, map.slice(0));
  }

  @Test
  void fewVoxelsWithoutAValueBecomeBackgroundAndMoreFail() {
    Grid grid = Grid.isotropic(50, 50, 1, 1);
    Volume map = Volume.zeros(grid);
    Arrays.fill(map.data(), 0.05f);
    map.data()[7] = Float.NaN;
    map.data()[8] = Float.POSITIVE_INFINITY;
    StoredMap stored = StoredMap.of(DerivedKind.STANDARD_DEVIATION, map, Mask.full(grid));
    assertEquals(2, stored.notFinite());
    assertEquals(-1, stored.values()[7]);
    assertEquals(Optional.of(new StoredMap.Range(50, 50)), stored.range(0, Mask.full(grid)));
    map.data()[9] = Float.NaN;
    assertThrows(
        IllegalArgumentException.class,
        () -> StoredMap.of(DerivedKind.STANDARD_DEVIATION, map, Mask.full(grid)));
  }

  @Test
  void valuesOutsideTheMaskDoNotCount() {
    StoredMap map = StoredMap.of(DerivedKind.MEAN, volume(0, 0, 0, 0, Double.NaN, 99), INSIDE);
    assertEquals(0, map.notFinite());
    assertEquals(0, map.saturated());
    assertTrue(map.range(0, new Mask(GRID, new boolean[6])).isEmpty());
  }

  @Test
  void negativeStandardDeviationIsADefect() {
    assertThrows(
        IllegalArgumentException.class,
        () -> StoredMap.of(DerivedKind.STANDARD_DEVIATION, volume(-0.01, 0, 0, 0, 0, 0), INSIDE));
  }

  @Test
  void anyChangedPixelChangesTheDigest() {
    byte[] one = StoredMap.of(DerivedKind.MEAN, volume(0.1, 0, 0, 0, 0, 0), INSIDE).digest();
    byte[] same = StoredMap.of(DerivedKind.MEAN, volume(0.1002, 0, 0, 0, 0, 0), INSIDE).digest();
    byte[] other = StoredMap.of(DerivedKind.MEAN, volume(0.101, 0, 0, 0, 0, 0), INSIDE).digest();
    assertArrayEquals(one, same);
    assertFalse(Arrays.equals(one, other));
  }
}
