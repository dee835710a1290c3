package org.dcm4che3.net;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Octets written as hexadecimal digits, each line with its meaning behind a #. */
final class Hex {

  private Hex() {}

  /** Reads digits and 'texts in quotes'; white space and what follows a # means nothing. */
  static byte[] bytes(String commented) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String line : commented.split("\n")) {
      int comment = line.indexOf('#');
      String[] parts = (comment < 0 ? line : line.substring(0, comment)).split("'", -1);
      for (int i = 0; i < parts.length; i++) {
        out.writeBytes(
            i % 2 == 1
                ? parts[i].getBytes(java.nio.charset.StandardCharsets.US_ASCII)
                : HexFormat.of().parseHex(parts[i].replaceAll("\\s", "")));
      }
    }
    return out.toByteArray();
  }

  static String text(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
