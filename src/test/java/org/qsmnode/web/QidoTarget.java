package org.qsmnode.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.qsmnode.fuzz.FuzzTarget;
import org.qsmnode.store.QueryKeys;

/** Path, query and Accept of a search, a line each, held against a result (PS3.18 8.3.4). */
public final class QidoTarget implements FuzzTarget {

  private final Attributes result = new Attributes();

  public QidoTarget() {
    result.setString(Tag.StudyDate, VR.DA, "20260101");
    result.setString(Tag.Modality, VR.CS, "MR");
    result.setString(Tag.StudyDescription, VR.LO, "a".repeat(64));
    result.setInt(Tag.Rows, VR.US, 3);
  }

  @Override
  public String name() {
    return "qido";
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        text(
            "/studies/1.2/series\nStudyDate=20260101-&00080060=MR&limit=10&offset=2\n"
                + "application/dicom+json;q=0.9, */*"),
        text(
            "/studies\nStudyDescription=*a*a*a*b&RequestAttributesSequence.00400009=S%201"
                + "&includefield=all,EchoTime&Rows=3&fuzzymatching=true\n"
                + "multipart/related; type=\"application/dicom\"; transfer-syntax=*"));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void read(byte[] input) {
    String[] lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", 3);
    WebRequest request =
        new WebRequest(
            "http://host/dicom-web",
            lines[0],
            lines.length > 1 ? lines[1] : "",
            lines.length > 2 ? lines[2] : "");
    try {
      request.accepted();
      QidoQuery query = QidoQuery.of(request);
      QueryKeys.match(query.keys(), result);
    } catch (HttpRefusal e) {
      return;
    }
  }

  @Override
  public long mayAllocate(byte[] input) {
    return (1L << 20) + 4096L * input.length;
  }
}
