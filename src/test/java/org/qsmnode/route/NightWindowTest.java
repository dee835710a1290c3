package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The night over the changes of summer time. */
class NightWindowTest {

  /** Minutes between two looks at the clock. */
  private static final int STEP = 5;

  /** Every instant of two days about noon of a date at which it is night. */
  private static List<Instant> night(NightWindow window, LocalDate date, ZoneId zone) {
    Instant start = date.atTime(12, 0).atZone(zone).toInstant();
    return Stream.iterate(start, instant -> instant.plusSeconds(60L * STEP))
        .limit(24 * 60 / STEP)
        .filter(instant -> night(window, instant, zone).isPresent())
        .toList();
  }

  private static Optional<LocalDate> night(NightWindow window, Instant instant, ZoneId zone) {
    return window.night(LocalDateTime.ofInstant(instant, zone));
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin,    2026-03-29, 02:30-05:00, 2026-03-29T01:00:00Z",
    "America/New_York, 2026-03-08, 02:15-06:00, 2026-03-08T07:00:00Z",
    "Australia/Lord_Howe, 2026-10-04, 02:15-06:00, 2026-10-03T15:30:00Z"
  })
  void aNightThatBeginsInTheHourLeftOutBeginsAtTheChange(
      String zone, LocalDate date, String hours, Instant change) {
    NightWindow window = NightWindow.parse(hours);
    assertEquals(change, window.began(date, ZoneId.of(zone)));
    assertEquals(change, night(window, date.minusDays(1), ZoneId.of(zone)).get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin,    2026-10-25, 02:30-02:50, 2026-10-25T00:30:00Z",
    "America/New_York, 2026-11-01, 01:15-01:45, 2026-11-01T05:15:00Z"
  })
  void aNightThatBeginsInTheHourThatComesTwiceIsOneNight(
      String zone, LocalDate date, String hours, Instant first) {
    NightWindow window = NightWindow.parse(hours);
    ZoneId where = ZoneId.of(zone);
    assertEquals(first, window.began(date, where));
    List<Instant> all = night(window, date.minusDays(1), where);
    assertEquals(first, all.get(0));
    Set<LocalDate> dates =
        all.stream().map(at -> night(window, at, where).orElseThrow()).collect(Collectors.toSet());
    assertEquals(Set.of(date), dates);
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-28, 7",
    "Europe/Berlin, 2026-10-24, 9",
    "Europe/Berlin, 2026-06-01, 8",
    "Asia/Kolkata,  2026-03-28, 8"
  })
  void aNightOverTheChangeIsOneNightOfItsLength(String zone, LocalDate date, int hours) {
    NightWindow window = NightWindow.parse("22:00-06:00");
    List<Instant> all = night(window, date, ZoneId.of(zone));
    assertEquals(hours * 60 / STEP, all.size());
    assertEquals(window.began(date, ZoneId.of(zone)), all.get(0));
    assertEquals(
        Set.of(date),
        all.stream()
            .map(at -> night(window, at, ZoneId.of(zone)).orElseThrow())
            .collect(Collectors.toSet()));
  }

  @Test
  void byDayThereIsNoNight() {
    assertEquals(
        Optional.empty(),
        NightWindow.parse("22:00-06:00").night(LocalDateTime.parse("2026-03-29T06:00")));
  }
}
