package org.qsmnode.route;

import java.time.Duration;
import java.util.List;
import org.qsmnode.pipeline.ValueRange;

/** What values of {@code node.*} keys may be, with the words for it. */
final class KeyRanges {

  private KeyRanges() {}

  static ValueRange trueOrFalse() {
    return new ValueRange.Choice(List.of("true", "false"));
  }

  static ValueRange any(String description) {
    return new ValueRange.Text(description, text -> true);
  }

  static ValueRange nonEmpty(String description) {
    return new ValueRange.Text(description, text -> !text.isBlank());
  }

  static ValueRange secret() {
    return new ValueRange.Text(
        "env:NAME of an environment variable or file:PATH; empty: none",
        text -> text.matches("|env:[A-Za-z_][A-Za-z0-9_]*|file:.+"));
  }

  static ValueRange aet() {
    return new ValueRange.Text(
        "1 to 16 printable ASCII characters", text -> text.matches("[\\x21-\\x7E ]{1,16}"));
  }

  static ValueRange titles() {
    return new ValueRange.Text(
        "AE titles of 1 to 16 characters", text -> text.matches("[\\x20-\\x7E]*"));
  }

  static ValueRange duration(Duration from, Duration to) {
    return new ValueRange.Text(
        "whole number with ms, s, m, h or d, "
            + Durations.format(from)
            + " to "
            + Durations.format(to),
        text -> {
          Duration value = Durations.parseOrNegative(text);
          return value.compareTo(from) >= 0 && value.compareTo(to) <= 0;
        });
  }

  static ValueRange durationOrNever(Duration from) {
    ValueRange duration = duration(from, Duration.ofDays(36500));
    return new ValueRange.Text(
        "never, or a " + duration.description(),
        text -> text.equals("never") || duration.accepts(text));
  }

  static ValueRange durations() {
    return new ValueRange.Text(
        "comma-separated whole numbers with ms, s, m, h or d",
        text ->
            List.of(text.split(",", -1)).stream()
                .noneMatch(part -> Durations.parseOrNegative(part).isNegative()));
  }
}
