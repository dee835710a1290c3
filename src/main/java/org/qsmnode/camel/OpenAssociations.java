package org.qsmnode.camel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many associations each calling AE has open; shared by consumers and routes. */
public final class OpenAssociations {

  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  /** True while the AE has at least one association open. */
  public boolean isOpen(String callingAeTitle) {
    return counts.containsKey(callingAeTitle);
  }

  /** All open associations. */
  public int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Counts one more, unless the AE has {@code most} already. */
  boolean open(String callingAeTitle, int most) {
    boolean[] opened = {false};
    counts.compute(
        callingAeTitle,
        (title, n) -> {
          int before = n == null ? 0 : n;
          opened[0] = before < most;
          return opened[0] ? Integer.valueOf(before + 1) : n;
        });
    return opened[0];
  }

  void closed(String callingAeTitle) {
    counts.computeIfPresent(callingAeTitle, (title, n) -> n > 1 ? n - 1 : null);
  }
}
