package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** The other side of a connection, obeying a script of octets: send, receive, wait. */
final class Peer implements Closeable {

  static final int PATIENCE_MILLIS = 5000;

  private final Socket socket;
  private final DataInputStream in;

  Peer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
  }

  static Peer connect(int port) throws IOException {
    return new Peer(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  static ServerSocket listen() throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    server.setSoTimeout(PATIENCE_MILLIS);
    return server;
  }

  static Peer accept(ServerSocket server) throws IOException {
    return new Peer(server.accept());
  }

  /** Opens a connection and an association on it. */
  static Peer associate(int port) throws IOException {
    Peer peer = connect(port);
    peer.send(GoldenPdus.ASSOCIATE_RQ);
    peer.expectType(PDU_AC);
    return peer;
  }

  static final int PDU_RQ = 1;
  static final int PDU_AC = 2;
  static final int PDU_RJ = 3;
  static final int PDU_DATA = 4;
  static final int PDU_RELEASE_RQ = 5;
  static final int PDU_RELEASE_RP = 6;
  static final int PDU_ABORT = 7;

  Peer send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends to a side that may have closed already. */
  Peer trySend(byte[] bytes) {
    try {
      return send(bytes);
    } catch (IOException closedAlready) {
      return this;
    }
  }

  byte[] receive() throws IOException {
    byte[] header = new byte[6];
    in.readFully(header);
    int length =
        (header[2] & 0xff) << 24
            | (header[3] & 0xff) << 16
            | (header[4] & 0xff) << 8
            | header[5] & 0xff;
    byte[] pdu = Arrays.copyOf(header, 6 + length);
    in.readFully(pdu, 6, length);
    return pdu;
  }

  byte[] expectType(int type) throws IOException {
    byte[] pdu = receive();
    assertEquals(type, pdu[0], () -> "type of PDU " + Hex.text(pdu));
    return pdu;
  }

  Peer expect(byte[] pdu) throws IOException {
    assertEquals(Hex.text(pdu), Hex.text(receive()));
    return this;
  }

  /** Expects an A-ABORT of the service provider for one of the given reasons. */
  Peer expectProviderAbort(int... reasons) throws IOException {
    byte[] pdu = expectType(PDU_ABORT);
    assertEquals(2, pdu[8], "source of A-ABORT");
    if (Arrays.stream(reasons).noneMatch(reason -> reason == pdu[9])) {
      fail("reason of A-ABORT " + pdu[9] + ", not one of " + Arrays.toString(reasons));
    }
    return this;
  }

  Peer expectAbort() throws IOException {
    expectType(PDU_ABORT);
    return this;
  }

  /** Expects the other side to close without another octet. */
  void expectClosed() throws IOException {
    try {
      int b = in.read();
      if (b >= 0) {
        fail("octet " + b + " instead of the end of the connection");
      }
    } catch (SocketTimeoutException e) {
      fail("connection still open");
    } catch (SocketException reset) {
      // closed with octets of ours unread
    }
  }

  /** Expects the end of the connection, perhaps after an A-ABORT. */
  void expectAbortOrClosed() throws IOException {
    try {
      expectAbort();
    } catch (EOFException | SocketException closed) {
      return;
    }
    expectClosed();
  }

  /** Expects nothing at all for a while. */
  Peer expectSilence(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      int b = in.read();
      fail(b < 0 ? "connection closed" : "octet " + b + " instead of silence");
    } catch (SocketTimeoutException silent) {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
    return this;
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
