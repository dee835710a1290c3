package org.dcm4che3.net.service;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;

/** Answers C-STORE (PS3.7 section 9.1.1, PS3.4 Annex B) once {@link #store} has returned. */
public class BasicCStoreSCP extends AbstractDicomService {

  public BasicCStoreSCP() {
    this("*");
  }

  public BasicCStoreSCP(String... sopClasses) {
    super(sopClasses);
  }

  @Override
  public void onDimseRQ(
      Association as, PresentationContext pc, Dimse dimse, Attributes cmd, PDVInputStream data)
      throws IOException {
    if (dimse != Dimse.C_STORE_RQ) {
      throw new DicomServiceException(Status.UnrecognizedOperation);
    }
    if (data == null) {
      throw new DicomServiceException(Status.CannotUnderstand, "C-STORE request without data set");
    }
    Attributes rsp = Commands.mkCStoreRSP(cmd, Status.Success);
    store(as, pc, cmd, data, rsp);
    as.tryWriteDimseRSP(pc, rsp);
  }

  /**
   * Takes one object; what is left unread of its data set is skipped.
   *
   * @param rsp the response to be sent, Success unless changed
   * @throws DicomServiceException to answer with another response
   * @throws IOException to abort the association
   */
  protected void store(
      Association as, PresentationContext pc, Attributes rq, PDVInputStream data, Attributes rsp)
      throws IOException {}

  @Override
  protected void onDimseRQ(
      Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data)
      throws IOException {
    throw new UnsupportedOperationException("a C-STORE data set is taken as a stream");
  }
}
