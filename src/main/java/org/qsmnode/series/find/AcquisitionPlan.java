package org.qsmnode.series.find;

import java.util.List;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.PixelLayout;
import org.qsmnode.series.header.Scanner;
import org.qsmnode.series.header.ValueScale;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Vector3;

/**
 * How to assemble an accepted acquisition.
 *
 * @param echoTimesMs ascending
 * @param fieldStrengthTesla main field
 * @param b0Direction unit vector of the main field in patient coordinates (LPS)
 * @param frames every source frame, ascending in component, echo and slice; frames that repeat the
 *     place of the one before follow it
 * @param componentsGuessed the component of each frame rests on its instance number alone and must
 *     be proved by the pixels
 */
public record AcquisitionPlan(
    Encoding encoding,
    Grid grid,
    List<Double> echoTimesMs,
    double fieldStrengthTesla,
    Vector3 b0Direction,
    Scanner scanner,
    List<PlannedFrame> frames,
    boolean componentsGuessed) {

  public AcquisitionPlan {
    echoTimesMs = List.copyOf(echoTimesMs);
    frames = List.copyOf(frames);
  }

  /**
   * One frame and its place.
   *
   * @param frameNumber 1-based frame of a multi-frame object, 0 for a classic image
   * @param repeated another frame fills this place; both must have the same pixels
   */
  public record PlannedFrame(
      String sopInstanceUid,
      String sopClassUid,
      String seriesInstanceUid,
      int frameNumber,
      Component component,
      int echo,
      int slice,
      PixelLayout pixels,
      ValueScale scale,
      boolean repeated) {}
}
