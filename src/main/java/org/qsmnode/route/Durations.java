package org.qsmnode.route;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 15s}, {@code 5m}, {@code 2h}, {@code 1d}.
 */
final class Durations {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Duration NONE = Duration.ofMillis(-1);

  private Durations() {}

  static Duration parse(String text) {
    Duration value = parseOrNegative(text);
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "a duration is a whole number with ms, s, m, h or d, not '" + text + "'");
    }
    return value;
  }

  /** The duration, or a negative one for a text that is none. */
  static Duration parseOrNegative(String text) {
    Matcher matcher = FORM.matcher(text.trim());
    if (!matcher.matches()) {
      return NONE;
    }
    long n = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(n);
      case "s" -> Duration.ofSeconds(n);
      case "m" -> Duration.ofMinutes(n);
      case "h" -> Duration.ofHours(n);
      default -> Duration.ofDays(n);
    };
  }

  /** {@code value} as {@link #parse} reads it, in the largest unit that leaves a whole number. */
  static String format(Duration value) {
    long millis = value.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
