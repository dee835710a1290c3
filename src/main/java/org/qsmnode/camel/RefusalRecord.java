package org.qsmnode.camel;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Records the first few refusals of one address and reason, and of the rest how many there were. So
 * a flood does not fill the disk with records of itself.
 */
final class RefusalRecord {

  /** Refusals of one address and reason that are told one by one between two summaries. */
  static final int SINGLY = 10;

  /** Seconds from one summary to the next. */
  static final int SUMMARY_SECONDS = 60;

  /** Addresses and reasons that are kept apart, a bound on memory; further ones are one. */
  private static final int MOST_KINDS = 1000;

  private static final Kind OTHERS = new Kind("", "refused, as others were");

  private final Consumer<DicomEvent> events;
  private final Map<Kind, Integer> counts = new HashMap<>();

  private record Kind(String address, String reason) {}

  RefusalRecord(Consumer<DicomEvent> events) {
    this.events = events;
  }

  /**
   * Counts a refusal, and tells of it if it is among the first of its kind.
   *
   * @return whether it was told
   */
  boolean tell(DicomEvent.Refused refused) {
    boolean told = counted(new Kind(refused.caller().address(), refused.reason())) <= SINGLY;
    if (told) {
      events.accept(refused);
    }
    return told;
  }

  private synchronized int counted(Kind kind) {
    boolean apart = counts.containsKey(kind) || counts.size() < MOST_KINDS;
    return counts.merge(apart ? kind : OTHERS, 1, Integer::sum);
  }

  /** Tells how many more there were since the last summary. */
  void summarise() {
    taken()
        .forEach(
            (kind, count) -> {
              if (count > SINGLY) {
                events.accept(
                    new DicomEvent.Refused(
                        new DicomEvent.Caller("", kind.address()),
                        "%d times more: %s".formatted(count - SINGLY, kind.reason())));
              }
            });
  }

  private synchronized Map<Kind, Integer> taken() {
    Map<Kind, Integer> taken = Map.copyOf(counts);
    counts.clear();
    return taken;
  }
}
