package org.dcm4che3.net;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Secures transport connections (PS3.15 Annex B). */
final class TLS {

  /** A write that the peer does not read must not keep a close waiting for long. */
  private static final int CLOSE_SECONDS = 1;

  private TLS() {}

  /** Makes the server's side; the handshake comes with the first read. */
  static Socket accept(Socket transport, Connection conn)
      throws IOException, GeneralSecurityException {
    SSLSocketFactory factory = conn.getDevice().sslContext().getSocketFactory();
    SSLSocket socket = (SSLSocket) factory.createSocket(transport, null, true);
    socket.setUseClientMode(false);
    configure(socket, conn);
    socket.setNeedClientAuth(conn.isTlsNeedClientAuth());
    return socket;
  }

  /** Makes the client's side, with the handshake done. */
  static Socket connect(Socket transport, Connection conn, Connection remote)
      throws IOException, GeneralSecurityException {
    SSLSocketFactory factory = conn.getDevice().sslContext().getSocketFactory();
    SSLSocket socket =
        (SSLSocket)
            factory.createSocket(transport, remote.getHostname(), transport.getPort(), true);
    configure(socket, conn);
    Connection.EndpointIdentificationAlgorithm identification =
        conn.getTlsEndpointIdentificationAlgorithm();
    if (identification != null) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm(identification.name());
      socket.setSSLParameters(parameters);
    }
    socket.setSoTimeout(conn.getConnectTimeout());
    socket.startHandshake();
    socket.setSoTimeout(0);
    return socket;
  }

  private static void configure(SSLSocket socket, Connection conn) throws IOException {
    socket.setEnabledProtocols(conn.getTlsProtocols());
    socket.setEnabledCipherSuites(conn.getTlsCipherSuites());
    socket.setSoLinger(true, CLOSE_SECONDS);
  }

  /** Says whether two ends have a protocol and a cipher suite in common. */
  static boolean meet(Connection a, Connection b) {
    return overlap(a.getTlsProtocols(), b.getTlsProtocols())
        && overlap(a.getTlsCipherSuites(), b.getTlsCipherSuites());
  }

  private static boolean overlap(String[] a, String[] b) {
    List<String> other = Arrays.asList(b);
    return Arrays.stream(a).anyMatch(other::contains);
  }
}
