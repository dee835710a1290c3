package org.dcm4che3.net;

import java.io.IOException;
import org.dcm4che3.data.Attributes;

/** The responses to one request, waited for one after the other. */
public interface DimseRSP {

  /** Waits for the next response; false after the last one. */
  boolean next() throws IOException, InterruptedException;

  Attributes getCommand();

  Attributes getDataset();

  void cancel(Association as) throws IOException;
}
