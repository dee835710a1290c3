package org.qsmnode.series.pixels;

/** Whether every second slice came multiplied by -1, as some GE 3D reconstructions leave it. */
public enum Chopper {
  /** Found and removed. */
  APPLIED,
  /** Neighbouring slices agree. */
  ABSENT,
  /** Neighbouring slices neither agree nor oppose; the acquisition is held. */
  UNCLEAR
}
