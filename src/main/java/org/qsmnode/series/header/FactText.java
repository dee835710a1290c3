package org.qsmnode.series.header;

import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.qsmnode.digest.Digests;

/**
 * Form in which texts of a header are kept. What is only compared is kept as a digest, so that what
 * people typed into it does not stand in the ledger.
 */
final class FactText {

  /** Characters of a text: the most of LO (PS3.5 6.2); a longer one is cut, as it names nothing. */
  static final int MOST_CHARACTERS = 64;

  /** Values of an attribute; ImageType of a real scanner has up to 10. */
  static final int MOST_VALUES = 24;

  private static final int DIGEST_BYTES = 8;
  private static final Pattern DIGEST = Pattern.compile("#[0-9a-f]{16}");
  private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");

  private FactText() {}

  static String cut(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
  }

  /**
   * Values that are few enough.
   *
   * @throws IllegalArgumentException if there are more: none of them can be left out without doubt
   */
  static <T> List<T> few(List<T> values) {
    if (values.size() > MOST_VALUES) {
      throw new IllegalArgumentException("an attribute has more than " + MOST_VALUES + " values");
    }
    return values;
  }

  /**
   * A UID that may be absent.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static String uid(String text) {
    if (!text.isEmpty() && !UID.matcher(text).matches()) {
      throw new IllegalArgumentException("a UID is not valid");
    }
    return text;
  }

  /** A digest that is equal for equal texts; empty of an empty text, and itself of a digest. */
  static String digest(String text) {
    if (text.isEmpty() || DIGEST.matcher(text).matches()) {
      return text;
    }
    return "#" + HexFormat.of().formatHex(Digests.bytesOf(text), 0, DIGEST_BYTES);
  }
}
