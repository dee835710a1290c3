package org.dcm4che3.net;

import java.io.IOException;

/** Thrown when a service is asked for in a state of the association that does not allow it. */
public class AssociationStateException extends IOException {

  private static final long serialVersionUID = 1L;

  public AssociationStateException(State state) {
    super("not allowed in " + state);
  }
}
