package org.dcm4che3.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.dcm4che3.data.Attributes;

/** The data set of one received DIMSE message, read while it arrives (PS3.8 Annex E). */
public abstract class PDVInputStream extends InputStream {

  public PDVInputStream() {}

  /** Parses the data set, encoded in the given transfer syntax. */
  public abstract Attributes readDataset(String tsuid) throws IOException;

  /** Copies at most length bytes. */
  public abstract void copyTo(OutputStream out, int length) throws IOException;

  /** Copies everything that is left. */
  public abstract void copyTo(OutputStream out) throws IOException;

  /** Discards what is left and returns its number of bytes. */
  public abstract long skipAll() throws IOException;
}
