package org.dcm4che3.net.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.DataWriter;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.DimseRSPHandler;
import org.dcm4che3.net.NoPresentationContextException;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends instances by C-STORE sub-operations and answers the C-GET or C-MOVE that asked for them
 * (PS3.4 sections C.4.2.3 and C.4.3.3).
 *
 * <p>The final status is 0000H where every sub-operation succeeded, A702H where all failed, FE00H
 * where a cancel request left some undone, else B000H; instances that failed are listed.
 */
public class BasicRetrieveTask<T extends InstanceLocator> implements RetrieveTask {

  protected static final Logger LOG = LoggerFactory.getLogger(BasicRetrieveTask.class);

  /** UIDs of 64 characters that fit the 16-bit length of an explicit VR UI. */
  private static final int MAX_LISTED = 1000;

  protected final Dimse rq;
  protected final Association rqas;
  protected final Association storeas;
  protected final PresentationContext pc;
  protected final Attributes rqCmd;
  protected final int msgId;
  protected final int priority;
  protected int status = Status.Success;
  protected boolean pendingRSP;
  protected volatile boolean canceled;
  protected final List<T> insts;
  protected final List<T> completed = Collections.synchronizedList(new ArrayList<>());
  protected final List<T> warning = Collections.synchronizedList(new ArrayList<>());
  protected final List<T> failed = Collections.synchronizedList(new ArrayList<>());
  protected int outstandingRSP;
  protected final Object outstandingRSPLock = new Object();
  private final Set<T> outstanding = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param rq C_GET_RQ or C_MOVE_RQ
   * @param rqas the association of the request
   * @param rqCmd the request
   * @param insts what is to be sent
   * @param storeas the association to send on, for C-GET that of the request
   */
  public BasicRetrieveTask(
      Dimse rq,
      Association rqas,
      PresentationContext pc,
      Attributes rqCmd,
      List<T> insts,
      Association storeas) {
    this.rq = rq;
    this.rqas = rqas;
    this.storeas = storeas;
    this.pc = pc;
    this.rqCmd = rqCmd;
    this.insts = insts;
    this.msgId = rqCmd.getInt(Tag.MessageID, 0);
    this.priority = rqCmd.getInt(Tag.Priority, 0);
  }

  /** Sets whether each sub-operation is followed by a pending response. */
  public void setSendPendingRSP(boolean sendPendingRSP) {
    pendingRSP = sendPendingRSP;
  }

  public boolean isCMove() {
    return rq == Dimse.C_MOVE_RQ;
  }

  public boolean isCanceled() {
    return canceled;
  }

  public int getStatus() {
    return status;
  }

  public final Association getRequestAssociation() {
    return rqas;
  }

  public final Association getStoreAssociation() {
    return storeas;
  }

  public final List<T> getCompleted() {
    return completed;
  }

  public final List<T> getWarning() {
    return warning;
  }

  public final List<T> getFailed() {
    return failed;
  }

  @Override
  public void onCancelRQ(Association association) {
    canceled = true;
  }

  @Override
  public void run() {
    try {
      for (int i = 0; i < insts.size() && !canceled; i++) {
        send(insts.get(i));
      }
      awaitOutstanding();
      finish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      rqas.abort();
    } finally {
      if (isCMove() && storeas != null) {
        releaseStoreAssociation(storeas);
      }
      rqas.removeCancelRQHandler(msgId);
      close();
    }
  }

  private void send(T inst) throws InterruptedException {
    synchronized (outstandingRSPLock) {
      outstandingRSP++;
      outstanding.add(inst);
    }
    try {
      String tsuid = selectTransferSyntaxFor(storeas, inst);
      cstore(storeas, inst, tsuid, createDataWriter(inst, tsuid));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      LOG.info("{}: sub-operation failed: {}", rqas, e.getClass().getName());
      answered(inst, failed);
    }
  }

  private void awaitOutstanding() throws InterruptedException {
    synchronized (outstandingRSPLock) {
      while (outstandingRSP > 0) {
        outstandingRSPLock.wait();
      }
    }
  }

