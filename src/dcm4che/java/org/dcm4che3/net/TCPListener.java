package org.dcm4che3.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;

/** Accepts transport connections and starts an association on each. */
final class TCPListener implements Listener, Runnable {

  private static final int PAUSE_AFTER_FAILURE_MILLIS = 100;

  private final Connection conn;
  private final ServerSocket server;
  private boolean refusing;

  TCPListener(Connection conn) throws IOException {
    this.conn = conn;
    this.server = new ServerSocket();
    try {
      if (conn.getReceiveBufferSize() > 0) {
        server.setReceiveBufferSize(conn.getReceiveBufferSize());
      }
      server.setReuseAddress(true);
      server.bind(conn.getBindPoint(), conn.getBacklog());
      conn.getDevice().execute(this);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  @Override
  public SocketAddress getEndPoint() {
    return server.getLocalSocketAddress();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  @Override
  public void run() {
    while (!server.isClosed()) {
      Socket socket;
      try {
        socket = server.accept();
      } catch (IOException e) {
        if (!server.isClosed()) {
          Connection.LOG.warn("{}: accept failed: {}", conn, e.getMessage());
          pause();
        }
        continue;
      }
      if (server.isClosed()) {
        conn.close(socket);
      } else {
        accept(socket);
      }
    }
  }

  private void accept(Socket transport) {
    Socket socket = transport;
    Device device = conn.getDevice();
    ConnectionMonitor monitor = device.getConnectionMonitor();
    if (!device.admitConnection()) {
      if (!refusing) {
        Connection.LOG.warn("{}: connections refused: too many silent ones", conn);
      }
      refusing = true;
      conn.close(socket);
      if (monitor != null) {
        monitor.onConnectionRejected(conn, socket, new IOException("too many silent connections"));
      }
      return;
    }
    refusing = false;
    boolean handedOver = false;
    try {
      if (conn.isBlackListed(((InetSocketAddress) socket.getRemoteSocketAddress()).getAddress())) {
        conn.close(socket);
        if (monitor != null) {
          monitor.onConnectionRejectedBlacklisted(conn, socket);
        }
        return;
      }
      conn.setSocketOptions(socket);
      if (conn.isTls()) {
        socket = TLS.accept(transport, conn);
      }
      if (monitor != null) {
        monitor.onConnectionAccepted(conn, socket);
      }
      Association as = new Association(null, conn, socket);
      handedOver = true;
      as.accept();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      Connection.LOG.warn("{}: connection refused: {}", conn, e.getClass().getName());
      conn.close(socket);
      if (monitor != null) {
        monitor.onConnectionRejected(conn, socket, e);
      }
    } finally {
      if (!handedOver) {
        device.connectionSpoke();
      }
    }
  }

  /** Without files or memory the next accept fails at once; do not burn a processor meanwhile. */
  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
