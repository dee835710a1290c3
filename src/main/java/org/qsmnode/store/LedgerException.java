package org.qsmnode.store;

/** The database did not do what was asked; the step has to be repeated. */
public final class LedgerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LedgerException(String message, Throwable cause) {
    super(message, cause);
  }
}
