package org.qsmnode.camel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;

/**
 * Immediate acknowledgement (TCP_QUICKACK): without it a sender whose Nagle algorithm is on waits
 * for the delayed acknowledgement of each object's last full segment, 40 ms a time.
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
