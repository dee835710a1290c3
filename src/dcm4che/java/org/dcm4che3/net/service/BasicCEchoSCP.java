package org.dcm4che3.net.service;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;

/** Answers C-ECHO (PS3.7 section 9.1.5, PS3.4 Annex A). */
public class BasicCEchoSCP extends AbstractDicomService {

  public BasicCEchoSCP() {
    this(UID.Verification);
  }

  public BasicCEchoSCP(String... sopClasses) {
    super(sopClasses);
  }

  @Override
  public void onDimseRQ(
      Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data)
      throws IOException {
    if (dimse != Dimse.C_ECHO_RQ) {
      throw new DicomServiceException(Status.UnrecognizedOperation);
    }
    as.tryWriteDimseRSP(pc, Commands.mkEchoRSP(cmd, Status.Success));
  }
}
