package org.dcm4che3.data;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Text with ISO 2022 escape sequences (PS3.5 6.1.2.5). */
final class CodeExtensions {
  private static final byte ESC = 0x1b;

  private CodeExtensions() {}

  static String decode(Repertoire[] repertoires, byte[] bytes, String delimiters) {
    StringBuilder text = new StringBuilder(bytes.length);
    Repertoire initialG0 = initialG0(repertoires[0]);
    Repertoire initialG1 = initialG1(repertoires[0]);
    Repertoire g0 = initialG0;
    Repertoire g1 = initialG1;
    int pos = 0;
    while (pos < bytes.length) {
      if (bytes[pos] == ESC) {
        int length = 0;
        for (Repertoire repertoire : Repertoire.all()) {
          if (startsWith(bytes, pos + 1, repertoire.escapeG0())) {
            g0 = repertoire;
            length = repertoire.escapeG0().length;
          } else if (startsWith(bytes, pos + 1, repertoire.escapeG1())) {
            g1 = repertoire;
            length = repertoire.escapeG1().length;
          }
        }
        if (length == 0) {
          text.append((char) ESC);
        }
        pos += 1 + length;
        continue;
      }
      boolean high = bytes[pos] < 0;
      Repertoire active = high ? g1 : g0;
      int end = pos + 1;
      if (active.bytesPerCharacter() == 2 && bytes[pos] > 0x20) {
        end = Math.min(pos + 2, bytes.length);
      } else if (active.bytesPerCharacter() == 2 && high) {
        end = Math.min(pos + 2, bytes.length);
      } else {
        while (end < bytes.length
            && bytes[end] != ESC
            && bytes[end] < 0 == high
            && !resets(bytes[end - 1], delimiters)) {
          end++;
        }
      }
      if (active.bytesPerCharacter() == 2 && end - pos == 1) {
        text.append((char) (bytes[pos] & 0xff));
      } else {
        text.append(active.decode(bytes, pos, end));
      }
      if (resets(bytes[end - 1], delimiters)
          && (active.bytesPerCharacter() == 1 || end - pos == 1)) {
        g0 = initialG0;
        g1 = initialG1;
      }
      pos = end;
    }
    return text.toString();
  }

  static byte[] encode(Repertoire[] repertoires, String text, String delimiters) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() * 2);
    Repertoire initialG0 = initialG0(repertoires[0]);
    Repertoire initialG1 = initialG1(repertoires[0]);
    Repertoire g0 = initialG0;
    Repertoire g1 = initialG1;
    for (int pos = 0; pos < text.length(); ) {
      int codePoint = text.codePointAt(pos);
      String character = new String(Character.toChars(codePoint));
      pos += character.length();
      if (codePoint < 0x80 && resets((byte) codePoint, delimiters)) {
        if (g0 != initialG0) {
          escape(out, initialG0.escapeG0());
        }
        g0 = initialG0;
        g1 = initialG1;
        out.write(codePoint);
        continue;
      }
      byte[] bytes = null;
      Repertoire used = null;
      for (int i = -1; bytes == null && i < repertoires.length; i++) {
        used = i < 0 ? initialG0 : repertoires[i];
        bytes = used.encodeOrNull(character);
        if (bytes != null && used.bytesPerCharacter() == 2) {
          bytes = twoBytes(used, bytes);
        }
      }
      if (bytes == null) {
        used = initialG0;
        bytes = new byte[] {'?'};
      }
      if (bytes[0] < 0) {
        if (g1 != used) {
          escape(out, used.escapeG1());
          g1 = used;
        }
      } else if (g0 != used && !(isAscii(used) && isAscii(g0))) {
        Repertoire designated = used.escapeG0() == null ? Repertoire.ASCII : used;
        if (g0 != designated) {
          escape(out, designated.escapeG0());
          g0 = designated;
        }
      }
      out.writeBytes(bytes);
    }
    if (g0 != initialG0) {
      escape(out, initialG0.escapeG0());
    }
    return out.toByteArray();
  }

  /** A character of a 94x94 set, null where the Java charset also has shorter or longer codes. */
  private static byte[] twoBytes(Repertoire repertoire, byte[] bytes) {
    return bytes.length == 2 && bytes[0] < 0 == (repertoire.escapeG1() != null) ? bytes : null;
  }

  private static boolean isAscii(Repertoire repertoire) {
    return repertoire == Repertoire.ASCII;
  }

  private static Repertoire initialG0(Repertoire first) {
    return first == Repertoire.JIS_X_201 ? first : Repertoire.ASCII;
  }

  private static Repertoire initialG1(Repertoire first) {
    return first;
  }

  private static boolean resets(byte b, String delimiters) {
    return b == '\t'
        || b == '\n'
        || b == '\f'
        || b == '\r'
        || (b > 0 && delimiters != null && delimiters.indexOf(b) >= 0);
  }

  private static boolean startsWith(byte[] bytes, int from, byte[] prefix) {
    return prefix != null
        && from + prefix.length <= bytes.length
        && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }

  private static void escape(ByteArrayOutputStream out, byte[] sequence) {
    out.write(ESC);
    out.writeBytes(sequence);
  }
}
