package org.qsmnode.series.find;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.qsmnode.series.header.FrameKind;
import org.qsmnode.series.header.PixelLayout;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.ValueScale;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Vector3;

class StackGeometryTest {

  private static final PixelLayout PIXELS = new PixelLayout(7, 9, 1, 16, 12, 11, false, false);

  private static List<Vector3> stack(Vector3 normal, double... along) {
    List<Vector3> positions = new ArrayList<>();
    for (double s : along) {
      positions.add(new Vector3(3, -4, 5).plus(normal.times(s)));
    }
    return positions;
  }

  private static FrameKind kind(Vector3 row, Vector3 column) {
    return new FrameKind(
        "", List.of(), List.of(), "", -1, 5, row, column, 0.9, 0.7, 2, ValueScale.NONE, "", 0);
  }

  @Test
  void obliqueGridPutsEveryVoxelWhereTheStandardSays() {
    Vector3 row = new Vector3(0.9, 0.3, -0.1).unit();
    Vector3 normal = row.cross(new Vector3(0.1, 1, 0.4)).unit();
    Vector3 column = normal.cross(row).unit();
    List<Vector3> positions = stack(normal, 0, 1.5, 3, 4.5, 6);
    Grid grid = StackGeometry.grid(positions, kind(row, column), PIXELS);
    assertEquals(9, grid.nx());
    assertEquals(7, grid.ny());
    assertEquals(5, grid.nz());
    assertEquals(1.5, grid.dzMm(), 1e-12);
    // PS3.3 C.7.6.2.1.1: columns are column spacing apart along the row direction.
    Vector3 expected = positions.get(3).plus(row.times(2 * 0.7)).plus(column.times(4 * 0.9));
    assertEquals(0, expected.minus(grid.positionMm(2, 4, 3)).norm(), 1e-9);
  }

  @Test
  void distinctSlicesAreFoundInAnyOrderWithinTolerance() {
    double[] along = {4, 0, 2, 2.004, 3.999, -0.003};
    double[] slices = StackGeometry.distinct(along);
    assertArrayEquals(new double[] {-0.003, 2, 3.999}, slices);
    Random random = new Random(4);
    for (int i = 0; i < 100; i++) {
      double s = along[random.nextInt(along.length)];
      assertEquals(Math.round(s / 2), StackGeometry.index(slices, s));
    }
  }

  @Test
  void gapsAreCountedAndUnevenStacksAreIrregular() {
    assertNull(StackGeometry.problem(stack(Vector3.Z, 0, 2, 4, 6, 8), Vector3.Z));
    Reason gap = StackGeometry.problem(stack(Vector3.Z, 0, 2, 4, 10, 12, 14, 16), Vector3.Z);
    assertNotNull(gap);
    assertEquals(ReasonCode.MISSING_SLICE, gap.code());
    assertEquals("At least 2 of 9 slices are missing from the stack.", gap.sentence());
    Reason uneven = StackGeometry.problem(stack(Vector3.Z, 0, 2, 4.1, 6, 8), Vector3.Z);
    assertNotNull(uneven);
    assertEquals(ReasonCode.IRREGULAR_GEOMETRY, uneven.code());
  }

  @Test
  void onePercentOfUnevennessIsTolerated() {
    assertNull(StackGeometry.problem(stack(Vector3.Z, 0, 2.01, 4, 6.01, 8), Vector3.Z));
  }
}
