package org.qsmnode.pipeline;

import java.util.List;
import java.util.function.Predicate;

/** Which texts a setting accepts. */
public sealed interface ValueRange {

  boolean accepts(String value);

  /** The range in words, for help and configuration files. */
  String description();

  /** Whole numbers from {@code least} to {@code most}. */
  record Whole(int least, int most) implements ValueRange {

    @Override
    public boolean accepts(String value) {
      try {
        int number = Integer.parseInt(value);
        return number >= least && number <= most;
      } catch (NumberFormatException e) {
        return false;
      }
    }

    @Override
    public String description() {
      return "whole number, " + least + " to " + most;
    }
  }

  /** Numbers from {@code least} to {@code most}. */
  record Number(double least, double most) implements ValueRange {

    @Override
    public boolean accepts(String value) {
      try {
        double number = Double.parseDouble(value);
        return number >= least && number <= most;
      } catch (NumberFormatException e) {
        return false;
      }
    }

    @Override
    public String description() {
      return "number, " + plain(least) + " to " + plain(most);
    }

    private static String plain(double value) {
      return value == Math.rint(value) && Math.abs(value) < 1e9
          ? Long.toString((long) value)
          : Double.toString(value);
    }
  }

  /** One of several words. */
  record Choice(List<String> words) implements ValueRange {

    public Choice {
      words = List.copyOf(words);
    }

    @Override
    public boolean accepts(String value) {
      return words.contains(value);
    }

    @Override
    public String description() {
      return "one of " + String.join(", ", words);
    }
  }

  /** Text of a form that is described in words. */
  record Text(String description, Predicate<String> form) implements ValueRange {

    @Override
    public boolean accepts(String value) {
      return form.test(value);
    }
  }
}
