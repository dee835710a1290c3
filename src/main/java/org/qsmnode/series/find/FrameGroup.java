package org.qsmnode.series.find;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.qsmnode.series.header.FrameKind;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.ScanFacts;
import org.qsmnode.volume.Vector3;

/** Frames of one study with the same geometry and measurement settings. */
final class FrameGroup {

  private static final double DIRECTION_TOLERANCE = 1e-3;
  private static final double RELATIVE_TOLERANCE = 1e-3;
  private static final double FREQUENCY_TOLERANCE = 5e-4;

  private final RunFrame first;
  private final @Nullable Vector3 normal;
  private final List<RunFrame> usable = new ArrayList<>();
  private final List<Dismissed> dismissed = new ArrayList<>();

  /** A frame that cannot serve, and why. */
  record Dismissed(RunFrame frame, Dismissal dismissal) {}

  FrameGroup(RunFrame first) {
    this.first = first;
    this.normal = StackGeometry.normal(first.kind());
  }

  /** What must be equal to the letter before tolerances are looked at. */
  static String discreteKey(IndexedInstance instance) {
    return String.join(
        "|",
        instance.studyInstanceUid(),
        instance.frameOfReferenceUid(),
        Integer.toString(instance.pixels().rows()),
        Integer.toString(instance.pixels().columns()),
        instance.scan().protocolName());
  }

  boolean accepts(RunFrame frame) {
    FrameKind mine = first.kind();
    FrameKind other = frame.kind();
    ScanFacts scan = first.instance().scan();
    ScanFacts otherScan = frame.instance().scan();
    return sameDirection(mine.row(), other.row())
        && sameDirection(mine.column(), other.column())
        && close(mine.rowSpacingMm(), other.rowSpacingMm(), RELATIVE_TOLERANCE)
        && close(mine.columnSpacingMm(), other.columnSpacingMm(), RELATIVE_TOLERANCE)
        && close(scan.repetitionTimeMs(), otherScan.repetitionTimeMs(), RELATIVE_TOLERANCE)
        && close(scan.flipAngleDeg(), otherScan.flipAngleDeg(), RELATIVE_TOLERANCE)
        && close(
            FieldStrength.megahertz(first.instance().scanner()),
            FieldStrength.megahertz(frame.instance().scanner()),
            FREQUENCY_TOLERANCE);
  }

  void add(RunFrame frame) {
    usable.add(frame);
  }

  void add(RunFrame frame, Dismissal dismissal) {
    dismissed.add(new Dismissed(frame, dismissal));
  }

  RunFrame first() {
    return first;
  }

  @Nullable Vector3 normal() {
    return normal;
  }

  List<RunFrame> usable() {
    return usable;
  }

  List<Dismissed> dismissed() {
    return dismissed;
  }

  /** Coarse text of everything the group agrees on; the same for any subset of its frames. */
  String key() {
    FrameKind kind = first.kind();
    ScanFacts scan = first.instance().scan();
    return String.join(
        "|",
        discreteKey(first.instance()),
        coarse(kind.row()),
        coarse(kind.column()),
        String.format(Locale.ROOT, "%.2f", kind.rowSpacingMm()),
        String.format(Locale.ROOT, "%.2f", kind.columnSpacingMm()),
        String.format(Locale.ROOT, "%.3g", scan.repetitionTimeMs()),
        String.format(Locale.ROOT, "%.3g", scan.flipAngleDeg()));
  }

  private static String coarse(@Nullable Vector3 v) {
    // Adding zero turns -0.0 into 0.0.
    return v == null
        ? "-"
        : String.format(Locale.ROOT, "%.2f,%.2f,%.2f", round(v.x()), round(v.y()), round(v.z()));
  }

  private static double round(double value) {
    return Math.rint(value * 100) / 100 + 0.0;
  }

  private static boolean sameDirection(@Nullable Vector3 a, @Nullable Vector3 b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    return Math.abs(a.x() - b.x()) <= DIRECTION_TOLERANCE
        && Math.abs(a.y() - b.y()) <= DIRECTION_TOLERANCE
        && Math.abs(a.z() - b.z()) <= DIRECTION_TOLERANCE;
  }

  private static boolean close(double a, double b, double relative) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return true;
    }
    return Math.abs(a - b) <= relative * Math.max(Math.abs(a), Math.abs(b));
  }
}
