package org.qsmnode.simulate.dicom;

import java.io.IOException;
import org.dcm4che3.data.Attributes;

/** Lays a study out as one vendor does. */
interface VendorFormat {

  /** Receives the data sets of a study in order. */
  @FunctionalInterface
  interface Sink {
    void accept(Attributes dataset) throws IOException;
  }

  /** +1 where this vendor's phase grows with the field, -1 where it falls. */
  default int sign() {
    return 1;
  }

  /** Writes all instances. */
  void write(StudySource study, Sink sink) throws IOException;
}
