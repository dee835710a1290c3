package org.qsmnode.route;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hours of a night in local time, for example 22:00 to 06:00.
 *
 * @param from first minute
 * @param to first minute after it; earlier than {@code from} for a night over midnight
 */
record NightWindow(LocalTime from, LocalTime to) {

  private static final Pattern FORM =
      Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])");

  NightWindow {
    if (from.equals(to)) {
      throw new IllegalArgumentException("a night has a first and another last minute");
    }
  }

  static boolean accepts(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches() && !text.substring(0, 5).equals(text.substring(6));
  }

  static NightWindow parse(String text) {
    if (!accepts(text)) {
      throw new IllegalArgumentException("a night has the form HH:MM-HH:MM");
    }
    return new NightWindow(
        LocalTime.parse(text.substring(0, 5)), LocalTime.parse(text.substring(6)));
  }

  /** The evening's date of the night that {@code now} is in, empty by day. */
  Optional<LocalDate> night(LocalDateTime now) {
    LocalTime time = now.toLocalTime();
    boolean afterFrom = !time.isBefore(from);
    boolean beforeTo = time.isBefore(to);
    if (from.isBefore(to)) {
      return afterFrom && beforeTo ? Optional.of(now.toLocalDate()) : Optional.empty();
    }
    if (afterFrom) {
      return Optional.of(now.toLocalDate());
    }
    return beforeTo ? Optional.of(now.toLocalDate().minusDays(1)) : Optional.empty();
  }

  /**
   * When that night began. Where the clocks are put forward over its first minute, that is the
   * change; where its first minute comes twice, the first of both.
   */
  Instant began(LocalDate night, ZoneId zone) {
    LocalDateTime first = night.atTime(from);
    ZoneOffsetTransition change = zone.getRules().getTransition(first);
    return change != null && change.isGap() ? change.getInstant() : first.atZone(zone).toInstant();
  }
}
