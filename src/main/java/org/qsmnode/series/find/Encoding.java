package org.qsmnode.series.find;

import org.qsmnode.series.header.Component;

/** Which pair of images carries the complex signal. */
public enum Encoding {
  MAGNITUDE_PHASE(Component.MAGNITUDE, Component.PHASE),
  REAL_IMAGINARY(Component.REAL, Component.IMAGINARY);

  private final Component first;
  private final Component second;

  Encoding(Component first, Component second) {
    this.first = first;
    this.second = second;
  }

  public Component first() {
    return first;
  }

  public Component second() {
    return second;
  }
}
