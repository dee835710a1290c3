package org.qsmnode.store;

/** Levels of the study root information model (PS3.4 C.6.2), from above. */
public enum QueryLevel {
  STUDY,
  SERIES,
  IMAGE
}
