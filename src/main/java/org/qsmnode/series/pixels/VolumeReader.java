package org.qsmnode.series.pixels;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.qsmnode.series.find.AcquisitionPlan;
import org.qsmnode.series.find.AcquisitionPlan.PlannedFrame;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.series.header.ValueScale;
import org.qsmnode.volume.Grid;

/** Collects decoded frames into one array per component and echo. */
final class VolumeReader {

  private final AcquisitionPlan plan;
  private final List<float[]> first = new ArrayList<>();
  private final List<float[]> second = new ArrayList<>();

  VolumeReader(AcquisitionPlan plan) {
    this.plan = plan;
  }

  /** Values of the encoding's first component, one array per echo. */
  List<float[]> first() {
    return first;
  }

  /** Values of the encoding's second component, one array per echo. */
  List<float[]> second() {
    return second;
  }

  void take(Attributes dataset, List<PlannedFrame> frames) throws RefusedException, IOException {
    Grid grid = plan.grid();
    int sliceSize = grid.nx() * grid.ny();
    int last = frames.stream().mapToInt(PlannedFrame::frameNumber).max().orElse(1);
    PixelDecoder decoder = PixelDecoder.of(dataset, frames.get(0).pixels(), Math.max(1, last));
    allocate();
    for (PlannedFrame frame : frames) {
      List<float[]> target = frame.component() == plan.encoding().first() ? first : second;
      float[] volume = target.get(frame.echo());
      int offset = frame.slice() * sliceSize;
      int index = Math.max(0, frame.frameNumber() - 1);
      double[] line = line(frame);
      if (frame.repeated()) {
        float[] again = new float[sliceSize];
        decoder.read(index, line[0], line[1], again, 0);
        requireSame(volume, offset, again);
      } else {
        decoder.read(index, line[0], line[1], volume, offset);
      }
    }
  }

  /** Room for all volumes, made only once an object has proved to hold what its header says. */
  private void allocate() {
    while (first.size() < plan.echoTimesMs().size()) {
      first.add(new float[plan.grid().size()]);
      second.add(new float[plan.grid().size()]);
    }
  }

  private static double[] line(PlannedFrame frame) {
    ValueScale scale = frame.scale();
    if (frame.component() == Component.PHASE) {
      return PhaseScaleRule.transformation(scale);
    }
    double slope = scale.effectiveSlope();
    double intercept = scale.effectiveIntercept();
    double philips = scale.philipsScaleSlope();
    if (Double.isFinite(philips) && philips != 0 && scale.hasRescale()) {
      // Floating values share a scale over slices and echoes, displayed values need not.
      double factor = 1 / (slope * philips);
      return new double[] {slope * factor, intercept * factor};
    }
    return new double[] {slope, intercept};
  }

  private static void requireSame(float[] volume, int offset, float[] again)
      throws RefusedException {
    for (int i = 0; i < again.length; i++) {
      if (volume[offset + i] != again[i]) {
        throw new RefusedException(Reason.of(ReasonCode.AMBIGUOUS_REPETITION));
      }
    }
  }
}
