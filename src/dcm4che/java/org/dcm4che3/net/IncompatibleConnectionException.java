package org.dcm4che3.net;

/** Two connections share no protocol. */
public class IncompatibleConnectionException extends Exception {

  private static final long serialVersionUID = 1L;

  public IncompatibleConnectionException() {}

  public IncompatibleConnectionException(String message) {
    super(message);
  }
}
