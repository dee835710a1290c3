package org.qsmnode.field;

import java.util.Locale;

/** How a local field came to be. */
public enum FieldOrigin {
  /** Field mapping of a signal, with all its errors; so comes every field of a patient. */
  MAPPED,
  /** The field of the susceptibility inside the mask alone, with noise; so come phantoms. */
  EXACT;

  /** Name on the command line and in reports: {@code mapped} or {@code exact}. */
  public String commandName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
