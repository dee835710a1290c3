package org.dcm4che3.net;

/** A local connection and the remote one it can reach. */
public class CompatibleConnection {

  private final Connection localConnection;
  private final Connection remoteConnection;

  public CompatibleConnection(Connection localConnection, Connection remoteConnection) {
    this.localConnection = localConnection;
    this.remoteConnection = remoteConnection;
  }

  public final Connection getLocalConnection() {
    return localConnection;
  }

  public final Connection getRemoteConnection() {
    return remoteConnection;
  }
}
