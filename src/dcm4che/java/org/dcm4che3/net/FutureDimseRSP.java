package org.dcm4che3.net;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/** Collects the responses to one request for a thread that waits for them. */
public class FutureDimseRSP extends DimseRSPHandler implements DimseRSP {

  private record Entry(Attributes command, Attributes dataset) {}

  private final Deque<Entry> received = new ArrayDeque<>();
  private Entry current;
  private boolean finished;
  private IOException failure;
  private int autoCancel;
  private int remainingCapacity = Integer.MAX_VALUE;

  public FutureDimseRSP(int msgId) {
    super(msgId);
  }

  @Override
  public void onDimseRSP(Association as, Attributes cmd, Attributes data) {
    super.onDimseRSP(as, cmd, data);
    boolean pending = Status.isPending(cmd.getInt(Tag.Status, 0));
    boolean enough;
    synchronized (this) {
      received.add(new Entry(cmd, data));
      finished = !pending;
      enough = pending && autoCancel > 0 && --autoCancel == 0;
      remainingCapacity--;
      notifyAll();
      while (remainingCapacity <= 0 && failure == null) {
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          break;
        }
      }
    }
    if (enough) {
      try {
        cancel(as);
      } catch (IOException e) {
        onClose(as);
      }
    }
  }

  @Override
  public synchronized void onClose(Association as) {
    super.onClose(as);
    if (!finished) {
      IOException cause = as.getException();
      failure = cause != null ? cause : new EOFException("association closed");
    }
    notifyAll();
  }

  /** Cancels the operation after so many pending responses, 0 for never. */
  public final synchronized void setAutoCancel(int autoCancel) {
    this.autoCancel = autoCancel;
  }

  /** Stops reading the association while so many responses have not been taken. */
  public final synchronized void setCapacity(int capacity) {
    remainingCapacity = capacity > 0 ? capacity : Integer.MAX_VALUE;
  }

  @Override
  public final synchronized Attributes getCommand() {
    return current == null ? null : current.command();
  }

  @Override
  public final synchronized Attributes getDataset() {
    return current == null ? null : current.dataset();
  }

  @Override
  public final synchronized boolean next() throws IOException, InterruptedException {
    while (received.isEmpty() && !finished && failure == null) {
      wait();
    }
    if (received.isEmpty()) {
      if (failure != null) {
        throw failure;
      }
      return false;
    }
    current = received.remove();
    remainingCapacity++;
    notifyAll();
    return true;
  }
}
