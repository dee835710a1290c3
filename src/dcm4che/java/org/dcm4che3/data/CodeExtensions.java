package org.dcm4che3.data;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Text with ISO 2022 escape sequences (PS3.5 6.1.2.5): G0 gives characters to bytes below 80H, G1
 * to the others; both return to their initial state after a delimiter.
 */
final class CodeExtensions {
  private static final byte ESC = 0x1b;
  private static final char REPLACEMENT = '\ufffd';

  private final Repertoire[] repertoires;
  private final String delimiters;
  private final Repertoire initialG0;
  private final Repertoire initialG1;
  private Repertoire g0;
  private Repertoire g1;

  private CodeExtensions(Repertoire[] repertoires, String delimiters) {
    this.repertoires = repertoires;
    this.delimiters = delimiters == null ? "" : delimiters;
    initialG0 = repertoires[0] == Repertoire.JIS_X_201 ? repertoires[0] : Repertoire.ASCII;
    initialG1 = repertoires[0];
    reset();
  }

  static String decode(Repertoire[] repertoires, byte[] bytes, String delimiters) {
    return new CodeExtensions(repertoires, delimiters).decode(bytes);
  }

  static byte[] encode(Repertoire[] repertoires, String text, String delimiters) {
    return new CodeExtensions(repertoires, delimiters).encode(text);
  }

  private void reset() {
    g0 = initialG0;
    g1 = initialG1;
  }

  private String decode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int pos = 0;
    while (pos < bytes.length) {
      byte b = bytes[pos];
      if (b == ESC) {
        pos += 1 + designate(bytes, pos + 1);
      } else if (isControlOrSpace(b)) {
        text.append((char) b);
        pos++;
        resetAfter(b);
      } else if ((b < 0 ? g1 : g0).bytesPerCharacter() == 2) {
        pos = decodePair(bytes, pos, text);
      } else {
        pos = decodeRun(bytes, pos, text);
      }
    }
    return text.toString();
  }

  /** Obeys the escape sequence that starts after ESC; returns its length, 0 if it is unknown. */
  private int designate(byte[] bytes, int from) {
    for (Repertoire repertoire : Repertoire.all()) {
      if (startsWith(bytes, from, repertoire.escapeG0())) {
        g0 = repertoire;
        return repertoire.escapeG0().length;
      }
      if (startsWith(bytes, from, repertoire.escapeG1())) {
        g1 = repertoire;
        return repertoire.escapeG1().length;
      }
    }
    return 0;
  }

  private static boolean startsWith(byte[] bytes, int from, byte[] prefix) {
    return prefix != null
        && from + prefix.length <= bytes.length
        && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }

  private int decodePair(byte[] bytes, int pos, StringBuilder text) {
    if (pos + 1 == bytes.length || bytes[pos] < 0 != bytes[pos + 1] < 0 || bytes[pos + 1] == ESC) {
      text.append(REPLACEMENT);
      return pos + 1;
    }
    text.append((bytes[pos] < 0 ? g1 : g0).decode(bytes, pos, pos + 2));
    return pos + 2;
  }

  private int decodeRun(byte[] bytes, int pos, StringBuilder text) {
    boolean high = bytes[pos] < 0;
    int end = pos;
    do {
      end++;
    } while (end < bytes.length
        && bytes[end] < 0 == high
        && !isControlOrSpace(bytes[end])
        && !isDelimiter(bytes[end - 1]));
    text.append((high ? g1 : g0).decode(bytes, pos, end));
    resetAfter(bytes[end - 1]);
    return end;
  }

  private void resetAfter(byte b) {
    if (isDelimiter(b)) {
      reset();
    }
  }

  private boolean isDelimiter(int b) {
    return b == '\t'
        || b == '\n'
        || b == '\f'
        || b == '\r'
        || (b > 0 && delimiters.indexOf(b) >= 0);
  }

  private static boolean isControlOrSpace(byte b) {
    return b >= 0 && b <= ' ';
  }

  private byte[] encode(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() * 2);
    for (int pos = 0; pos < text.length(); ) {
      int codePoint = text.codePointAt(pos);
      int length = Character.charCount(codePoint);
      if (codePoint < 0x80) {
        encodeAscii(codePoint, out);
      } else {
        encode(text.substring(pos, pos + length), out);
      }
      pos += length;
    }
    designateG0(initialG0, out);
    return out.toByteArray();
  }

  private void encodeAscii(int c, ByteArrayOutputStream out) {
    designateG0(initialG0, out);
    out.write(c);
    if (isDelimiter(c)) {
      reset();
    }
  }

  private void encode(String character, ByteArrayOutputStream out) {
    for (Repertoire repertoire : repertoires) {
      byte[] bytes = repertoire.encodeOrNull(character);
      if (bytes != null && bytes[0] < 0) {
        if (g1 != repertoire && repertoire.escapeG1() == null) {
          continue;
        }
        if (g1 != repertoire) {
          escape(repertoire.escapeG1(), out);
          g1 = repertoire;
        }
        out.writeBytes(bytes);
        return;
      }
      if (bytes != null && repertoire.bytesPerCharacter() == 2) {
        designateG0(repertoire, out);
        out.writeBytes(bytes);
        return;
      }
    }
    encodeAscii('?', out);
  }

  private void designateG0(Repertoire repertoire, ByteArrayOutputStream out) {
    if (g0 != repertoire) {
      escape(repertoire.escapeG0(), out);
      g0 = repertoire;
    }
  }

  private static void escape(byte[] sequence, ByteArrayOutputStream out) {
    out.write(ESC);
    out.writeBytes(sequence);
  }
}
