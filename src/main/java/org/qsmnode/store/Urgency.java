package org.qsmnode.store;

/** Who a job is computed for, the first before the others. */
public enum Urgency {
  /** A scanner sent the study: somebody may be waiting. */
  CLINICAL,
  /** Reprocessing: whenever no clinical job waits. */
  NIGHT
}
