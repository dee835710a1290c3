package org.qsmnode.camel;

import java.io.IOException;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.AbstractDicomService;
import org.dcm4che3.net.service.DicomServiceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears the N-EVENT-REPORT of a storage commitment SCP (PS3.4 J.3.3). */
final class CommitmentEvents extends AbstractDicomService {

  private static final Logger LOG = LoggerFactory.getLogger(CommitmentEvents.class);

  private static final int SUCCESSFUL = 1;
  private static final int FAILURES_EXIST = 2;

  private final CommitmentListener listener;
  private final Consumer<CommitmentResult> answered;

  /**
   * @param listener decides how a result is answered
   * @param answered told each result once the peer has the answer
   */
  CommitmentEvents(CommitmentListener listener, Consumer<CommitmentResult> answered) {
    super(UID.StorageCommitmentPushModel);
    this.listener = listener;
    this.answered = answered;
  }

  @Override
  protected void onDimseRQ(
      Association association,
      PresentationContext context,
      Dimse dimse,
      Attributes command,
      @Nullable Attributes information)
      throws IOException {
    if (dimse != Dimse.N_EVENT_REPORT_RQ) {
      throw new DicomServiceException(Status.UnrecognizedOperation);
    }
    int type = command.getInt(Tag.EventTypeID, 0);
    if (type != SUCCESSFUL && type != FAILURES_EXIST) {
      throw new DicomServiceException(Status.NoSuchEventType);
    }
    if (information == null || !information.containsValue(Tag.TransactionUID)) {
      throw new DicomServiceException(Status.InvalidArgumentValue, "no transaction UID");
    }
    CommitmentResult result = CommitmentResult.of(information);
    tell(association.getRemoteAET(), result);
    association.tryWriteDimseRSP(context, Commands.mkNEventReportRSP(command, Status.Success));
    answered.accept(result);
  }

  private void tell(String peer, CommitmentResult result) throws DicomServiceException {
    try {
      listener.committed(peer, result);
    } catch (DicomStatusException e) {
      throw new DicomServiceException(e.status(), e.comment());
    } catch (RuntimeException e) {
      LOG.error("storage commitment answered 0110", QuietTrace.of(e));
      throw new DicomServiceException(Status.ProcessingFailure, "internal failure");
    }
  }
}
