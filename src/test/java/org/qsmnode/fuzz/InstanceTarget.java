package org.qsmnode.fuzz;

import java.nio.charset.StandardCharsets;
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
    IndexedInstance kept = IndexedInstance.fromJson(asKept(instance.toJson()));
    if (!kept.equals(instance)) {
      throw new AssertionError("the ledger gives back other facts");
    }
    recognition.recognise(List.of(kept));
  }

  /** A text as a database gives it back, which keeps it in UTF-8. */
  private static String asKept(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** As of {@link DataSetTarget}. */
  @Override
  public long mayAllocate(byte[] input) {
    return (4L << 20) + 1032L * 20 * input.length;
  }
}
