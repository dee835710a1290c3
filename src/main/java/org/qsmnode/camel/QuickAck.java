package org.qsmnode.camel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;

/**
 * Immediate acknowledgement (TCP_QUICKACK). Without it a sender whose Nagle algorithm is on waits
 * 40 ms for the delayed acknowledgement of each object's last full segment.
 */
final class QuickAck {

  private QuickAck() {}

  /** Sets the option where the platform has it. */
  static void set(Socket socket) {
    if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
      try {
        socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
      } catch (IOException e) {
        throw new UncheckedIOException("TCP_QUICKACK cannot be set", e);
      }
    }
  }
}
