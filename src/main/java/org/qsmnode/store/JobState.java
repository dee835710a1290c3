package org.qsmnode.store;

/** Where a job stands. */
public enum JobState {
  QUEUED,
  RUNNING,
  READY,
  DELIVERED,
  REFUSED,
  FAILED,
  /** Late objects made its input old before anything was sent. */
  SUPERSEDED
}
