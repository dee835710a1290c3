package org.qsmnode.series.find;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qsmnode.series.header.FrameKind;
import org.qsmnode.series.header.PixelLayout;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/**
 * Puts slices in order along their common normal and checks that they form one regular stack (PS3.3
 * C.7.6.2.1.1).
 */
final class StackGeometry {

  /** Two positions closer than this are the same slice. */
  static final double SAME_SLICE_MM = 0.01;

  private static final double GAP_STEPS = 1.5;
  private static final double LARGEST_DRIFT_MM = 0.1;

  private StackGeometry() {}

  /** Distances along the normal, ascending, one per distinct slice. */
  static double[] distinct(double[] alongNormalMm) {
    double[] sorted = alongNormalMm.clone();
    Arrays.sort(sorted);
    List<Double> distinct = new ArrayList<>();
    for (double s : sorted) {
      if (distinct.isEmpty() || s - distinct.get(distinct.size() - 1) > SAME_SLICE_MM) {
        distinct.add(s);
      }
    }
    return distinct.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Index in {@code slices} of the slice at {@code alongNormalMm}. */
  static int index(double[] slices, double alongNormalMm) {
    int found = Arrays.binarySearch(slices, alongNormalMm);
    if (found >= 0) {
      return found;
    }
    int next = -found - 1;
    // Slices start at their lowest position, so a value within tolerance lies at or above it.
    return Math.max(0, next - 1);
  }

  /** What is wrong with positions ordered along {@code normal}; null if nothing. */
  static @Nullable Reason problem(List<Vector3> ordered, Vector3 normal) {
    int count = ordered.size();
    double[] steps = new double[count - 1];
    for (int k = 0; k + 1 < count; k++) {
      steps[k] = ordered.get(k + 1).minus(ordered.get(k)).dot(normal);
    }
    double step = median(steps);
    int missing = 0;
    for (double s : steps) {
      if (s > GAP_STEPS * step) {
        missing += (int) Math.max(1, Math.round(s / step) - 1);
      }
    }
    if (missing > 0) {
      return new Reason(
          ReasonCode.MISSING_SLICE,
          "At least %d of %d slices are missing from the stack."
              .formatted(missing, count + missing));
    }
    double tolerance = Math.max(0.01, 0.01 * step);
    for (double s : steps) {
      if (Math.abs(s - step) > tolerance) {
        return new Reason(
            ReasonCode.IRREGULAR_GEOMETRY,
            "Distances between the %d slices differ by more than 1 percent.".formatted(count));
      }
    }
    for (Vector3 position : ordered) {
      Vector3 offset = position.minus(ordered.get(0));
      if (offset.minus(normal.times(offset.dot(normal))).norm() > LARGEST_DRIFT_MM) {
        return new Reason(
            ReasonCode.IRREGULAR_GEOMETRY, "The slices are not stacked along their normal.");
      }
    }
    return null;
  }

  /** Grid of a checked stack; columns lie along x, rows along y. */
  static Grid grid(List<Vector3> ordered, FrameKind kind, PixelLayout pixels) {
    Vector3 row = unit(kind.row());
    Vector3 column = unit(kind.column());
    // A header's six numbers are rounded; the axes of the grid must be perpendicular.
    column = column.minus(row.times(column.dot(row))).unit();
    Vector3 normal = row.cross(column);
    int count = ordered.size();
    double span = ordered.get(count - 1).minus(ordered.get(0)).dot(normal);
    return new Grid(
        pixels.columns(),
        pixels.rows(),
        count,
        kind.columnSpacingMm(),
        kind.rowSpacingMm(),
        span / (count - 1),
        Orientation.ofStack(ordered.get(0), row, column));
  }

  /** Unit normal of an image, null if its orientation is missing or degenerate. */
  static @Nullable Vector3 normal(FrameKind kind) {
    Vector3 row = kind.row();
    Vector3 column = kind.column();
    if (row == null || column == null) {
      return null;
    }
    Vector3 cross = row.cross(column);
    boolean proper =
        Math.abs(row.norm() - 1) < 0.01
            && Math.abs(column.norm() - 1) < 0.01
            && Math.abs(cross.norm() - 1) < 0.01;
    return proper ? cross.unit() : null;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private static Vector3 unit(@Nullable Vector3 direction) {
    if (direction == null) {
      throw new IllegalArgumentException("kind has no orientation");
    }
    return direction.unit();
  }
}
