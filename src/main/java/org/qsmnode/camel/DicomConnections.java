package org.qsmnode.camel;

import org.dcm4che3.net.Connection;

/** Connections with every time-out set. */
final class DicomConnections {

  private static final int ABORT_MILLIS = 1_000;
  private static final int CLOSE_DELAY_MILLIS = 50;
  private static final int BACKLOG = 64;

  private DicomConnections() {}

  static Connection listener(String host, int port, DicomConfiguration options) {
    Connection connection = new Connection("dicom", host, port);
    connection.setBindAddress(host);
    connection.setBacklog(BACKLOG);
    common(connection, options);
    return connection;
  }

  static Connection initiator(DicomConfiguration options) {
    Connection connection = new Connection("dicom", null);
    connection.setMaxOpsInvoked(Math.max(1, options.getAsynchronousOperations()));
    common(connection, options);
    return connection;
  }

  static Connection remote(PeerAddress peer, DicomSecurity security) {
    Connection connection = new Connection("peer", peer.host(), peer.port());
    security.secure(connection);
    return connection;
  }

  private static void common(Connection connection, DicomConfiguration options) {
    connection.setReceivePDULength(options.getReceivePduLength());
    connection.setSendPDULength(options.getSendPduLength());
    connection.setTcpNoDelay(options.isTcpNoDelay());
    connection.setConnectTimeout(options.getConnectTimeout());
    connection.setRequestTimeout(options.getAssociateTimeout());
    connection.setAcceptTimeout(options.getAssociateTimeout());
    connection.setReleaseTimeout(options.getReleaseTimeout());
    connection.setAbortTimeout(ABORT_MILLIS);
    connection.setSendTimeout(options.getResponseTimeout());
    connection.setStoreTimeout(options.getStoreTimeout());
    connection.setResponseTimeout(options.getResponseTimeout());
    connection.setRetrieveTimeout(options.getRetrieveTimeout());
    connection.setIdleTimeout(options.getIdleTimeout());
    connection.setSocketCloseDelay(CLOSE_DELAY_MILLIS);
    connection.setPackPDV(true);
    options.getSecurity().secure(connection);
  }
}
