package org.dcm4che3.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.pdu.AAbort;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;

/**
 * The upper layer protocol machine of one association (PS3.8 section 9.2): state, socket, timers.
 *
 * <p>One thread reads PDUs until the transport connection is closed and then ends the association;
 * any thread may send messages, release or abort.
 */
final class UpperLayer implements Runnable {

  private static final int MIN_PDU_LENGTH = 8;
  private static final int REASON_WAIT_MILLIS = 100;
  private static final Set<State> P_DATA_STATES = EnumSet.of(State.Sta6, State.Sta8);
  private static final Set<Action> FAILURES =
      EnumSet.of(
          Action.AE4, Action.AE8, Action.AA1, Action.AA3, Action.AA4, Action.AA5, Action.AA8);

  private final Association as;
  private final Connection conn;
  private final Device device;
  private final Socket socket;
  private final boolean requestor;
  private final PDUReader reader;
  private final PDUWriter writer;
  private final Deadlines deadlines;
  private final Object monitor = new Object();

  private State state = State.Sta1;
  private IOException exception;
  private Thread readerThread;

  UpperLayer(Association as, Connection conn, Socket socket, boolean requestor) throws IOException {
    this.as = as;
    this.conn = conn;
    this.device = conn.getDevice();
    this.socket = socket;
    this.requestor = requestor;
    this.reader = new PDUReader(this, socket.getInputStream());
    this.writer = new PDUWriter(this, socket.getOutputStream(), conn.isPackPDV());
    this.deadlines = new Deadlines(this, device);
  }

  Association association() {
    return as;
  }

  State state() {
    synchronized (monitor) {
      return state;
    }
  }

  IOException exception() {
    synchronized (monitor) {
      return exception;
    }
  }

  /** Returns what ended the association, or the given exception if nothing has been noted. */
  IOException failure(IOException otherwise) {
    IOException noted = exception();
    return noted != null ? noted : otherwise;
  }

  // ---- requestor and acceptor start

  /** Sends A-ASSOCIATE-RQ and waits for the answer. */
  void request(AAssociateRQ rq) throws IOException, InterruptedException {
    byte[] pdu = AssociateEncoder.encode(rq);
    perform(Event.A_ASSOCIATE_REQUEST);
    perform(Event.TRANSPORT_CONNECT_CONFIRM);
    deadlines.set(Deadlines.Kind.ASSOCIATE_AC, conn.getAcceptTimeout());
    start();
    try {
      writer.writePDU(pdu);
    } catch (IOException e) {
      onTransportClosed(e);
      throw failure(e);
    }
    try {
      awaitAnswer();
    } catch (InterruptedException e) {
      abort(new AAbort());
      throw e;
    }
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    synchronized (monitor) {
      while (state == State.Sta5) {
        monitor.wait();
      }
      if (state != State.Sta6) {
        throw exception != null ? exception : new EOFException("connection closed by peer");
      }
    }
  }

  void accept() {
    perform(Event.TRANSPORT_CONNECT_INDICATION);
    deadlines.set(Deadlines.Kind.ASSOCIATE_RQ, conn.getRequestTimeout());
    start();
  }

  private void start() {
    try {
      device.execute(this);
    } catch (RejectedExecutionException e) {
      onTransportClosed(new IOException("no thread for the association", e));
      end();
    }
  }

  @Override
  public void run() {
    synchronized (monitor) {
      readerThread = Thread.currentThread();
    }
    try {
      while (state() != State.Sta1) {
        try {
          reader.next();
        } catch (IOException e) {
          if (state() != State.Sta13) {
            onTransportClosed(e);
          }
        }
      }
    } catch (RuntimeException | Error e) {
      Association.LOG.error("{}: unexpected {}", as, e.getClass().getName(), Traces.of(e));
      abort(new AAbort());
    } finally {
      end();
    }
  }

