package org.qsmnode.series;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.jspecify.annotations.Nullable;
import org.qsmnode.series.AcquisitionPlan.PlannedFrame;

/** Keeps the header and the references of every slice while objects pass by. */
final class SourceCollector {

  private final AcquisitionPlan plan;
  private final @Nullable Attributes[] headers;
  private final int[] frameNumbers;

  SourceCollector(AcquisitionPlan plan) {
    this.plan = plan;
    this.headers = new Attributes[plan.grid().nz()];
    this.frameNumbers = new int[plan.grid().nz()];
  }

  /** Takes a data set, whose pixels were removed, with the frames it holds. */
  void take(Attributes dataset, List<PlannedFrame> frames) {
    for (PlannedFrame frame : frames) {
      boolean leads =
          frame.echo() == 0 && frame.component() == plan.encoding().first() && !frame.repeated();
      if (leads) {
        headers[frame.slice()] = dataset;
        frameNumbers[frame.slice()] = frame.frameNumber();
      }
    }
  }

  /** One entry per slice, in the order of the grid. */
  List<SourceSlice> slices() {
    List<List<SourceReference>> references = new ArrayList<>();
    for (int slice = 0; slice < headers.length; slice++) {
      references.add(new ArrayList<>());
    }
    plan.frames().stream()
        .filter(f -> !f.repeated())
        .sorted(Comparator.comparingInt(PlannedFrame::echo).thenComparing(PlannedFrame::component))
        .forEach(
            f ->
                references
                    .get(f.slice())
                    .add(
                        new SourceReference(
                            f.sopClassUid(),
                            f.sopInstanceUid(),
                            f.seriesInstanceUid(),
                            f.frameNumber())));
    List<SourceSlice> slices = new ArrayList<>(headers.length);
    for (int slice = 0; slice < headers.length; slice++) {
      Attributes header = headers[slice];
      if (header == null) {
        throw new IllegalStateException("no header for slice " + slice);
      }
      slices.add(new SourceSlice(header, frameNumbers[slice], references.get(slice)));
    }
    return slices;
  }
}
