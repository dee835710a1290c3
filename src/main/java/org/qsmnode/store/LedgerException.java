package org.qsmnode.store;

import java.sql.SQLException;

/** The database did not do what was asked; the step has to be repeated. */
public final class LedgerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LedgerException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * True when the database answered that the values themselves cannot be taken (SQL states 22 and
   * 23); the step fails however often it is repeated.
   */
  public boolean isRefusal() {
    return getCause() instanceof SQLException refused
        && refused.getSQLState() != null
        && refused.getSQLState().matches("2[23].*");
  }
}
