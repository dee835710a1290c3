package org.qsmnode.series.header;

import java.io.IOException;

/** An object needs more memory to be read than this process has for it now, or at all. */
public final class HeaderTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  HeaderTooLargeException(String message) {
    super(message);
  }
}
