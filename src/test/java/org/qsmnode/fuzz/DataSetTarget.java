package org.qsmnode.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;

/** Part 10 files, read whole, with every value asked for in every way (PS3.5 section 7, PS3.10). */
final class DataSetTarget implements FuzzTarget {

  @Override
  public String name() {
    return "data-set";
  }

  @Override
  public List<byte[]> seeds() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    for (String syntax : SeedObjects.SYNTAXES) {
      seeds.add(SeedObjects.file(SeedObjects.image(), syntax));
      seeds.add(SeedObjects.file(SeedObjects.enhanced(), syntax));
    }
    return seeds;
  }

  @Override
  public void read(byte[] input) {
    try (DicomInputStream in = new DicomInputStream(new ByteArrayInputStream(input))) {
      use(in.readDataset());
    } catch (IOException e) {
      return;
    }
  }

  private static void use(Attributes dataset) throws IOException {
    for (int tag : dataset.tags()) {
      VR vr = dataset.getVR(tag);
      if (vr == VR.SQ || vr == VR.UN) {
        dataset.getSequence(tag);
      }
      dataset.getString(tag);
      dataset.getStrings(tag);
      dataset.getInts(tag);
      dataset.getDoubles(tag);
    }
    new Attributes(dataset);
  }

  /** Deflate unfolds up to 1032 times, and each value is kept once and shown in four ways. */
  @Override
  public long mayAllocate(byte[] input) {
    return (4L << 20) + 1032L * 20 * input.length;
  }
}
