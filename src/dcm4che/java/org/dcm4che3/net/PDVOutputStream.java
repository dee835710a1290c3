package org.dcm4che3.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Takes the data set of one DIMSE message to be sent (PS3.8 Annex E). */
public abstract class PDVOutputStream extends OutputStream {

  public PDVOutputStream() {}

  /** Sends exactly length bytes of a stream. */
  public abstract void copyFrom(InputStream in, int length) throws IOException;

  /** Sends a stream up to its end. */
  public abstract void copyFrom(InputStream in) throws IOException;
}
