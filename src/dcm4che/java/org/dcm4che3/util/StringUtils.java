package org.dcm4che3.util;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Text forms of values (PS3.5 section 6.2). */
public class StringUtils {
  public static final String[] EMPTY_STRING = {};
  private static final int MAX_DS_LENGTH = 16;

  private StringUtils() {}

  public static String concat(String[] ss, char delim) {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < ss.length; i++) {
      if (i > 0) {
        joined.append(delim);
      }
      if (ss[i] != null) {
        joined.append(ss[i]);
      }
    }
    return joined.toString();
  }

  public static String[] split(String s, char delim) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int end; (end = s.indexOf(delim, start)) >= 0; start = end + 1) {
      parts.add(s.substring(start, end));
    }
    parts.add(s.substring(start));
    return parts.toArray(EMPTY_STRING);
  }

  /** The number of an IS value, or NumberFormatException. */
  public static long parseIS(String s) {
    return Long.parseLong(s.startsWith("+") ? s.substring(1) : s);
  }

  /** The number of a DS value, or NumberFormatException. */
  public static double parseDS(String s) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
        throw new NumberFormatException("not a decimal string");
      }
    }
    return Double.parseDouble(s);
  }

  public static String formatDS(float f) {
    return formatDS(new BigDecimal(Float.toString(finite(f))));
  }

  /** The decimal nearest to the number that fits the 16 characters of a DS value. */
  public static String formatDS(double d) {
    return formatDS(new BigDecimal(Double.toString(finite(d))));
  }

  private static double finite(double d) {
    if (Double.isNaN(d) || Double.isInfinite(d)) {
      throw new IllegalArgumentException("DS cannot hold " + d);
    }
    return d;
  }

  private static float finite(float f) {
    finite((double) f);
    return f;
  }

  private static String formatDS(BigDecimal exact) {
    if (exact.signum() == 0) {
      return "0";
    }
    for (int digits = Math.min(exact.precision(), MAX_DS_LENGTH); digits > 0; digits--) {
      BigDecimal rounded =
          exact.round(new MathContext(digits, RoundingMode.HALF_EVEN)).stripTrailingZeros();
      String plain = Math.abs(rounded.scale()) <= MAX_DS_LENGTH ? rounded.toPlainString() : null;
      if (plain != null && plain.length() <= MAX_DS_LENGTH) {
        return plain;
      }
      String scientific = rounded.toString();
      if (scientific.length() <= MAX_DS_LENGTH) {
        return scientific;
      }
    }
    throw new IllegalArgumentException("DS cannot hold " + exact);
  }
}
