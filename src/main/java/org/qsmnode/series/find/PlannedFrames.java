package org.qsmnode.series.find;

import java.util.ArrayList;
import java.util.List;
import org.qsmnode.series.find.AcquisitionPlan.PlannedFrame;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.IndexedInstance;

/** Turns a complete table into the list of frames to read. */
final class PlannedFrames {

  private PlannedFrames() {}

  static List<PlannedFrame> of(FrameTable table, Encoding encoding) {
    List<PlannedFrame> planned = new ArrayList<>();
    for (Component component : List.of(encoding.first(), encoding.second())) {
      for (int echo = 0; echo < table.echoes(); echo++) {
        for (int slice = 0; slice < table.slices(); slice++) {
          RunFrame frame = table.at(component, echo, slice);
          if (frame != null) {
            planned.add(planned(frame, echo, slice, false));
          }
        }
      }
    }
    for (RunFrame frame : table.duplicates()) {
      if (frame.component() == encoding.first() || frame.component() == encoding.second()) {
        Axes axes = table.axes();
        planned.add(planned(frame, axes.echo(frame), axes.slice(frame), true));
      }
    }
    return planned;
  }

  private static PlannedFrame planned(RunFrame frame, int echo, int slice, boolean repeated) {
    IndexedInstance instance = frame.instance();
    return new PlannedFrame(
        instance.sopInstanceUid(),
        instance.sopClassUid(),
        instance.seriesInstanceUid(),
        frame.facts().frameNumber(),
        frame.component(),
        echo,
        slice,
        instance.pixels(),
        frame.kind().scale(),
        repeated);
  }
}