  private void end() {
    deadlines.cancelAll();
    closeSocket();
    synchronized (monitor) {
      state = State.Sta1;
      monitor.notifyAll();
    }
    as.onEnd();
  }

  // ---- transport

  /** Reads at least one byte, guarded by the idle time-out. */
  int read(InputStream in, byte[] b, int off, int len) throws IOException {
    if (P_DATA_STATES.contains(state())) {
      deadlines.set(Deadlines.Kind.IDLE, conn.getIdleTimeout());
    }
    try {
      int n = in.read(b, off, len);
      if (n < 0) {
        throw new EOFException("connection closed by peer");
      }
      return n;
    } catch (IOException e) {
      onTransportClosed(e);
      throw failure(e);
    } finally {
      deadlines.clear(Deadlines.Kind.IDLE);
    }
  }

  private void onTransportClosed(IOException e) {
    perform(Event.TRANSPORT_CLOSED, e);
    closeSocket();
  }

  /** Notes why a write failed, unless the peer has said so itself in what is still to be read. */
  void onWriteFailed(IOException e) {
    synchronized (monitor) {
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(REASON_WAIT_MILLIS);
      boolean interrupted = false;
      while (P_DATA_STATES.contains(state) && Thread.currentThread() != readerThread) {
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0) {
          break;
        }
        try {
          monitor.wait(left);
        } catch (InterruptedException interrupt) {
          interrupted = true;
          break;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    note(e);
  }

  /** Ends an association that can no longer be guarded by timers. */
  void onTimersLost(RuntimeException e) {
    note(new IOException("no timer for the association", e));
    closeSocket();
  }

  private void closeSocket() {
    conn.close(socket);
    as.onSocketClosed();
  }

  // ---- received PDUs

  boolean expects(Event event, Action action) {
    return event.actionIn(state()) == action;
  }

  boolean onPDataTF() {
    Action action = event(Event.P_DATA_TF_PDU, AAbort.UNEXPECTED_PDU);
    return action == Action.DT2 || action == Action.AR6;
  }

  void onUnexpected(Event event) {
    event(event, AAbort.UNEXPECTED_PDU);
  }

  void onInvalidPDU(AAbort cause) {
    event(Event.UNRECOGNIZED_OR_INVALID_PDU, cause.getReason());
  }

  void onAssociateRQ(AAssociateRQ rq) throws AAbort {
    requireUsable(rq.getMaxPDULength());
    if (event(Event.A_ASSOCIATE_RQ_PDU, AAbort.UNEXPECTED_PDU) != Action.AE6) {
      return;
    }
    deadlines.clear(Deadlines.Kind.ASSOCIATE_RQ);
    try {
      AAssociateAC ac = as.negotiate(rq);
      byte[] pdu = AssociateEncoder.encode(ac);
      as.onAccept(ac);
      open(rq.getMaxPDULength(), ac.getMaxPDULength());
      if (perform(Event.A_ASSOCIATE_RESPONSE_ACCEPT) == Action.AE7) {
        writer.writePDU(pdu);
        as.onAccepted();
      }
    } catch (AAssociateRJ rj) {
      reject(rj);
    } catch (IOException e) {
      note(e);
      abort(new AAbort());
    }
  }

  private void reject(AAssociateRJ rj) {
    if (perform(Event.A_ASSOCIATE_RESPONSE_REJECT, rj) == Action.AE8) {
      deadlines.set(Deadlines.Kind.CLOSE, abortTimeout());
      try {
        writer.write(rj);
      } catch (IOException e) {
        onTransportClosed(e);
      }
      awaitClose();
      as.onRejected(rj);
    }
  }

  void onAssociateAC(AAssociateAC ac) throws AAbort {
    requireUsable(ac.getMaxPDULength());
    as.onConfirm(ac);
    open(ac.getMaxPDULength(), as.getAAssociateRQ().getMaxPDULength());
    deadlines.clear(Deadlines.Kind.ASSOCIATE_AC);
    event(Event.A_ASSOCIATE_AC_PDU, AAbort.UNEXPECTED_PDU);
  }

  void onAssociateRJ(AAssociateRJ rj) {
    event(Event.A_ASSOCIATE_RJ_PDU, AAbort.UNEXPECTED_PDU, rj);
  }

  void onReleaseRQ() {
    Action action = event(Event.A_RELEASE_RQ_PDU, AAbort.UNEXPECTED_PDU);
    if (action == Action.AR2) {
      deadlines.set(Deadlines.Kind.RELEASE_RP, conn.getReleaseTimeout());
      as.whenPerformed(this::respondToRelease);
    } else if (action == Action.AR8 && requestor) {
      respondToRelease();
    }
  }

  void onReleaseRP() {
    if (event(Event.A_RELEASE_RP_PDU, AAbort.UNEXPECTED_PDU) == Action.AR10) {
      respondToRelease();
    }
  }

  void onAbort(AAbort abort) {
    event(Event.A_ABORT_PDU, AAbort.UNEXPECTED_PDU, abort);
  }

  private void respondToRelease() {
    Action action = perform(Event.A_RELEASE_RESPONSE);
    if (action == null) {
      return;
    }
    if (action == Action.AR4) {
      deadlines.clear(Deadlines.Kind.RELEASE_RP);
      deadlines.set(Deadlines.Kind.CLOSE, abortTimeout());
    }
    try {
      writer.writeReleaseRP();
    } catch (IOException e) {
      onTransportClosed(e);
    }
    if (action == Action.AR4) {
      awaitClose();
    }
  }

  private Action event(Event event, int abortReason) {
    return event(event, abortReason, null);
  }

  /** Does what the table asks for a received PDU, except for handing its content on. */
  private Action event(Event event, int abortReason, IOException received) {
    Action action;
    AAbort answer;
    synchronized (monitor) {
      action = event.actionIn(state);
      answer =
          action == Action.AA1
              ? new AAbort(AAbort.UL_SERIVE_USER, AAbort.REASON_NOT_SPECIFIED)
              : new AAbort(AAbort.UL_SERIVE_PROVIDER, abortReason);
      advance(action, received != null ? received : answer);
    }
    if (action != null) {
      switch (action) {
        case AA1, AA8 -> sendAbort(answer);
        case AA7 -> writer.tryWrite(answer, 0);
        case AE4, AR3, AA2, AA3 -> closeSocket();
        default -> {}
      }
    }
    return action;
  }

  private Action perform(Event event, IOException cause) {
    synchronized (monitor) {
      Action action = event.actionIn(state);
      advance(action, cause);
      return action;
    }
  }

  private Action perform(Event event) {
    return perform(event, null);
  }

  private void advance(Action action, IOException cause) {
    if (action != null) {
      if (FAILURES.contains(action) && cause != null) {
        note(cause);
      }
      state = action.next(requestor);
      monitor.notifyAll();
    }
  }

  // ---- local requests

  void send(PresentationContext pc, Attributes cmd, DataWriter data, int sendTimeout)
      throws IOException {
    writer.writeMessage(pc, cmd, data, sendTimeout);
  }

  void beginMessage(int sendTimeout) throws IOException {
    if (perform(Event.P_DATA_REQUEST) == null) {
      throw failure(new AssociationStateException(state()));
    }
    deadlines.set(Deadlines.Kind.SEND, sendTimeout);
  }

  void requireData() throws IOException {
    if (Event.P_DATA_REQUEST.actionIn(state()) == null) {
      throw failure(new AssociationStateException(state()));
    }
  }

  /** Ends a message; one that broke off cannot be told from a whole one, so it ends all. */
  void endMessage(boolean complete) {
    deadlines.clear(Deadlines.Kind.SEND);
    if (!complete) {
      abort(new AAbort());
    }
  }

  void release() throws IOException {
    writer.writeReleaseRQ();
  }

  void beginRelease() throws IOException {
    if (perform(Event.A_RELEASE_REQUEST) == null) {
      throw failure(new AssociationStateException(state()));
    }
    deadlines.set(Deadlines.Kind.RELEASE_RP, conn.getReleaseTimeout());
  }

  void abort(AAbort abort) {
    Action action = perform(Event.A_ABORT_REQUEST, abort);
    if (action == Action.AA1) {
      sendAbort(abort);
    } else if (action == Action.AA2) {
      closeSocket();
    }
  }

  private void sendAbort(AAbort abort) {
    deadlines.set(Deadlines.Kind.CLOSE, abortTimeout());
    if (writer.tryWrite(abort, abortTimeout())) {
      awaitClose();
    } else {
      closeSocket();
    }
  }

  void awaitIdle() throws InterruptedException {
    synchronized (monitor) {
      while (state != State.Sta1) {
        monitor.wait();
      }
    }
  }

  // ---- timers

  void waitForResponseUntil(long nanos) {
    deadlines.setAt(Deadlines.Kind.RESPONSE, nanos);
  }

  void expired(Deadlines.Kind kind) {
    switch (kind) {
      case ASSOCIATE_RQ -> {
        if (perform(Event.ARTIM_EXPIRED) != null) {
          closeSocket();
        }
      }
      case CLOSE -> closeSocket();
      case SEND -> {
        note(new IOException("peer took no data for the time allowed for sending"));
        closeSocket();
      }
      case IDLE -> {
        if (reader.isInMessage() || as.isIdle()) {
          abortFromTimer("peer sent nothing for " + conn.getIdleTimeout() + " ms");
        } else {
          deadlines.set(Deadlines.Kind.IDLE, conn.getIdleTimeout());
        }
      }
      case RESPONSE -> {
        long next = as.nextResponseDeadline();
        if (next != 0 && next - System.nanoTime() > 0) {
          waitForResponseUntil(next);
        } else if (next != 0) {
          abortFromTimer("no response in the time allowed");
        }
      }
      case ASSOCIATE_AC -> abortFromTimer("no answer to A-ASSOCIATE-RQ in the time allowed");
      case RELEASE_RP -> abortFromTimer("no end of release in the time allowed");
    }
  }

  /** A write may block, and the timer's thread serves other associations too. */
  private void abortFromTimer(String why) {
    note(new IOException(why));
    deadlines.set(Deadlines.Kind.CLOSE, abortTimeout());
    try {
      device.execute(() -> abort(new AAbort()));
    } catch (RejectedExecutionException e) {
      closeSocket();
    }
  }

  private void awaitClose() {
    if (conn.getSocketCloseDelay() > 0) {
      deadlines.set(Deadlines.Kind.CLOSE, conn.getSocketCloseDelay());
    } else {
      closeSocket();
    }
  }

  private int abortTimeout() {
    return conn.getAbortTimeout() > 0 ? conn.getAbortTimeout() : Connection.DEF_ABORT_TIMEOUT;
  }

  // ---- helpers

  private void note(IOException e) {
    synchronized (monitor) {
      if (exception == null) {
        exception = e;
      }
    }
  }

  private static void requireUsable(int maxPDULength) throws AAbort {
    if (maxPDULength > 0 && maxPDULength < MIN_PDU_LENGTH) {
      throw new AAbort(AAbort.UL_SERIVE_PROVIDER, AAbort.INVALID_PDU_PARAMETER_VALUE);
    }
  }

  private void open(int peerLength, int ownLength) {
    int own = conn.getSendPDULength();
    int limit = own > 0 ? own : Connection.DEF_MAX_PDU_LENGTH;
    writer.setMaxPDULength(peerLength > 0 ? Math.min(peerLength, limit) : limit);
    reader.setMaxPDULength(ownLength);
  }
}
