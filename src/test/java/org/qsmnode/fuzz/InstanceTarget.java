package org.qsmnode.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.qsmnode.series.find.Recognition;
import org.qsmnode.series.find.RecognitionSettings;
import org.qsmnode.series.header.HeaderTooLargeException;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.InstanceReader;
import org.qsmnode.series.header.RefusedException;

/**
 * What an object goes through before its C-STORE is answered, and its study's examination after.
 */
final class InstanceTarget implements FuzzTarget {

  private final InputFile file = new InputFile("instance");
  private final Recognition recognition = new Recognition(RecognitionSettings.defaults());

  @Override
  public String name() {
    return "instance";
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
  public void read(byte[] input) throws Exception {
    IndexedInstance instance;
    try {
      instance = InstanceReader.index(file.holding(input));
    } catch (RefusedException | HeaderTooLargeException e) {
      return;
    }
    recognition.recognise(List.of(IndexedInstance.fromJson(instance.toJson())));
  }

  /** As of {@link DataSetTarget}. */
  @Override
  public long mayAllocate(byte[] input) {
    return (4L << 20) + 1032L * 20 * input.length;
  }
}
