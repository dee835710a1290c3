package org.qsmnode.series.header;

/** What the pixels of one frame are. */
public enum Component {
  MAGNITUDE,
  PHASE,
  REAL,
  IMAGINARY,
  /** A known kind that is of no use here, such as a velocity or spin-echo image. */
  OTHER,
  /** Strong sources contradict each other. */
  AMBIGUOUS,
  /** No source says. */
  UNKNOWN;

  /** One of the four parts of a complex image. */
  public boolean isComplexPart() {
    return this == MAGNITUDE || this == PHASE || this == REAL || this == IMAGINARY;
  }
}
