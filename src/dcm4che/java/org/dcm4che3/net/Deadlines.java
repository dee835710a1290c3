package org.dcm4che3.net;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The timers of one association (ARTIM of PS3.8 section 9.1.5 and those beyond the standard).
 *
 * <p>All share one scheduled task that wakes at the earliest deadline: setting or clearing one
 * costs no entry in the scheduler's queue, so thousands of messages per second leave nothing
 * behind.
 */
final class Deadlines implements Runnable {

  /** What is being waited for. */
  enum Kind {
    /** A-ASSOCIATE-RQ after the transport connection opened. */
    ASSOCIATE_RQ,
    /** A-ASSOCIATE-AC or -RJ after A-ASSOCIATE-RQ. */
    ASSOCIATE_AC,
    /** A-RELEASE-RP after A-RELEASE-RQ. */
    RELEASE_RP,
    /** The next octets of an idle or stalled peer. */
    IDLE,
    /** A DIMSE response. */
    RESPONSE,
    /** Completion of a write. */
    SEND,
    /** Close of the transport connection by the peer after the last PDU. */
    CLOSE
  }

  private final UpperLayer upper;
  private final Device device;
  private final long[] at = new long[Kind.values().length];
  private Future<?> wake;
  private long wakeAt;
  private boolean canceled;

  Deadlines(UpperLayer upper, Device device) {
    this.upper = upper;
    this.device = device;
  }

  /** Starts or restarts one timer; 0 means none. */
  void set(Kind kind, int millis) {
    if (millis > 0) {
      setAt(kind, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    }
  }

  synchronized void setAt(Kind kind, long nanos) {
    if (canceled) {
      return;
    }
    at[kind.ordinal()] = nanos == 0 ? 1 : nanos;
    if (wake == null || at[kind.ordinal()] - wakeAt < 0) {
      wakeAt(at[kind.ordinal()]);
    }
  }

  synchronized void clear(Kind kind) {
    at[kind.ordinal()] = 0;
  }

  synchronized void cancelAll() {
    canceled = true;
    if (wake != null) {
      wake.cancel(false);
      wake = null;
    }
  }

  @Override
  public void run() {
    for (Kind kind : Kind.values()) {
      if (expired(kind)) {
        upper.expired(kind);
      }
    }
    rearm();
  }

  private synchronized boolean expired(Kind kind) {
    long deadline = at[kind.ordinal()];
    if (canceled || deadline == 0 || deadline - System.nanoTime() > 0) {
      return false;
    }
    at[kind.ordinal()] = 0;
    return true;
  }

  private synchronized void rearm() {
    wake = null;
    long earliest = 0;
    for (long deadline : at) {
      if (deadline != 0 && (earliest == 0 || deadline - earliest < 0)) {
        earliest = deadline;
      }
    }
    if (!canceled && earliest != 0) {
      wakeAt(earliest);
    }
  }

  private void wakeAt(long nanos) {
    if (wake != null) {
      wake.cancel(false);
    }
    wakeAt = nanos;
    try {
      wake = device.schedule(this, Math.max(0, nanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      wake = null;
      upper.onTimersLost(e);
    }
  }
}
