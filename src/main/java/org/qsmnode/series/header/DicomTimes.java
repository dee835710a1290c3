package org.qsmnode.series.header;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** DICOM dates and times as plain seconds; only differences matter here. */
final class DicomTimes {

  private DicomTimes() {}

  /** Seconds of a DA and TM value; NaN without a time, day 0 without a date. */
  static double seconds(@Nullable String date, @Nullable String time) {
    double seconds = secondsOfDay(time);
    return Double.isNaN(seconds) ? seconds : seconds + 86400.0 * day(date);
  }

  /** Seconds of a DT value, its zone ignored; NaN if it holds no time. */
  static double seconds(@Nullable String dateTime) {
    if (dateTime == null || dateTime.length() < 14) {
      return Double.NaN;
    }
    int zone = Math.max(dateTime.indexOf('+', 8), dateTime.indexOf('-', 8));
    return seconds(
        dateTime.substring(0, 8), zone < 0 ? dateTime.substring(8) : dateTime.substring(8, zone));
  }

  private static long day(@Nullable String date) {
    String digits = date == null ? "" : date.replace(".", "").trim();
    if (digits.length() != 8 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return 0;
    }
    try {
      return LocalDate.of(
              Integer.parseInt(digits, 0, 4, 10),
              Integer.parseInt(digits, 4, 6, 10),
              Integer.parseInt(digits, 6, 8, 10))
          .toEpochDay();
    } catch (DateTimeException e) {
      return 0;
    }
  }

  private static double secondsOfDay(@Nullable String time) {
    String digits = time == null ? "" : time.replace(":", "").trim();
    if (digits.length() < 4 || !digits.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9')) {
      return Double.NaN;
    }
    try {
      int hours = Integer.parseInt(digits, 0, 2, 10);
      int minutes = Integer.parseInt(digits, 2, 4, 10);
      double seconds = digits.length() > 4 ? Double.parseDouble(digits.substring(4)) : 0;
      return 3600.0 * hours + 60.0 * minutes + seconds;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
