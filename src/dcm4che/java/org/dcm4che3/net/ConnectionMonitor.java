package org.dcm4che3.net;

import java.net.Socket;

/** Told about transport connections of a device. */
public interface ConnectionMonitor {

  void onConnectionEstablished(Connection conn, Connection remote, Socket s);

  void onConnectionFailed(Connection conn, Connection remote, Socket s, Throwable e);

  void onConnectionRejectedBlacklisted(Connection conn, Socket s);

  void onConnectionRejected(Connection conn, Socket s, Throwable e);

  void onConnectionAccepted(Connection conn, Socket s);
}
