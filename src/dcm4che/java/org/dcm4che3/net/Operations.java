package org.dcm4che3.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The operations under way on one association: invoked by this side, performed for the peer, each
 * within the negotiated window (PS3.7 section D.3.3.3).
 */
final class Operations {

  private final Map<Integer, DimseRSPHandler> invoked = new HashMap<>();
  private final Map<Integer, CancelRQHandler> cancelable = new HashMap<>();
  private int answered;
  private int maxInvoked = 1;
  private int maxPerformed = 1;
  private int performed;
  private boolean closed;
  private Runnable whenPerformed;

  synchronized void setWindow(int invokedLimit, int performedLimit) {
    maxInvoked = invokedLimit;
    maxPerformed = performedLimit;
  }

  /** Waits for room in the window; false if the association has ended. */
  synchronized boolean invoke(DimseRSPHandler handler) throws InterruptedException {
    awaitRoomToInvoke();
    if (!closed && invoked.putIfAbsent(handler.getMessageID(), handler) != null) {
      throw new IllegalArgumentException(
          "message ID " + handler.getMessageID() + " awaits a response already");
    }
    return !closed;
  }

  synchronized DimseRSPHandler get(int msgId) {
    return invoked.get(msgId);
  }

  /** Takes back a request that was not sent. */
  synchronized void withdraw(int msgId) {
    invoked.remove(msgId);
    notifyAll();
  }

  /** Makes room in the window on a final response, before its handler may send another request. */
  synchronized void answered(DimseRSPHandler handler) {
    handler.stop();
    answered++;
    notifyAll();
  }

  /** Ends an operation whose handler has taken the final response. */
  synchronized void finish(int msgId) {
    invoked.remove(msgId);
    answered--;
    notifyAll();
  }

  /** Starts the response time-out of an operation; returns its end, 0 for none. */
  synchronized long startTimer(DimseRSPHandler handler) {
    return invoked.get(handler.getMessageID()) == handler ? handler.start() : 0;
  }

  synchronized long restartTimer(DimseRSPHandler handler) {
    return handler.restart();
  }

  /** Returns the earliest end of a response time-out, 0 for none. */
  synchronized long nextDeadline() {
    long earliest = 0;
    for (DimseRSPHandler handler : invoked.values()) {
      long deadline = handler.deadline();
      if (deadline != 0 && (earliest == 0 || deadline - earliest < 0)) {
        earliest = deadline;
      }
    }
    return earliest;
  }

  synchronized void awaitNoneInvoked() throws InterruptedException {
    while (!closed && !invoked.isEmpty()) {
      wait();
    }
  }

  synchronized void awaitRoomToInvoke() throws InterruptedException {
    while (!closed && maxInvoked > 0 && invoked.size() - answered >= maxInvoked) {
      wait();
    }
  }

  /** Counts one more operation to perform, holding the reader back while the window is full. */
  synchronized void perform() throws IOException {
    try {
      while (!closed && maxPerformed > 0 && performed >= maxPerformed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for an operation to end", e);
    }
    performed++;
  }

  void performed() {
    Runnable then = null;
    synchronized (this) {
      if (performed > 0 && --performed == 0) {
        then = whenPerformed;
        whenPerformed = null;
      }
      notifyAll();
    }
    if (then != null) {
      then.run();
    }
  }

  void whenPerformed(Runnable then) {
    synchronized (this) {
      if (performed > 0) {
        whenPerformed = then;
        return;
      }
    }
    then.run();
  }

  synchronized int performing() {
    return performed;
  }

  synchronized boolean isIdle() {
    return performed == 0 && invoked.isEmpty();
  }

  synchronized void putCancelable(int msgId, CancelRQHandler handler) {
    cancelable.put(msgId, handler);
  }

  synchronized CancelRQHandler removeCancelable(int msgId) {
    return cancelable.remove(msgId);
  }

  /** Wakes every waiting thread. */
  synchronized void wake() {
    closed = true;
    notifyAll();
  }

  /** Ends all operations and returns those that got no final response. */
  synchronized List<DimseRSPHandler> close() {
    closed = true;
    List<DimseRSPHandler> unanswered = new ArrayList<>(invoked.values());
    invoked.clear();
    cancelable.clear();
    notifyAll();
    return unanswered;
  }
}
