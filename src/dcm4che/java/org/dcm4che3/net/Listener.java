package org.dcm4che3.net;

import java.io.Closeable;
import java.net.SocketAddress;

/** A bound server socket. */
public interface Listener extends Closeable {

  /** Returns the address it really listens on, with the port the system chose for port 0. */
  SocketAddress getEndPoint();
}
