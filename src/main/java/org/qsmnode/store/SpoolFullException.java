package org.qsmnode.store;

import java.io.IOException;

/** The spool does not take another object: the disk is at its reserve, or the object too large. */
public final class SpoolFullException extends IOException {

  private static final long serialVersionUID = 1L;

  public SpoolFullException(String message) {
    super(message);
  }

  SpoolFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
