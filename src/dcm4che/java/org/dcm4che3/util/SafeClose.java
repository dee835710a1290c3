package org.dcm4che3.util;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;

/** Closes what is no longer of use, where a failure to close means nothing any more. */
public class SafeClose {
  private SafeClose() {}

  public static void close(Closeable io) {
    if (io != null) {
      try {
        io.close();
      } catch (IOException ignored) {
        // the caller has no further use of the resource
      }
    }
  }

  public static void close(Socket io) {
    close((Closeable) io);
  }
}
