package org.qsmnode.store;

/**
 * Levels of the patient root and, but for the first, the study root model (PS3.4 C.6), from above.
 */
public enum QueryLevel {
  PATIENT,
  STUDY,
  SERIES,
  IMAGE
}
