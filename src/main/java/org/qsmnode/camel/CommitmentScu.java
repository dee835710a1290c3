package org.qsmnode.camel;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.Status;

/** Requests storage commitment of a peer (PS3.4 annex J), one association a call. */
public final class CommitmentScu {

  private static final String SOP_CLASS = UID.StorageCommitmentPushModel;
  private static final int REQUEST_STORAGE_COMMITMENT = 1;

  private final Requestor requestor;
  private final Map<String, CompletableFuture<CommitmentResult>> awaited =
      new ConcurrentHashMap<>();

  /**
   * An SCU for one peer; may be used by several threads at a time.
   *
   * @param options address of the peer, own AE title, security and time-outs
   * @param executor runs the associations; shut down by the caller
   * @param timers runs the time-outs; shut down by the caller
   */
  public CommitmentScu(
      DicomConfiguration options, ExecutorService executor, ScheduledExecutorService timers) {
    requestor = new Requestor(options, executor, timers);
    requestor.perform(new CommitmentEvents(this::requireAwaited, this::answered));
  }

  private void requireAwaited(String peer, CommitmentResult result) throws DicomStatusException {
    if (!awaited.containsKey(result.transactionUid())) {
      throw new DicomStatusException(Status.InvalidArgumentValue, "transaction is not known");
    }
  }

  private void answered(CommitmentResult result) {
    CompletableFuture<CommitmentResult> waiting = awaited.get(result.transactionUid());
    if (waiting != null) {
      waiting.complete(result);
    }
  }

  /**
   * Asks the peer to take responsibility for objects.
   *
   * <p>Most peers report the result later on an association of their own, to a consumer with a
   * {@link CommitmentListener}; be ready for it before calling this.
   *
   * @param transactionUid a new UID that the result will repeat
   * @param wait how long the association stays open for a result, which the idle time-out of the
   *     options limits; zero: not at all
   * @return the result if it was reported on this association
   * @throws DicomStatusException if the peer refuses
   * @throws DicomSendException if it is not reached, offers no storage commitment or ends the
   *     association before it has answered
   */
  public Optional<CommitmentResult> request(
      String transactionUid, List<ReferencedInstance> instances, Duration wait)
      throws DicomSendException, DicomStatusException, InterruptedException {
    CompletableFuture<CommitmentResult> result = new CompletableFuture<>();
    Association association = requestor.open(requestor.request(SOP_CLASS));
    awaited.put(transactionUid, result);
    try {
      int status = send(association, transactionUid, instances);
      Optional<CommitmentResult> reported =
          status == Status.Success ? await(association, result, wait) : Optional.empty();
      if (association.isReadyForDataTransfer()) {
        association.release();
      }
      if (status != Status.Success) {
        throw DicomStatusException.answered("storage commitment", status);
      }
      return reported;
    } catch (IOException e) {
      association.abort();
      throw requestor.failed("storage commitment", e);
    } catch (InterruptedException e) {
      association.abort();
      throw e;
    } finally {
      awaited.remove(transactionUid);
    }
  }

  private static int send(
      Association association, String transactionUid, List<ReferencedInstance> instances)
      throws IOException, InterruptedException {
    Attributes information = new Attributes();
    information.setString(Tag.TransactionUID, VR.UI, transactionUid);
    Sequence references = information.newSequence(Tag.ReferencedSOPSequence, instances.size());
    instances.forEach(instance -> references.add(instance.item()));
    DimseRSP response =
        association.naction(
            SOP_CLASS,
            UID.StorageCommitmentPushModelInstance,
            REQUEST_STORAGE_COMMITMENT,
            information,
            null);
    response.next();
    return response.getCommand().getInt(Tag.Status, -1);
  }

  private static Optional<CommitmentResult> await(
      Association association, CompletableFuture<CommitmentResult> result, Duration wait)
      throws InterruptedException {
    association.addAssociationListener(
        closed -> result.completeExceptionally(new IOException("the association has ended")));
    try {
      return Optional.of(result.get(wait.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    }
  }
}
