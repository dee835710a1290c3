package org.qsmnode.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.qsmnode.fuzz.FuzzTarget;

/** The body of a STOW-RS request (RFC 2046 section 5.1.1). */
public final class MultipartTarget implements FuzzTarget {

  @Override
  public String name() {
    return "multipart";
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        text(
            "preamble\r\n--b\r\nContent-Type: application/dicom\r\n\r\n\r\r\n--\r\nDICM\r\n--b\r\n"
                + "content-type : application/dicom; transfer-syntax=*\r\n\r\n\r\n--b--\r\n"),
        text("--b--"));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void read(byte[] input) throws IOException {
    try {
      MultipartReader parts = new MultipartReader(new ByteArrayInputStream(input), "b");
      byte[] some = new byte[16];
      while (parts.next()) {
        MediaRange.accepted(parts.contentType());
        parts.part().read(some, 0, some.length);
      }
    } catch (HttpRefusal e) {
      return;
    }
  }
}
