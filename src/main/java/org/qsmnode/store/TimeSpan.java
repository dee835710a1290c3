package org.qsmnode.store;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dcm4che3.data.VR;
import org.jspecify.annotations.Nullable;

/**
 * What one value of VR DA, TM or DT means (PS3.5 6.2): all of the year, day, hour or minute that it
 * names.
 *
 * @param first first microsecond; times of day are on 1 January 1970
 * @param last last microsecond
 * @param offset from UTC, where the value has one
 */
record TimeSpan(LocalDateTime first, LocalDateTime last, @Nullable ZoneOffset offset) {

  private static final String EPOCH_DAY = "19700101";
  private static final int MICRO_DIGITS = 20;
  private static final long NANOS_PER_MICRO = 1_000;

  /** With the dots and colons of older versions of the standard, which PS3.5 lets readers take. */
  private static final Pattern DATE = Pattern.compile("\\d{8}|\\d{4}\\.\\d{2}\\.\\d{2}");

  private static final Pattern TIME =
      Pattern.compile(
          "\\d{2}(\\d{2}(\\d{2}(\\.\\d{1,6})?)?)?|\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?");

  private static final Pattern DATE_TIME =
      Pattern.compile("(\\d{4}(?:\\d{2}){0,4}|\\d{14}(?:\\.\\d{1,6})?)([+-]\\d{4})?");

  /** Reads a value; empty where it is none. */
  static Optional<TimeSpan> parse(VR vr, String text) {
    try {
      if (vr == VR.DA) {
        return DATE.matcher(text).matches()
            ? Optional.of(of(digits(text), null))
            : Optional.empty();
      }
      if (vr == VR.TM) {
        return TIME.matcher(text).matches()
            ? Optional.of(of(EPOCH_DAY + digits(text), null))
            : Optional.empty();
      }
      Matcher matcher = DATE_TIME.matcher(text);
      return matcher.matches()
          ? Optional.of(of(digits(matcher.group(1)), offset(matcher.group(2))))
          : Optional.empty();
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  /** Whether this span starts before the other one ends. */
  boolean startsBy(TimeSpan end) {
    return !shifted(first, end).isAfter(end.shifted(end.last, this));
  }

  /** Whether this span starts no earlier than the other one. */
  boolean startsFrom(TimeSpan start) {
    return !shifted(first, start).isBefore(start.shifted(start.first, this));
  }

  /** UTC where both values have an offset; else as they stand. */
  private LocalDateTime shifted(LocalDateTime time, TimeSpan other) {
    return offset == null || other.offset == null
        ? time
        : time.minusSeconds(offset.getTotalSeconds());
  }

  private static @Nullable ZoneOffset offset(@Nullable String text) {
    return text == null ? null : ZoneOffset.of(text);
  }

  private static String digits(String text) {
    return text.replaceAll("[^0-9]", "");
  }

  private static TimeSpan of(String digits, @Nullable ZoneOffset offset) {
    LocalDateTime first =
        LocalDateTime.of(
                number(digits, 0, 4, 0),
                number(digits, 4, 6, 1),
                number(digits, 6, 8, 1),
                number(digits, 8, 10, 0),
                number(digits, 10, 12, 0),
                second(digits))
            .plusNanos(NANOS_PER_MICRO * micros(digits));
    return new TimeSpan(first, end(first, digits.length()), offset);
  }

  private static int number(String digits, int from, int to, int absent) {
    return digits.length() < to ? absent : Integer.parseInt(digits.substring(from, to));
  }

  /** A leap second counts as the one before. */
  private static int second(String digits) {
    int second = number(digits, 12, 14, 0);
    return second == 60 ? 59 : second;
  }

  private static int micros(String digits) {
    return digits.length() <= 14
        ? 0
        : Integer.parseInt((digits.substring(14) + "00000").substring(0, 6));
  }

  private static LocalDateTime end(LocalDateTime first, int digits) {
    LocalDateTime next =
        switch (digits) {
          case 4 -> first.plusYears(1);
          case 6 -> first.plusMonths(1);
          case 8 -> first.plusDays(1);
          case 10 -> first.plusHours(1);
          case 12 -> first.plusMinutes(1);
          case 14 -> first.plusSeconds(1);
          default -> first.plus((long) Math.pow(10, MICRO_DIGITS - digits), ChronoUnit.MICROS);
        };
    return next.minus(1, ChronoUnit.MICROS);
  }
}
