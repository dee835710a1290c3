package org.dcm4che3.net;

import java.io.IOException;

/** Writes the data set of a message in the transfer syntax it is asked for. */
public interface DataWriter {

  void writeTo(PDVOutputStream out, String tsuid) throws IOException;
}
