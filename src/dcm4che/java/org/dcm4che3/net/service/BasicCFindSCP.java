package org.dcm4che3.net.service;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;

/** Answers C-FIND (PS3.7 section 9.1.2, PS3.4 section C.4.1). */
public class BasicCFindSCP extends AbstractDicomService {

  public BasicCFindSCP(String... sopClasses) {
    super(sopClasses);
  }

  @Override
  public void onDimseRQ(
      Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data)
      throws IOException {
    if (dimse != Dimse.C_FIND_RQ) {
      throw new DicomServiceException(Status.UnrecognizedOperation);
    }
    if (data == null) {
      throw new DicomServiceException(Status.UnableToProcess, "C-FIND request without identifier");
    }
    QueryTask task = calculateMatches(as, pc, cmd, data);
    as.addCancelRQHandler(cmd.getInt(Tag.MessageID, 0), task);
    as.getApplicationEntity().getDevice().execute(task);
  }

  /**
   * Makes the task that answers a query; one without matches unless overridden.
   *
   * @throws DicomServiceException to answer with its status
   */
  protected QueryTask calculateMatches(
      Association as, PresentationContext pc, Attributes rq, Attributes keys)
      throws DicomServiceException {
    return new BasicQueryTask(as, pc, rq, keys);
  }
}
