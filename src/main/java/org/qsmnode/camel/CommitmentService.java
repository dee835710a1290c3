package org.qsmnode.camel;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.AbstractDicomService;
import org.dcm4che3.net.service.DicomServiceException;
import org.jspecify.annotations.Nullable;

/**
 * Both sides of storage commitment, which share a SOP class: results as user, requests as provider.
 */
final class CommitmentService extends AbstractDicomService {

  private final @Nullable CommitmentEvents events;
  private final @Nullable CommitmentScp scp;

  CommitmentService(@Nullable CommitmentEvents events, @Nullable CommitmentScp scp) {
    super(UID.StorageCommitmentPushModel);
    this.events = events;
    this.scp = scp;
  }

  @Override
  protected void onDimseRQ(
      Association association,
      PresentationContext context,
      Dimse dimse,
      Attributes command,
      @Nullable Attributes information)
      throws IOException {
    if (dimse == Dimse.N_EVENT_REPORT_RQ && events != null) {
      events.onDimseRQ(association, context, dimse, command, information);
    } else if (dimse == Dimse.N_ACTION_RQ && scp != null) {
      scp.request(association, context, command, information);
    } else {
      throw new DicomServiceException(Status.UnrecognizedOperation);
    }
  }
}
