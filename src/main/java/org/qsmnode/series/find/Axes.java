package org.qsmnode.series.find;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qsmnode.volume.Vector3;

/**
 * The echo times and slices that occur among frames of one geometry.
 *
 * @param echoTimesMs distinct echo times, ascending
 * @param slicesMm distinct distances along the normal, ascending
 * @param normal common normal
 */
record Axes(double[] echoTimesMs, double[] slicesMm, Vector3 normal) {

  private static final double SAME_ECHO_MS = 0.005;

  /** Axes of frames that all have a position and an orientation. */
  static Axes of(Collection<RunFrame> frames, Vector3 normal) {
    double[] echoes = frames.stream().mapToDouble(RunFrame::echoTimeMs).sorted().toArray();
    List<Double> distinct = new ArrayList<>();
    for (double te : echoes) {
      if (distinct.isEmpty() || te - distinct.get(distinct.size() - 1) > SAME_ECHO_MS) {
        distinct.add(te);
      }
    }
    double[] along = frames.stream().mapToDouble(f -> along(f, normal)).toArray();
    return new Axes(
        distinct.stream().mapToDouble(Double::doubleValue).toArray(),
        StackGeometry.distinct(along),
        normal);
  }

  int echo(RunFrame frame) {
    return StackGeometry.index(echoTimesMs, frame.echoTimeMs());
  }

  int slice(RunFrame frame) {
    return StackGeometry.index(slicesMm, along(frame, normal));
  }

  /** Number of a place: component, echo and slice. */
  int cell(RunFrame frame) {
    return (frame.component().ordinal() * echoTimesMs.length + echo(frame)) * slicesMm.length
        + slice(frame);
  }

  private static double along(RunFrame frame, Vector3 normal) {
    @Nullable Vector3 position = frame.facts().positionMm();
    if (position == null) {
      throw new IllegalArgumentException("frame has no position");
    }
    return position.dot(normal);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Axes axes
        && Arrays.equals(echoTimesMs, axes.echoTimesMs)
        && Arrays.equals(slicesMm, axes.slicesMm)
        && normal.equals(axes.normal);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(echoTimesMs) + Arrays.hashCode(slicesMm);
  }

  @Override
  public String toString() {
    return echoTimesMs.length + " echo times, " + slicesMm.length + " slices";
  }
}
