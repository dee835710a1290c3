package org.qsmnode.inversion.error;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Lists of numbers in the header of a weights file: separated by commas. */
final class Numbers {

  private Numbers() {}

  static String text(double[] values) {
    return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(","));
  }

  /**
   * The numbers of one text.
   *
   * @throws IllegalArgumentException if {@code texts} has none of this name
   */
  static double[] of(Map<String, String> texts, String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("the weights file does not state its " + name);
    }
    return Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
  }
}
