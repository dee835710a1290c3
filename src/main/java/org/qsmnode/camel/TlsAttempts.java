package org.qsmnode.camel;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Finds the accepted TLS connections that end before an association was accepted or rejected: no
 * handshake, a failed one, or nothing said after it. dcm4che reports none of these, so each
 * connection is looked at until it is closed.
 */
final class TlsAttempts {

  /** Between two looks; an audit record is late by two of these at most. */
  private static final long LOOK_MILLIS = 200;

  private final ScheduledExecutorService timers;
  private final Consumer<InetAddress> failed;
  private final Map<SocketAddress, Socket> open = new ConcurrentHashMap<>();

  /**
   * @param failed told from where a connection came that failed
   */
  TlsAttempts(ScheduledExecutorService timers, Consumer<InetAddress> failed) {
    this.timers = timers;
    this.failed = failed;
  }

  void began(Socket socket) {
    open.put(socket.getRemoteSocketAddress(), socket);
    later(() -> look(socket));
  }

  /** An association was accepted or rejected on this connection. */
  void negotiated(Socket socket) {
    open.remove(socket.getRemoteSocketAddress());
  }

  private void look(Socket socket) {
    if (socket.isClosed()) {
      // A rejection may be told just after the connection was closed.
      later(() -> end(socket));
    } else if (open.get(socket.getRemoteSocketAddress()) == socket) {
      later(() -> look(socket));
    }
  }

  private void end(Socket socket) {
    if (open.remove(socket.getRemoteSocketAddress(), socket)) {
      failed.accept(socket.getInetAddress());
    }
  }

  private void later(Runnable look) {
    try {
      timers.schedule(look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      open.clear(); // the node stops
    }
  }
}
