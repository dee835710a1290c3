package org.qsmnode.route;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Instant;

/** Sends audit messages as syslog over UDP, one a datagram (RFC 5426). Nobody answers. */
final class SyslogUdp implements AuditSink {

  private final String host;
  private final int port;
  private final DatagramSocket socket;

  SyslogUdp(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    this.socket = new DatagramSocket();
  }

  @Override
  public void write(Instant at, String xml) throws IOException {
    byte[] message = SyslogMessage.of(at, xml);
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IOException("the host of the audit repository is not known");
    }
    socket.send(new DatagramPacket(message, message.length, address));
  }

  @Override
  public void close() {
    socket.close();
  }
}
