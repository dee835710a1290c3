package org.qsmnode.camel;

import java.util.List;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/** A SOP instance named by its class and UID (PS3.3 10.8, SOP Instance Reference). */
public record ReferencedInstance(String sopClassUid, String sopInstanceUid) {

  Attributes item() {
    Attributes item = new Attributes(2);
    item.setString(Tag.ReferencedSOPClassUID, VR.UI, sopClassUid);
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, sopInstanceUid);
    return item;
  }

  static ReferencedInstance of(Attributes item) {
    return new ReferencedInstance(
        item.getString(Tag.ReferencedSOPClassUID, ""),
        item.getString(Tag.ReferencedSOPInstanceUID, ""));
  }

  static List<Attributes> items(Attributes data, int sequence) {
    return Stream.ofNullable(data.getSequence(sequence)).flatMap(Sequence::stream).toList();
  }
}
