package org.dcm4che3.data;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * One coded character set of PS3.3 tables C.12-2 to C.12-5, with the escape sequences that
 * designate it.
 */
final class Repertoire {
  private static final Map<String, Repertoire> BY_TERM = new HashMap<>();

  static final Repertoire ASCII = of("US-ASCII", "(B", null, 1, "ISO_IR 6", "ISO 2022 IR 6");
  static final Repertoire JIS_X_201 = of("JIS_X0201", "(J", ")I", 1, "ISO_IR 13", "ISO 2022 IR 13");
  static final Repertoire JIS_X_208 = of("x-JIS0208", "$B", null, 2, "ISO 2022 IR 87");
  static final Repertoire JIS_X_212 = of("JIS_X0212-1990", "$(D", null, 2, "ISO 2022 IR 159");
  static final Repertoire KS_X_1001 = of("EUC-KR", null, "$)C", 2, "ISO 2022 IR 149");
  static final Repertoire GB_2312 = of("GB2312", null, "$)A", 2, "ISO 2022 IR 58");
  static final Repertoire UTF_8 = of("UTF-8", null, null, 0, "ISO_IR 192");

  static {
    latin("ISO-8859-1", "-A", 100);
    latin("ISO-8859-2", "-B", 101);
    latin("ISO-8859-3", "-C", 109);
    latin("ISO-8859-4", "-D", 110);
    latin("ISO-8859-5", "-L", 144);
    latin("ISO-8859-6", "-G", 127);
    latin("ISO-8859-7", "-F", 126);
    latin("ISO-8859-8", "-H", 138);
    latin("ISO-8859-9", "-M", 148);
    latin("ISO-8859-15", "-b", 203);
    latin("TIS-620", "-T", 166);
    of("GB18030", null, null, 0, "GB18030");
    of("GBK", null, null, 0, "GBK");
  }

  private final Charset charset;
  private final byte[] escapeG0;
  private final byte[] escapeG1;
  private final int bytesPerCharacter;

  private Repertoire(String charset, String g0, String g1, int bytesPerCharacter) {
    this.charset = Charset.forName(charset);
    this.escapeG0 = g0 == null ? null : g0.getBytes(StandardCharsets.US_ASCII);
    this.escapeG1 = g1 == null ? null : g1.getBytes(StandardCharsets.US_ASCII);
    this.bytesPerCharacter = bytesPerCharacter;
  }

  private static Repertoire of(String charset, String g0, String g1, int bytes, String... terms) {
    Repertoire repertoire = new Repertoire(charset, g0, g1, bytes);
    for (String term : terms) {
      BY_TERM.put(term, repertoire);
    }
    return repertoire;
  }

  private static void latin(String charset, String g1, int number) {
    of(charset, null, g1, 1, "ISO_IR " + number, "ISO 2022 IR " + number);
  }

  static Repertoire of(String term) {
    return term == null ? ASCII : BY_TERM.getOrDefault(term.trim(), ASCII);
  }

  /** All repertoires that an escape sequence can designate. */
  static Iterable<Repertoire> all() {
    return BY_TERM.values();
  }

  /** The bytes of each character; 0 where it varies and no escape sequence designates the set. */
  int bytesPerCharacter() {
    return bytesPerCharacter;
  }

  /** The escape sequence without ESC that designates this set to G0, null if none does. */
  byte[] escapeG0() {
    return escapeG0;
  }

  byte[] escapeG1() {
    return escapeG1;
  }

  /** Decodes; JIS X 0201 code 05/12 stays the delimiter of values that DICOM makes of it. */
  String decode(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, charset);
    return this == JIS_X_201 ? text.replace('\u00a5', '\\').replace('\u203e', '~') : text;
  }

  byte[] encode(String text) {
    return (this == JIS_X_201 ? jis(text) : text).getBytes(charset);
  }

  /** The bytes of one character, null if the repertoire lacks it. */
  byte[] encodeOrNull(String character) {
    try {
      ByteBuffer bytes =
          charset
              .newEncoder()
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(this == JIS_X_201 ? jis(character) : character));
      byte[] encoded = new byte[bytes.remaining()];
      bytes.get(encoded);
      return bytesPerCharacter == 0 || encoded.length == bytesPerCharacter ? encoded : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String jis(String text) {
    return text.replace('\\', '\u00a5').replace('~', '\u203e');
  }
}
