package org.qsmnode.route;

import java.time.Duration;
import java.util.Optional;

/**
 * How long files are kept.
 *
 * @param received age of received objects; empty: for ever
 * @param results age of derived series; empty: for ever
 * @param usedPercent part of the disk in use above which the oldest go earlier; 100: never
 */
public record RetentionSettings(
    Optional<Duration> received, Optional<Duration> results, int usedPercent) {

  static RetentionSettings from(NodeValues values) {
    return new RetentionSettings(
        age(values.text(RetentionKeys.RECEIVED)),
        age(values.text(RetentionKeys.RESULTS)),
        values.whole(RetentionKeys.USED_PERCENT));
  }

  private static Optional<Duration> age(String text) {
    return text.equals("never") ? Optional.empty() : Optional.of(Durations.parse(text));
  }
}
