package org.qsmnode.camel;

import java.io.IOException;

/** A peer was not reached, refused the association, or ended it early; sending again may help. */
public final class DicomSendException extends IOException {

  private static final long serialVersionUID = 1L;

  public DicomSendException(String message, Throwable cause) {
    super(message, cause);
  }
}
