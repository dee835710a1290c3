package org.dcm4che3.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The items of an A-ASSOCIATE PDU as text, decoded independently of the code under test.
 *
 * <p>Sub-items of the user information are sorted, as PS3.7 leaves their order open.
 */
final class PduTree {

  private PduTree() {}

  static List<String> of(byte[] pdu) {
    ByteBuffer in = ByteBuffer.wrap(pdu);
    List<String> lines = new ArrayList<>();
    lines.add("type " + in.get());
    in.get();
    if (in.getInt() != in.remaining()) {
      throw new IllegalArgumentException("length of PDU");
    }
    lines.add("version " + in.getShort());
    in.getShort();
    lines.add("called [" + text(in, 16) + "]");
    lines.add("calling [" + text(in, 16) + "]");
    in.position(in.position() + 32);
    while (in.hasRemaining()) {
      int type = in.get();
      in.get();
      ByteBuffer item = slice(in, in.getShort() & 0xffff);
      switch (type) {
        case 0x20, 0x21 -> {
          lines.add("context " + item.get() + " result " + (item.getShort() & 0xff));
          item.get();
          lines.addAll(items(item));
        }
        case 0x50 -> {
          List<String> user = items(item);
          Collections.sort(user);
          lines.addAll(user);
        }
        default -> lines.add(Integer.toHexString(type) + " " + value(item));
      }
    }
    return lines;
  }

  private static List<String> items(ByteBuffer in) {
    List<String> lines = new ArrayList<>();
    while (in.hasRemaining()) {
      int type = in.get();
      in.get();
      lines.add("  " + Integer.toHexString(type) + " " + value(slice(in, in.getShort() & 0xffff)));
    }
    return lines;
  }

  private static ByteBuffer slice(ByteBuffer in, int length) {
    ByteBuffer slice = in.slice(in.position(), length);
    in.position(in.position() + length);
    return slice;
  }

  private static String value(ByteBuffer item) {
    byte[] bytes = new byte[item.remaining()];
    item.get(bytes);
    boolean printable = bytes.length > 0;
    for (byte b : bytes) {
      printable &= b >= ' ';
    }
    return printable ? new String(bytes, StandardCharsets.US_ASCII) : Hex.text(bytes);
  }

  private static String text(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
