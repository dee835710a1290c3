package org.dcm4che3.net;

import java.io.IOException;

/** No accepted presentation context fits a request. */
public class NoPresentationContextException extends IOException {

  private static final long serialVersionUID = 1L;

  public NoPresentationContextException(String cuid) {
    super("no presentation context for SOP class " + cuid + " accepted");
  }

  public NoPresentationContextException(String cuid, String tsuid) {
    super(
        "no presentation context for SOP class "
            + cuid
            + " with transfer syntax "
            + tsuid
            + " accepted");
  }
}
