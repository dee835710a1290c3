package org.dcm4che3.net;

import java.io.IOException;

/** The role a request needs was not negotiated for its SOP class. */
public class NoRoleSelectionException extends IOException {

  private static final long serialVersionUID = 1L;

  public NoRoleSelectionException(String cuid, TransferCapability.Role role) {
    super("role " + role + " for SOP class " + cuid + " not negotiated");
  }
}
