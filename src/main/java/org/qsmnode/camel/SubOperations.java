package org.qsmnode.camel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.DimseRSPHandler;
import org.dcm4che3.net.NoPresentationContextException;
import org.dcm4che3.net.NoRoleSelectionException;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.RetrieveTask;
import org.jspecify.annotations.Nullable;
import org.qsmnode.store.RetrievableInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The C-STORE sub-operations of one C-GET or C-MOVE and its responses (PS3.4 C.4.2.3, C.4.3.3).
 * Own, as dcm4che leaves open in its task how objects in flight are counted and how the final
 * status follows.
 *
 * <p>The final status is 0000 when all objects were stored, FE00 after a cancel that left some,
 * A702 when none was stored, else B000. An object that cannot be read or sent counts as failed and
 * the next is taken.
 */
final class SubOperations implements RetrieveTask {

  private static final Logger LOG = LoggerFactory.getLogger(SubOperations.class);

  /** UIDs of 65 bytes that fit a value of 65,534 bytes, the most that VR UI can have. */
  private static final int MOST_LISTED = 1008;

  /** The largest value of a count, whose VR is US. */
  private static final int LARGEST_COUNT = 0xffff;

  private final Dimse operation;
  private final Association requesting;
  private final PresentationContext context;
  private final Attributes request;
  private final List<RetrievableInstance> instances;
  private final @Nullable Association storing;
  private final Consumer<Set<String>> ended;
  private final Set<String> taken = new TreeSet<>();
  private final List<String> failed = new ArrayList<>();
  private int warned;
  private int answered;
  private int unanswered;
  private volatile boolean canceled;

  /**
   * @param storing sends the objects, and is released at the end of a C-MOVE; null without objects
   * @param ended told the SOP Instance UIDs that were taken
   */
  SubOperations(
      Dimse operation,
      Association requesting,
      PresentationContext context,
      Attributes request,
      List<RetrievableInstance> instances,
      @Nullable Association storing,
      Consumer<Set<String>> ended) {
    this.operation = operation;
    this.requesting = requesting;
    this.context = context;
    this.request = request;
    this.instances = instances;
    this.storing = storing;
    this.ended = ended;
  }

  @Override
  public void onCancelRQ(Association association) {
    canceled = true;
  }

  @Override
  public void run() {
    try {
      if (storing != null) {
        for (RetrievableInstance instance : instances) {
          if (canceled) {
            break;
          }
          send(storing, instance);
        }
      }
      finish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      requesting.abort();
    } finally {
      requesting.removeCancelRQHandler(messageId());
      release();
      ended.accept(taken());
    }
  }

  private void send(Association association, RetrievableInstance instance)
      throws InterruptedException {
    Answer answer = new Answer(association.nextMessageID(), instance.sopInstanceUid());
    try {
      Optional<String> syntax =
          StoredDataSet.syntaxFor(
              association.getTransferSyntaxesFor(instance.sopClassUid()),
              instance.transferSyntaxUid());
      if (syntax.isEmpty()) {
        throw new NoPresentationContextException(
            instance.sopClassUid(), instance.transferSyntaxUid());
      }
      if (!instance.isWhole()) {
        throw new IOException("the file is missing or is not what was written");
      }
      try (StoredDataSet dataSet =
          StoredDataSet.open(instance.file(), instance.transferSyntaxUid(), syntax.get())) {
        store(association, instance, dataSet, syntax.get(), answer);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "object {} of a retrieval is not sent: {}",
          instance.sopInstanceUid(),
          e.getClass().getSimpleName());
      answer.count(Status.ProcessingFailure);
    }
  }

