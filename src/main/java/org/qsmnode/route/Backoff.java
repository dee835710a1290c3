package org.qsmnode.route;

import java.time.Duration;
import java.util.List;

/**
 * How often something is tried and how long the pauses are.
 *
 * @param maxAttempts times it is tried, 1 or more
 * @param pauses pause after the first, second, ... attempt; the last one repeats
 */
public record Backoff(int maxAttempts, List<Duration> pauses) {

  public Backoff {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("maxAttempts must be 1 or more: " + maxAttempts);
    }
    pauses = List.copyOf(pauses);
    if (pauses.isEmpty() || pauses.stream().anyMatch(Duration::isNegative)) {
      throw new IllegalArgumentException("pauses must be one or more durations");
    }
  }

  /** True when {@code attempts} are all there are. */
  public boolean exhausted(int attempts) {
    return attempts >= maxAttempts;
  }

  /** The pause after so many attempts, 1 or more. */
  public Duration pauseAfter(int attempts) {
    return pauses.get(Math.min(attempts, pauses.size()) - 1);
  }
}
