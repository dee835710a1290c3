package org.qsmnode.camel;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.service.DicomServiceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests for storage commitment (PS3.4 J.3.2) and reports the result. The report goes on
 * the association of the request, or, where that has ended, on a new one, tried several times.
 */
final class CommitmentScp {

  private static final Logger LOG = LoggerFactory.getLogger(CommitmentScp.class);
  private static final String SOP_CLASS = UID.StorageCommitmentPushModel;
  private static final int REQUEST_STORAGE_COMMITMENT = 1;
  private static final int COMPLETE = 1;
  private static final int FAILURES_EXIST = 2;
  private static final List<Duration> AGAIN =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(5));

  private final CommitmentProvider provider;
  private final DicomConfiguration options;
  private final ExecutorService executor;
  private final ScheduledExecutorService timers;

  CommitmentScp(
      CommitmentProvider provider,
      DicomConfiguration options,
      ExecutorService executor,
      ScheduledExecutorService timers) {
    this.provider = provider;
    this.options = options;
    this.executor = executor;
    this.timers = timers;
  }

  /** Takes an N-ACTION; the result follows on another thread. */
  void request(
      Association association,
      PresentationContext context,
      Attributes command,
      @Nullable Attributes information)
      throws DicomServiceException {
    if (!UID.StorageCommitmentPushModelInstance.equals(
        command.getString(Tag.RequestedSOPInstanceUID))) {
      throw new DicomServiceException(Status.NoSuchObjectInstance);
    }
    if (command.getInt(Tag.ActionTypeID, 0) != REQUEST_STORAGE_COMMITMENT) {
      throw new DicomServiceException(Status.NoSuchActionType);
    }
    if (information == null
        || !information.containsValue(Tag.TransactionUID)
        || ReferencedInstance.items(information, Tag.ReferencedSOPSequence).isEmpty()) {
      throw new DicomServiceException(
          Status.InvalidArgumentValue, "no transaction UID or no references");
    }
    association.tryWriteDimseRSP(context, Commands.mkNActionRSP(command, Status.Success));
    executor.execute(() -> report(association, result(information, association.getLocalAET())));
  }

  private Attributes result(Attributes request, String ownAeTitle) {
    Attributes result = new Attributes();
    result.setString(Tag.TransactionUID, VR.UI, request.getString(Tag.TransactionUID));
    result.setString(Tag.RetrieveAETitle, VR.AE, ownAeTitle);
    List<ReferencedInstance> instances =
        ReferencedInstance.items(request, Tag.ReferencedSOPSequence).stream()
            .map(ReferencedInstance::of)
            .toList();
    for (ReferencedInstance instance : instances) {
      int reason = provider.reasons().applyAsInt(instance);
      Attributes item = instance.item();
      if (reason == Status.Success) {
        result.ensureSequence(Tag.ReferencedSOPSequence, instances.size()).add(item);
      } else {
        item.setInt(Tag.FailureReason, VR.US, reason);
        result.ensureSequence(Tag.FailedSOPSequence, instances.size()).add(item);
      }
    }
    return result;
  }

  private void report(Association association, Attributes result) {
    String requestor = association.getRemoteAET();
    try {
      if (association.isReadyForDataTransfer() && send(association, result)) {
        return;
      }
    } catch (IOException e) {
      LOG.debug("{} ended the association before the result", requestor);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    reportAnew(requestor, association.getLocalAET(), result, 0);
  }

  private static boolean send(Association association, Attributes result)
      throws IOException, InterruptedException {
    Sequence failed = result.getSequence(Tag.FailedSOPSequence);
    DimseRSP response =
        association.neventReport(
            SOP_CLASS,
            UID.StorageCommitmentPushModelInstance,
            failed == null ? COMPLETE : FAILURES_EXIST,
            result,
            null);
    response.next();
    int status = response.getCommand().getInt(Tag.Status, -1);
    if (status != Status.Success) {
      LOG.warn(
          "{} answered a storage commitment result with {}",
          association.getRemoteAET(),
          String.format("%04X", status));
    }
    return status == Status.Success;
  }

  private void reportAnew(String requestor, String ownAeTitle, Attributes result, int attempt) {
    MoveDestination address = provider.requestors().get(requestor);
    if (address == null) {
      LOG.error("storage commitment cannot be reported to {}: no known peer", requestor);
      return;
    }
    try {
      Requestor opening = requestor(address, ownAeTitle);
      AAssociateRQ request = opening.request(SOP_CLASS);
      request.addRoleSelection(new RoleSelection(SOP_CLASS, false, true));
      Association association = opening.open(request);
      try {
        send(association, result);
        association.release();
      } catch (IOException | InterruptedException e) {
        association.abort();
        throw e;
      }
    } catch (IOException e) {
      again(requestor, ownAeTitle, result, attempt, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Requestor requestor(MoveDestination address, String ownAeTitle) {
    DicomConfiguration towards = options.copy();
    towards.setAddress(address.address().toString());
    towards.setCallingAeTitle(ownAeTitle);
    towards.setSecurity(address.security());
    return new Requestor(towards, executor, timers);
  }

  private void again(
      String requestor, String ownAeTitle, Attributes result, int attempt, IOException trouble) {
    if (attempt == AGAIN.size()) {
      LOG.error("storage commitment was not reported: {}", trouble.getMessage());
      return;
    }
    LOG.warn("storage commitment is reported again later: {}", trouble.getMessage());
    Future<?> unused =
        timers.schedule(
            () -> executor.execute(() -> reportAnew(requestor, ownAeTitle, result, attempt + 1)),
            AGAIN.get(attempt).toMillis(),
            TimeUnit.MILLISECONDS);
  }
}