  /** What fails once the command is out, has spoiled the association. */
  private void store(
      Association association,
      RetrievableInstance instance,
      StoredDataSet dataSet,
      String syntax,
      Answer answer)
      throws IOException, InterruptedException {
    int priority = request.getInt(Tag.Priority, 0);
    try {
      if (operation == Dimse.C_MOVE_RQ) {
        association.cstore(
            instance.sopClassUid(),
            instance.sopInstanceUid(),
            priority,
            requesting.getRemoteAET(),
            messageId(),
            dataSet,
            syntax,
            answer);
      } else {
        association.cstore(
            instance.sopClassUid(), instance.sopInstanceUid(), priority, dataSet, syntax, answer);
      }
    } catch (NoPresentationContextException | NoRoleSelectionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      association.abort();
      throw e;
    }
  }

  private synchronized void count(String sopInstanceUid, int status) {
    boolean warning = (status & 0xF000) == 0xB000;
    if (status == Status.Success || warning) {
      taken.add(sopInstanceUid);
      warned += warning ? 1 : 0;
    } else {
      failed.add(sopInstanceUid);
    }
    answered++;
    unanswered--;
    notifyAll();
    if (answered < instances.size()) {
      Attributes pending = response(Status.Pending);
      count(pending, Tag.NumberOfRemainingSuboperations, instances.size() - answered);
      requesting.tryWriteDimseRSP(context, pending);
    }
  }

  private synchronized void finish() throws InterruptedException {
    while (unanswered > 0) {
      wait();
    }
    int remaining = instances.size() - answered;
    Attributes response = response(finalStatus(remaining));
    if (remaining > 0) {
      count(response, Tag.NumberOfRemainingSuboperations, remaining);
    }
    if (failed.isEmpty()) {
      requesting.tryWriteDimseRSP(context, response);
    } else {
      Attributes identifier = new Attributes();
      identifier.setString(
          Tag.FailedSOPInstanceUIDList,
          VR.UI,
          failed.stream().limit(MOST_LISTED).toArray(String[]::new));
      requesting.tryWriteDimseRSP(context, response, identifier);
    }
  }

  private int finalStatus(int remaining) {
    if (remaining > 0) {
      return Status.Cancel;
    }
    if (!failed.isEmpty() && taken.isEmpty()) {
      return Status.UnableToPerformSubOperations;
    }
    return failed.isEmpty() && warned == 0 ? Status.Success : Status.OneOrMoreFailures;
  }

  private Attributes response(int status) {
    Attributes response = Commands.mkRSP(request, status, operation);
    count(response, Tag.NumberOfCompletedSuboperations, answered - failed.size() - warned);
    count(response, Tag.NumberOfFailedSuboperations, failed.size());
    count(response, Tag.NumberOfWarningSuboperations, warned);
    return response;
  }

  private static void count(Attributes response, int tag, int count) {
    response.setInt(tag, VR.US, Math.min(count, LARGEST_COUNT));
  }

  private void release() {
    if (operation == Dimse.C_MOVE_RQ && storing != null) {
      try {
        storing.release();
      } catch (IOException e) {
        LOG.debug("a destination ended its association before the release");
      }
    }
  }

  private synchronized Set<String> taken() {
    return Set.copyOf(taken);
  }

  private int messageId() {
    return request.getInt(Tag.MessageID, 0);
  }

  /** Counts one object once: by its response, its failure, or the end of the association. */
  private final class Answer extends DimseRSPHandler {

    private final String sopInstanceUid;
    private boolean counted;

    Answer(int messageId, String sopInstanceUid) {
      super(messageId);
      this.sopInstanceUid = sopInstanceUid;
      synchronized (SubOperations.this) {
        unanswered++;
      }
    }

    @Override
    public void onDimseRSP(Association association, Attributes command, @Nullable Attributes data) {
      super.onDimseRSP(association, command, data);
      count(command.getInt(Tag.Status, Status.ProcessingFailure));
    }

    @Override
    public void onClose(Association association) {
      super.onClose(association);
      count(Status.ProcessingFailure);
    }

    void count(int status) {
      synchronized (SubOperations.this) {
        if (!counted) {
          counted = true;
          SubOperations.this.count(sopInstanceUid, status);
        }
      }
    }
  }
}
