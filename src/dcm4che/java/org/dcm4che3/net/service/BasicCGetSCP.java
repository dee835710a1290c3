package org.dcm4che3.net.service;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;

/** Performs C-GET (PS3.7 section 9.1.3, PS3.4 section C.4.3). */
public class BasicCGetSCP extends AbstractDicomService {

  public BasicCGetSCP(String... sopClasses) {
    super(sopClasses);
  }

  @Override
  public void onDimseRQ(
      Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data)
      throws IOException {
    if (dimse != Dimse.C_GET_RQ) {
      throw new DicomServiceException(Status.UnrecognizedOperation);
    }
    if (data == null) {
      throw new DicomServiceException(Status.UnableToProcess, "C-GET request without identifier");
    }
    RetrieveTask task = calculateMatches(as, pc, cmd, data);
    as.addCancelRQHandler(cmd.getInt(Tag.MessageID, 0), task);
    as.getApplicationEntity().getDevice().execute(task);
  }

  /**
   * Makes the task that performs a retrieval; refuses unless overridden.
   *
   * @throws DicomServiceException to answer with its status
   */
  protected RetrieveTask calculateMatches(
      Association as, PresentationContext pc, Attributes rq, Attributes keys)
      throws DicomServiceException {
    throw new DicomServiceException(Status.UnableToProcess, "nothing can be retrieved");
  }
}
