package org.qsmnode.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;
import org.qsmnode.store.QueryKeys;

/** The identifier of a C-FIND, held against a result (PS3.4 C.2.2.2). */
final class FindKeysTarget implements FuzzTarget {

  private final Attributes result = SeedObjects.image();

  FindKeysTarget() {
    result.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    result.setString(Tag.PatientName, VR.PN, "Doe^Jane");
    result.setString(Tag.StudyTime, VR.TM, "101112");
    result.setString(Tag.StudyDescription, VR.LO, "a".repeat(64));
    Attributes item = new Attributes();
    item.setString(Tag.ScheduledProcedureStepID, VR.SH, "S1");
    result.newSequence(Tag.RequestAttributesSequence, 1).add(item);
  }

  @Override
  public String name() {
    return "find-keys";
  }

  @Override
  public List<byte[]> seeds() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes, UID.ImplicitVRLittleEndian)) {
      out.writeDataset(null, SeedObjects.keys());
    }
    return List.of(bytes.toByteArray());
  }

  @Override
  public void read(byte[] input) {
    Attributes keys;
    try (DicomInputStream in =
        new DicomInputStream(new ByteArrayInputStream(input), UID.ImplicitVRLittleEndian)) {
      keys = in.readDataset();
    } catch (IOException e) {
      return;
    }
    QueryKeys.match(keys, result);
    QueryKeys.ignored(keys, result);
  }

  @Override
  public long mayAllocate(byte[] input) {
    return (1L << 20) + 4096L * input.length;
  }
}
