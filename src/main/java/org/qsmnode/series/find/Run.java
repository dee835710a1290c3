package org.qsmnode.series.find;

import java.util.List;

/** Frames of one group that were measured together. */
record Run(FrameGroup group, List<RunFrame> frames) {

  Run {
    frames = List.copyOf(frames);
  }
}
