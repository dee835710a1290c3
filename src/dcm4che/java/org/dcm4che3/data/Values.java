package org.dcm4che3.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.dcm4che3.util.ByteUtils;
import org.dcm4che3.util.StringUtils;
import org.dcm4che3.util.TagUtils;

/**
 * Conversions between values in memory and the types of the getters and setters. A value is {@link
 * Value#NULL}, encoded bytes, or a text whose values are joined by backslashes.
 */
final class Values {
  private static final int MAX_IS_LENGTH = 12;

  private Values() {}

  static String delimiters(VR vr) {
    if (vr == VR.PN) {
      return "\\^=";
    }
    return vr.isMultiValued() ? "\\" : "";
  }

  /** The whole text of a string value, all values of it, untrimmed. */
  static String text(VR vr, Object value, SpecificCharacterSet cs) {
    if (value instanceof String s) {
      return s;
    }
    byte[] bytes = (byte[]) value;
    if (!vr.useSpecificCharacterSet() || isPlainAscii(bytes)) {
      return new String(
          bytes, isPlainAscii(bytes) ? StandardCharsets.ISO_8859_1 : StandardCharsets.US_ASCII);
    }
    return cs.decode(bytes, delimiters(vr));
  }

  /** Whether the bytes mean the same in every character set but JIS X 0201. */
  static boolean isPlainAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0 || b == 0x1b) {
        return false;
      }
    }
    return true;
  }

  static byte[] encode(VR vr, Object value, SpecificCharacterSet cs) {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    String text = (String) value;
    return vr.useSpecificCharacterSet()
        ? cs.encode(text, delimiters(vr))
        : text.getBytes(StandardCharsets.US_ASCII);
  }

  static String[] strings(VR vr, Object value, boolean bigEndian, SpecificCharacterSet cs) {
    if (vr.isStringType()) {
      String text = text(vr, value, cs);
      String[] parts = vr.isMultiValued() ? StringUtils.split(text, '\\') : new String[] {text};
      for (int i = 0; i < parts.length; i++) {
        parts[i] = trim(vr, parts[i]);
      }
      return parts;
    }
    int vm = count(vr, (byte[]) value);
    String[] parts = new String[vm];
    for (int i = 0; i < vm; i++) {
      parts[i] = number(vr, (byte[]) value, bigEndian, i);
    }
    return parts;
  }

  static String string(VR vr, Object value, boolean bigEndian, int index, SpecificCharacterSet cs) {
    if (vr.isStringType()) {
      String text = text(vr, value, cs);
      int start = 0;
      if (!vr.isMultiValued()) {
        return index == 0 ? trim(vr, text) : "";
      }
      for (int i = 0; i < index; i++) {
        start = text.indexOf('\\', start) + 1;
        if (start == 0) {
          return "";
        }
      }
      int end = text.indexOf('\\', start);
      return trim(vr, text.substring(start, end < 0 ? text.length() : end));
    }
    return index >= 0 && index < count(vr, (byte[]) value)
        ? number(vr, (byte[]) value, bigEndian, index)
        : "";
  }

  private static String trim(VR vr, String s) {
    int end = s.length();
    while (end > 0 && isPadding(s.charAt(end - 1))) {
      end--;
    }
    int start = 0;
    if (vr.isMultiValued() && vr != VR.UC) {
      while (start < end && isPadding(s.charAt(start))) {
        start++;
      }
    }
    return s.substring(start, end);
  }

  private static boolean isPadding(char c) {
    return c == ' ' || c == 0;
  }

  private static String number(VR vr, byte[] b, boolean bigEndian, int i) {
    return switch (vr.kind()) {
      case TAG -> TagUtils.toHexString(ByteUtils.bytesToTag(b, 4 * i, bigEndian));
      case FLOAT -> Float.toString(ByteUtils.bytesToFloat(b, 4 * i, bigEndian));
      case DOUBLE -> Double.toString(ByteUtils.bytesToDouble(b, 8 * i, bigEndian));
      case UINT -> Integer.toUnsignedString(ByteUtils.bytesToInt(b, 4 * i, bigEndian));
      case ULONG -> Long.toUnsignedString(ByteUtils.bytesToLong(b, 8 * i, bigEndian));
      default -> Long.toString(integer(vr, b, bigEndian, i));
    };
  }

  private static int size(VR vr) {
    return vr == VR.AT ? 4 : vr.numEndianBytes();
  }

  /** The number of complete binary values. */
  static int count(VR vr, byte[] b) {
    return b.length / size(vr);
  }

  private static long integer(VR vr, byte[] b, boolean bigEndian, int i) {
    return switch (vr.kind()) {
      case BYTE -> b[i];
      case SHORT -> ByteUtils.bytesToShort(b, 2 * i, bigEndian);
      case USHORT -> ByteUtils.bytesToUShort(b, 2 * i, bigEndian);
      case TAG -> ByteUtils.bytesToTag(b, 4 * i, bigEndian);
      case INT, UINT -> ByteUtils.bytesToInt(b, 4 * i, bigEndian);
      case LONG, ULONG -> ByteUtils.bytesToLong(b, 8 * i, bigEndian);
      default -> throw new NumberFormatException("no integer");
    };
  }

  /** Whether values of this VR are read and set as integers. */
  static boolean isInteger(VR vr) {
    return vr == VR.IS || (!vr.isStringType() && vr != VR.SQ && !isFloating(vr));
  }

  /** Whether values of this VR are read and set as floating point numbers. */
  static boolean isFloating(VR vr) {
    return vr == VR.DS || vr.kind() == VR.Kind.FLOAT || vr.kind() == VR.Kind.DOUBLE;
  }

  /** Value i as an integer, or NumberFormatException. */
  static long toLong(VR vr, Object value, boolean bigEndian, int i) {
    return vr.isStringType()
        ? integer(component(vr, value, i))
        : integer(vr, binary(vr, value, i), bigEndian, i);
  }

  /** Value i as a floating point number, or NumberFormatException. */
  static double toDouble(VR vr, Object value, boolean bigEndian, int i) {
    return vr.isStringType()
        ? StringUtils.parseDS(component(vr, value, i))
        : number(vr, binary(vr, value, i), i, bigEndian);
  }

  /** All values as integers, or NumberFormatException. */
  static long[] toLongs(VR vr, Object value, boolean bigEndian) {
    if (vr.isStringType()) {
      return Arrays.stream(components(vr, value)).mapToLong(Values::integer).toArray();
    }
    byte[] bytes = (byte[]) value;
    long[] longs = new long[count(vr, bytes)];
    Arrays.setAll(longs, i -> integer(vr, bytes, bigEndian, i));
    return longs;
  }

  /** All values as floating point numbers, or NumberFormatException. */
  static double[] toDoubles(VR vr, Object value, boolean bigEndian) {
    if (vr.isStringType()) {
      return Arrays.stream(components(vr, value)).mapToDouble(StringUtils::parseDS).toArray();
    }
    byte[] bytes = (byte[]) value;
    double[] doubles = new double[count(vr, bytes)];
    Arrays.setAll(doubles, i -> number(vr, bytes, i, bigEndian));
    return doubles;
  }

  private static String component(VR vr, Object value, int i) {
    return string(vr, value, false, i, SpecificCharacterSet.ASCII);
  }

  private static String[] components(VR vr, Object value) {
    return strings(vr, value, false, SpecificCharacterSet.ASCII);
  }

  private static byte[] binary(VR vr, Object value, int i) {
    byte[] bytes = (byte[]) value;
    if (i < 0 || i >= count(vr, bytes)) {
      throw new NumberFormatException("no such value");
    }
    return bytes;
  }

  /** An IS value, without the fraction that some write. */
  private static long integer(String s) {
    return s.length() <= MAX_IS_LENGTH && s.indexOf('.') < 0 && s.indexOf('E') < 0
        ? StringUtils.parseIS(s)
        : (long) StringUtils.parseDS(s);
  }

  private static double number(VR vr, byte[] bytes, int i, boolean bigEndian) {
    return vr.kind() == VR.Kind.FLOAT
        ? ByteUtils.bytesToFloat(bytes, 4 * i, bigEndian)
        : ByteUtils.bytesToDouble(bytes, 8 * i, bigEndian);
  }

  static Object ofLongs(VR vr, boolean bigEndian, long... numbers) {
    check(isInteger(vr), vr);
    if (vr.isStringType()) {
      return StringUtils.concat(
          Arrays.stream(numbers).mapToObj(Long::toString).toArray(String[]::new), '\\');
    }
    byte[] b = new byte[numbers.length * size(vr)];
    for (int i = 0; i < numbers.length; i++) {
      switch (vr.kind()) {
        case BYTE -> b[i] = (byte) numbers[i];
        case SHORT, USHORT -> ByteUtils.shortToBytes((int) numbers[i], b, 2 * i, bigEndian);
        case TAG -> ByteUtils.tagToBytes((int) numbers[i], b, 4 * i, bigEndian);
        case INT, UINT -> ByteUtils.intToBytes((int) numbers[i], b, 4 * i, bigEndian);
        default -> ByteUtils.longToBytes(numbers[i], b, 8 * i, bigEndian);
      }
    }
    return b;
  }

  static Object ofDoubles(VR vr, boolean bigEndian, double... numbers) {
    check(isFloating(vr), vr);
    if (vr == VR.DS) {
      return StringUtils.concat(
          Arrays.stream(numbers).mapToObj(StringUtils::formatDS).toArray(String[]::new), '\\');
    }
    byte[] b = new byte[numbers.length * size(vr)];
    for (int i = 0; i < numbers.length; i++) {
      if (vr.kind() == VR.Kind.FLOAT) {
        ByteUtils.floatToBytes((float) numbers[i], b, 4 * i, bigEndian);
      } else {
        ByteUtils.doubleToBytes(numbers[i], b, 8 * i, bigEndian);
      }
    }
    return b;
  }

  static Object ofFloats(VR vr, boolean bigEndian, float... numbers) {
    if (vr == VR.DS) {
      String[] parts = new String[numbers.length];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = StringUtils.formatDS(numbers[i]);
      }
      return StringUtils.concat(parts, '\\');
    }
    double[] doubles = new double[numbers.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = numbers[i];
    }
    return ofDoubles(vr, bigEndian, doubles);
  }

  /**
   * The value of texts: numbers for a binary VR (hexadecimal for AT), the joined text otherwise.
   */
  static Object ofStrings(VR vr, boolean bigEndian, String... texts) {
    if (vr.isStringType()) {
      return StringUtils.concat(texts, '\\');
    }
    if (isFloating(vr)) {
      return ofDoubles(
          vr,
          bigEndian,
          Arrays.stream(texts).mapToDouble(s -> StringUtils.parseDS(s.trim())).toArray());
    }
    return ofLongs(
        vr, bigEndian, Arrays.stream(texts).mapToLong(s -> integer(vr, s.trim())).toArray());
  }

  private static long integer(VR vr, String s) {
    return switch (vr) {
      case AT -> Integer.parseUnsignedInt(s, 16);
      case UV -> Long.parseUnsignedLong(s);
      default -> StringUtils.parseIS(s);
    };
  }

  private static void check(boolean fits, VR vr) {
    if (!fits) {
      throw new UnsupportedOperationException("VR " + vr + " holds no numbers of this kind");
    }
  }
}
