package org.dcm4che3.net;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.pdu.PresentationContext;

/** Performs the operations a peer asks for. */
public interface DimseRQHandler {

  /**
   * Handles one request; called by the thread that reads the association.
   *
   * @param data the data set while it arrives, null if the command announces none
   */
  void onDimseRQ(
      Association as, PresentationContext pc, Dimse dimse, Attributes cmd, PDVInputStream data)
      throws IOException;

  /** Called once when the association has ended. */
  void onClose(Association as);
}
