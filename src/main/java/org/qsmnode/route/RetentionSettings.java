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

  /** True when nothing is ever deleted. */
  boolean keepsAll() {
    return received.isEmpty() && results.isEmpty() && usedPercent == 100;
  }

  static RetentionSettings from(NodeValues values) {
    return new RetentionSettings(
        values.durationOrNever(RetentionKeys.RECEIVED),
        values.durationOrNever(RetentionKeys.RESULTS),
        values.whole(RetentionKeys.USED_PERCENT));
  }
}
