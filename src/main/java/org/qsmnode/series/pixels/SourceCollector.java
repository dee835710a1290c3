package org.qsmnode.series.pixels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.jspecify.annotations.Nullable;
import org.qsmnode.series.find.AcquisitionPlan;
import org.qsmnode.series.find.AcquisitionPlan.PlannedFrame;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;

/** Keeps the header and the references of every slice while objects pass by. */
final class SourceCollector {

  /** 300 classic headers take some 10 MiB. */
  private static final long MOST_HEADER_BYTES = Runtime.getRuntime().maxMemory() / 8;

  private final AcquisitionPlan plan;
  private final @Nullable Attributes[] headers;
  private final int[] frameNumbers;
  private long headerBytes;

  SourceCollector(AcquisitionPlan plan) {
    this.plan = plan;
    this.headers = new Attributes[plan.grid().nz()];
    this.frameNumbers = new int[plan.grid().nz()];
  }

  /**
   * Takes an object, whose pixels were removed, with the frames it holds.
   *
   * @throws RefusedException if the headers of all slices are too large for the heap
   */
  void take(StoredObject object, List<PlannedFrame> frames) throws RefusedException {
    boolean kept = false;
    for (PlannedFrame frame : frames) {
      boolean leads =
          frame.echo() == 0 && frame.component() == plan.encoding().first() && !frame.repeated();
      if (leads) {
        headers[frame.slice()] = object.dataSet();
        frameNumbers[frame.slice()] = frame.frameNumber();
        kept = true;
      }
    }
    headerBytes += kept ? object.headerBytes() : 0;
    if (headerBytes > MOST_HEADER_BYTES) {
      throw new RefusedException(
          new Reason(
              ReasonCode.PROCESSING_FAILED,
              "The headers of all slices take more than the %d MiB that the heap leaves for them."
                  .formatted(MOST_HEADER_BYTES >> 20)));
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
