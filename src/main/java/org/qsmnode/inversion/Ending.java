package org.qsmnode.inversion;

/** Why an iteration, of a map or of its adaptation, came to its end. */
public enum Ending {
  /** Further steps would change the result by less than the tolerance. */
  CONVERGED,
  /** All steps that the settings allow were taken. */
  STEP_LIMIT,
  /** The next step would not have ended within the time budget. */
  TIME_BUDGET,
  /** A step gave no number; the result is that of the step before. */
  NOT_FINITE,
  /** No step was taken. */
  NOT_BEGUN
}
