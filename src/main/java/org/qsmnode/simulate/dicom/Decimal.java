package org.qsmnode.simulate.dicom;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as DICOM decimal strings of at most 16 characters (PS3.5 6.2). */
final class Decimal {

  private static final int LONGEST = 16;

  private Decimal() {}

  static String string(double value) {
    if (value == 0) {
      return "0";
    }
    for (int digits = 15; digits > 0; digits--) {
      BigDecimal rounded =
          new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
      BigDecimal plain = rounded.stripTrailingZeros();
      String text = Math.abs(value) < 1e-4 ? plain.toString() : plain.toPlainString();
      if (text.length() <= LONGEST) {
        return text;
      }
    }
    throw new IllegalArgumentException("value does not fit a decimal string");
  }

  static String[] strings(double... values) {
    String[] out = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      out[i] = string(values[i]);
    }
    return out;
  }
}
