package org.qsmnode.derive;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.VR;

/**
 * Sets attributes of our own making, each checked against the length and character rules of its VR
 * (PS3.5 6.2). Text is plain ASCII without backslash or control characters, so that any character
 * set of the source stays valid.
 */
final class Elements {

  private Elements() {}

  static void lo(Attributes to, int tag, String... values) {
    set(to, tag, VR.LO, 64, values);
  }

  static void sh(Attributes to, int tag, String... values) {
    set(to, tag, VR.SH, 16, values);
  }

  static void cs(Attributes to, int tag, String... values) {
    for (String value : values) {
      if (!value.matches("[A-Z0-9_ ]*")) {
        throw new IllegalArgumentException("code string with other than A-Z, 0-9, _ and blank");
      }
    }
    set(to, tag, VR.CS, 16, values);
  }

  static void ui(Attributes to, int tag, String value) {
    set(to, tag, VR.UI, 64, value);
  }

  static void is(Attributes to, int tag, int... values) {
    String[] texts = new String[values.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = Integer.toString(values[i]);
    }
    set(to, tag, VR.IS, 12, texts);
  }

  static void ds(Attributes to, int tag, double value) {
    set(to, tag, VR.DS, 16, decimal(value));
  }

  static void st(Attributes to, int tag, String value) {
    set(to, tag, VR.ST, 1024, value);
  }

  static void da(Attributes to, int tag, String value) {
    set(to, tag, VR.DA, 8, value);
  }

  static void tm(Attributes to, int tag, String value) {
    set(to, tag, VR.TM, 14, value);
  }

  static void dt(Attributes to, int tag, String value) {
    set(to, tag, VR.DT, 26, value);
  }

  /** The shortest decimal of at most 16 characters that is closest to {@code value}. */
  static String decimal(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a decimal string must be finite");
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    String text = Double.toString(value);
    for (int digits = 15; text.length() > 16; digits--) {
      text =
          Double.toString(
              Double.parseDouble(String.format(java.util.Locale.ROOT, "%." + digits + "e", value)));
    }
    return text;
  }

  /** Fails unless {@code text} is 1 to {@code longest} printable ASCII characters, no backslash. */
  static void requireText(String name, String text, int longest) {
    if (text.isEmpty() || text.length() > longest || !isPlain(text)) {
      throw new IllegalArgumentException(
          name + " must be 1 to " + longest + " printable ASCII characters without backslash");
    }
  }

  /**
   * {@code text} with a question mark for every character outside printable ASCII, and for
   * backslash.
   */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> plain.append(c >= ' ' && c < 0x7f && c != '\\' ? (char) c : '?'));
    return plain.toString();
  }

  private static boolean isPlain(String text) {
    return text.equals(plain(text));
  }

  private static void set(Attributes to, int tag, VR vr, int longest, String... values) {
    for (String value : values) {
      if (value.length() > longest || !isPlain(value)) {
        throw new IllegalArgumentException(
            "(%04X,%04X) %s must be at most %d ASCII characters"
                .formatted(tag >>> 16, tag & 0xffff, vr, longest));
      }
    }
    if (values.length == 1) {
      to.setString(tag, vr, values[0]);
    } else {
      to.setString(tag, vr, values);
    }
  }
}
