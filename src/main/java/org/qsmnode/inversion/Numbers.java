package org.qsmnode.inversion;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Lists of numbers in the header of a weights file: separated by commas. */
final class Numbers {

  private Numbers() {}

  static String text(double[] values) {
    return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(","));
  }

  static double[] of(String text) {
    return Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
  }
}
