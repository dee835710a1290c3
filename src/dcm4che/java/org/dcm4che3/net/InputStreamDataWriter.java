package org.dcm4che3.net;

import java.io.IOException;
import java.io.InputStream;

/** Sends a data set that is encoded already; the caller keeps and closes the stream. */
public class InputStreamDataWriter implements DataWriter {

  private final InputStream in;

  public InputStreamDataWriter(InputStream in) {
    this.in = in;
  }

  @Override
  public void writeTo(PDVOutputStream out, String tsuid) throws IOException {
    out.copyFrom(in);
  }
}
