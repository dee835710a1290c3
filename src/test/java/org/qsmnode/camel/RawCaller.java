package org.qsmnode.camel;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.dcm4che3.data.UID;

/** A requestor that calls from a loopback address of its choice, with the octets of PS3.8 9.3.2. */
final class RawCaller implements AutoCloseable {

  /** What an acceptor answers. */
  static final String ACCEPTED = "accepted";

  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket = new Socket();

  RawCaller(String address, int port) throws IOException {
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
    socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
  }

  /** Asks for verification and returns {@link #ACCEPTED} or result, source and reason. */
  String associate(String callingAeTitle, String calledAeTitle) throws IOException {
    socket.getOutputStream().write(request(callingAeTitle, calledAeTitle));
    DataInputStream in = new DataInputStream(socket.getInputStream());
    int type = in.readUnsignedByte();
    in.readByte();
    byte[] body = new byte[in.readInt()];
    in.readFully(body);
    return type == 2 ? ACCEPTED : type == 3 ? body[1] + "/" + body[2] + "/" + body[3] : "aborted";
  }

  static byte[] request(String callingAeTitle, String calledAeTitle) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.writeShort(1);
    out.writeShort(0);
    out.writeBytes("%-16s%-16s".formatted(calledAeTitle, callingAeTitle));
    out.write(new byte[32]);
    out.write(item(0x10, text("1.2.840.10008.3.1.1.1")));
    out.write(
        item(
            0x20,
            join(
                new byte[] {1, 0, 0, 0},
                item(0x30, text(UID.Verification)),
                item(0x40, text(UID.ImplicitVRLittleEndian)))));
    out.write(
        item(0x50, join(item(0x51, new byte[] {0, 0, 0x40, 0}), item(0x52, text("1.2.3.4")))));
    ByteArrayOutputStream pdu = new ByteArrayOutputStream();
    DataOutputStream head = new DataOutputStream(pdu);
    head.writeShort(0x0100);
    head.writeInt(body.size());
    head.write(body.toByteArray());
    return pdu.toByteArray();
  }

  private static byte[] item(int type, byte[] value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(type << 8);
    out.writeShort(value.length);
    out.write(value);
    return bytes.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
