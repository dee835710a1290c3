package org.qsmnode.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.InstanceReader;

/** Facts of an object as a ledger holds them that was damaged, or written by another version. */
final class FactsJsonTarget implements FuzzTarget {

  @Override
  public String name() {
    return "facts-json";
  }

  @Override
  public List<byte[]> seeds() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    for (Attributes dataset : List.of(SeedObjects.image(), SeedObjects.enhanced())) {
      seeds.add(
          InstanceReader.index(dataset, UID.ExplicitVRLittleEndian)
              .toJson()
              .getBytes(StandardCharsets.UTF_8));
    }
    return seeds;
  }

  @Override
  public void read(byte[] input) {
    try {
      IndexedInstance.fromJson(new String(input, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return;
    }
  }
}
