package org.qsmnode.series.find;

import java.time.Duration;

/**
 * How long to wait for more objects.
 *
 * @param quietAfterCount quiet time of the study once announced counts are reached
 * @param quiet quiet time of the study where headers announce no counts
 * @param hardLimit longest wait after the first object of an acquisition
 */
public record CompletenessSettings(Duration quietAfterCount, Duration quiet, Duration hardLimit) {

  public CompletenessSettings {
    if (quietAfterCount.isNegative() || quiet.isNegative() || hardLimit.isNegative()) {
      throw new IllegalArgumentException("waiting times must not be negative");
    }
  }

  /** 15 s, 120 s, 60 min. */
  public static CompletenessSettings defaults() {
    return new CompletenessSettings(
        Duration.ofSeconds(15), Duration.ofSeconds(120), Duration.ofMinutes(60));
  }
}