  /** Counts a sub-operation once, however often its end is told, and tells the requestor of it. */
  private void answered(T inst, List<T> outcome) {
    synchronized (outstandingRSPLock) {
      if (!outstanding.remove(inst)) {
        return;
      }
      outcome.add(inst);
      if (pendingRSP && remaining() > 0) {
        writePendingRSP();
      }
      outstandingRSP--;
      outstandingRSPLock.notifyAll();
    }
  }

  private void finish() {
    if (remaining() > 0) {
      status = Status.Cancel;
    } else if (!insts.isEmpty() && failed.size() == insts.size()) {
      status = Status.UnableToPerformSubOperations;
    } else if (!failed.isEmpty() || !warning.isEmpty()) {
      status = Status.OneOrMoreFailures;
    }
    Attributes rsp = response(status);
    if (status == Status.Cancel) {
      setCount(rsp, Tag.NumberOfRemainingSuboperations, remaining());
    }
    rqas.tryWriteDimseRSP(pc, rsp, failed.isEmpty() ? null : failedInstances());
  }

  private Attributes failedInstances() {
    Attributes identifier = new Attributes();
    identifier.setString(
        Tag.FailedSOPInstanceUIDList,
        VR.UI,
        failed.stream().limit(MAX_LISTED).map(inst -> inst.iuid).toArray(String[]::new));
    return identifier;
  }

  private int remaining() {
    return insts.size() - completed.size() - warning.size() - failed.size();
  }

  protected void releaseStoreAssociation(Association storeas) {
    try {
      storeas.release();
    } catch (IOException e) {
      LOG.info("{}: ended before its release", storeas);
    }
  }

  protected void cstore(Association storeas, T inst, String tsuid, DataWriter dataWriter)
      throws IOException, InterruptedException {
    DimseRSPHandler handler = new CStoreRSPHandler(storeas.nextMessageID(), inst);
    if (isCMove()) {
      storeas.cstore(
          inst.cuid, inst.iuid, priority, rqas.getRemoteAET(), msgId, dataWriter, tsuid, handler);
    } else {
      storeas.cstore(inst.cuid, inst.iuid, priority, dataWriter, tsuid, handler);
    }
  }

  /** Picks the transfer syntax of the file, the only one that needs no recoding. */
  protected String selectTransferSyntaxFor(Association storeas, T inst) throws Exception {
    if (!storeas.getTransferSyntaxesFor(inst.cuid).contains(inst.tsuid)) {
      throw new NoPresentationContextException(inst.cuid, inst.tsuid);
    }
    return inst.tsuid;
  }

  /** Writes the data set of the file as it is stored. */
  protected DataWriter createDataWriter(T inst, String tsuid) throws Exception {
    return (out, syntax) -> {
      try (DicomInputStream in = new DicomInputStream(inst.getFile())) {
        in.readFileMetaInformation();
        out.copyFrom(in);
      }
    };
  }

  /** Tells how many sub-operations are left and how the others ended. */
  public void writePendingRSP() {
    Attributes rsp = response(Status.Pending);
    setCount(rsp, Tag.NumberOfRemainingSuboperations, remaining());
    rqas.tryWriteDimseRSP(pc, rsp);
  }

  private Attributes response(int value) {
    Attributes rsp = Commands.mkRSP(rqCmd, value, rq);
    setCount(rsp, Tag.NumberOfCompletedSuboperations, completed.size());
    setCount(rsp, Tag.NumberOfFailedSuboperations, failed.size());
    setCount(rsp, Tag.NumberOfWarningSuboperations, warning.size());
    return rsp;
  }

  private static void setCount(Attributes rsp, int tag, int count) {
    rsp.setInt(tag, VR.US, Math.min(count, 0xffff));
  }

  /** Called once at the end. */
  protected void close() {}

  private final class CStoreRSPHandler extends DimseRSPHandler {

    private final T inst;

    CStoreRSPHandler(int messageId, T inst) {
      super(messageId);
      this.inst = inst;
    }

    @Override
    public void onDimseRSP(Association as, Attributes cmd, Attributes data) {
      super.onDimseRSP(as, cmd, data);
      int answer = cmd.getInt(Tag.Status, -1);
      boolean warned = (answer & 0xF000) == 0xB000;
      answered(inst, answer == Status.Success ? completed : warned ? warning : failed);
    }

    @Override
    public void onClose(Association as) {
      super.onClose(as);
      answered(inst, failed);
    }
  }
}
