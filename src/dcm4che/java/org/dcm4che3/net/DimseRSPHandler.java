package org.dcm4che3.net;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.pdu.PresentationContext;

/** Receives the responses to one request; does nothing with them unless overridden. */
public class DimseRSPHandler {

  private final int msgId;
  private volatile PresentationContext pc;
  private volatile boolean canceled;
  private int rspTimeout;
  private boolean restartOnPending;
  private long deadline;
  private boolean stopped;

  public DimseRSPHandler(int msgId) {
    this.msgId = msgId;
  }

  public final int getMessageID() {
    return msgId;
  }

  public final boolean isCanceled() {
    return canceled;
  }

  /** Asks the peer to end the operation (C-CANCEL-RQ, PS3.7 section 9.3.2.3). */
  public void cancel(Association as) throws IOException {
    if (pc == null) {
      throw new IllegalStateException("the request has not been sent");
    }
    canceled = true;
    as.writeCancel(pc, msgId);
  }

  public void onDimseRSP(Association as, Attributes cmd, Attributes data) {}

  /** Called when the association ends before the final response. */
  public void onClose(Association as) {}

  final void prepare(PresentationContext context, int timeoutMillis, boolean restart) {
    pc = context;
    rspTimeout = timeoutMillis;
    restartOnPending = restart;
  }

  /** Starts the response time-out; returns its end, 0 for none. Guarded by the operations' lock. */
  final long start() {
    if (rspTimeout <= 0 || stopped) {
      return 0;
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(rspTimeout);
    deadline = end == 0 ? 1 : end;
    return deadline;
  }

  final long restart() {
    return restartOnPending ? start() : deadline;
  }

  final void stop() {
    stopped = true;
    deadline = 0;
  }

  final long deadline() {
    return deadline;
  }
}
