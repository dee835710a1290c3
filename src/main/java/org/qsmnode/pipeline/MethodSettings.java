package org.qsmnode.pipeline;

import java.util.Map;
import java.util.TreeMap;

/** Reads the settings of one method from text and refuses names and values it does not know. */
final class MethodSettings {

  private final String method;
  private final Map<String, String> rest;

  MethodSettings(String method, Map<String, String> settings) {
    this.method = method;
    this.rest = new TreeMap<>(settings);
  }

  String word(String name, String fallback) {
    String text = rest.remove(name);
    return text == null ? fallback : text.trim();
  }

  double number(String name, double fallback) {
    String text = rest.remove(name);
    if (text == null) {
      return fallback;
    }
    try {
      return Double.parseDouble(text.trim());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " of " + method + " must be a number", e);
    }
  }

  int integer(String name, int fallback) {
    double value = number(name, fallback);
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(name + " of " + method + " must be a whole number");
    }
    return (int) value;
  }

  /** Fails when a setting was given that nobody asked for. */
  void requireAllRead() {
    if (!rest.isEmpty()) {
      throw new IllegalArgumentException("unknown setting of " + method + ": " + rest.keySet());
    }
  }
}
