package org.qsmnode.camel;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a peer answered to each object of one association.
 *
 * @param outcomes one per file, in order
 */
public record StoreReport(List<Outcome> outcomes) {

  public StoreReport {
    outcomes = List.copyOf(outcomes);
  }

  /** True when the peer has stored every object, with or without a warning. */
  public boolean complete() {
    return outcomes.stream().allMatch(Outcome::stored);
  }

  /** The objects that the peer refused because it knows their UIDs. */
  public List<String> duplicates() {
    return outcomes.stream()
        .filter(outcome -> outcome.status() == Outcome.DUPLICATE)
        .map(Outcome::sopInstanceUid)
        .toList();
  }

  /** This report, with what was refused as a duplicate counted as stored. */
  public StoreReport withDuplicatesStored() {
    return new StoreReport(
        outcomes.stream()
            .map(
                outcome ->
                    outcome.status() == Outcome.DUPLICATE
                        ? new Outcome(outcome.sopInstanceUid(), Outcome.THERE_BEFORE)
                        : outcome)
            .toList());
  }

  public long stored() {
    return outcomes.stream().filter(Outcome::stored).count();
  }

  /** Number of objects per status, for example {@code 12 x 0000, 1 x A700}. */
  public String summary() {
    Map<String, Long> counts =
        outcomes.stream()
            .collect(
                Collectors.groupingBy(Outcome::statusText, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " x " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  /**
   * The answer to one object.
   *
   * @param status status of the C-STORE response, or one of the negative constants
   */
  public record Outcome(String sopInstanceUid, int status) {

    /** The peer accepted no presentation context for the object. */
    public static final int NOT_NEGOTIATED = -1;

    /** Not tried, because the peer had run out of resources before. */
    public static final int NOT_SENT = -2;

    /** Answered 0111, and found to be the object that was sent. */
    public static final int THERE_BEFORE = -3;

    /** Duplicate SOP Instance (PS3.7 C.4.2). */
    private static final int DUPLICATE = 0x0111;

    /** Success, one of the warnings of PS3.4 B.2.3, or there before. */
    public boolean stored() {
      return status == 0 || status == THERE_BEFORE || (status >= 0 && (status & 0xF000) == 0xB000);
    }

    /** Four hexadecimal digits, or words. */
    public String statusText() {
      return switch (status) {
        case NOT_NEGOTIATED -> "not negotiated";
        case NOT_SENT -> "not sent";
        case THERE_BEFORE -> "0111 (there before)";
        default -> String.format("%04X", status);
      };
    }
  }
}
