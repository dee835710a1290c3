package org.qsmnode.store;

/** Where an acquisition stands. */
public enum AcquisitionState {
  /** Objects are still expected. */
  RECEIVING,
  /** Everything is here; no job yet. */
  COMPLETE,
  /** A job waits. */
  QUEUED,
  /** A job computes. */
  RUNNING,
  /** The derived series are on disk. */
  READY,
  /** Every destination has taken the derived series. */
  DELIVERED,
  /** It cannot be processed; the reason says why. A late object opens it again. */
  REFUSED,
  /** The computation failed as often as allowed. */
  FAILED,
  /** Objects are missing after the hard limit. A late object opens it again. */
  INCOMPLETE
}
