package org.qsmnode.fuzz;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.series.pixels.SegmentationMask;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/** A DICOM Segmentation that is given as mask (PS3.3 A.51). */
final class SegmentationTarget implements FuzzTarget {

  private static final Grid GRID =
      new Grid(5, 3, 4, 1, 2, 2.5, Orientation.ofStack(new Vector3(0, 0, 0), Vector3.X, Vector3.Y));

  private final InputFile file = new InputFile("segmentation");

  @Override
  public String name() {
    return "segmentation";
  }

  @Override
  public List<byte[]> seeds() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    for (String syntax : SeedObjects.SYNTAXES) {
      seeds.add(SeedObjects.file(SeedObjects.segmentation(), syntax));
    }
    return seeds;
  }

  @Override
  public void read(byte[] input) {
    try {
      SegmentationMask.read(file.holding(input), GRID);
    } catch (RefusedException | IOException e) {
      return;
    }
  }

  /** As of {@link DataSetTarget}. */
  @Override
  public long mayAllocate(byte[] input) {
    return (4L << 20) + 1032L * 20 * input.length;
  }
}
