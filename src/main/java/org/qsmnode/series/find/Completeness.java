package org.qsmnode.series.find;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;

/**
 * Decides when an acquisition is all there: announced counts first, quiet time second, a hard limit
 * last. Holds no state and reads no clock.
 */
public final class Completeness {

  /** Reasons that objects still to come may remove. */
  private static final Set<ReasonCode> MAY_HEAL =
      EnumSet.of(
          ReasonCode.NO_MULTI_ECHO_GRE,
          ReasonCode.SINGLE_ECHO,
          ReasonCode.MISSING_PHASE,
          ReasonCode.MISSING_MAGNITUDE,
          ReasonCode.PHASE_DIFFERENCE_ONLY,
          ReasonCode.FILTERED_PHASE,
          ReasonCode.TOO_FEW_ECHOES,
          ReasonCode.TOO_FEW_SLICES,
          ReasonCode.MISSING_SLICE,
          ReasonCode.INCOMPLETE,
          ReasonCode.IRREGULAR_GEOMETRY,
          ReasonCode.SLICE_GAPS,
          ReasonCode.AMBIGUOUS_COMPONENT,
          ReasonCode.FIELD_MAP);

  private final CompletenessSettings settings;

  public Completeness(CompletenessSettings settings) {
    this.settings = settings;
  }

  /**
   * What to do with an acquisition at {@code now}.
   *
   * @param lastObjectOfStudy when the latest object of the study arrived, of whatever series
   * @param firstObject when the first object of this acquisition arrived
   * @param associationOpen the sender still holds an association
   */
  public Decision decide(
      Acquisition acquisition,
      Instant lastObjectOfStudy,
      Instant firstObject,
      boolean associationOpen,
      Instant now) {
    boolean mayHeal = acquisition.reason().map(r -> MAY_HEAL.contains(r.code())).orElse(true);
    if (!mayHeal) {
      return Decision.COMPLETE;
    }
    Instant limit = firstObject.plus(settings.hardLimit());
    boolean late = !now.isBefore(limit);
    if (acquisition.outcome() == Outcome.INCOMPLETE) {
      Reason missing = acquisition.reason().orElse(Reason.of(ReasonCode.INCOMPLETE));
      return late && !justReceived(lastObjectOfStudy, now)
          ? Decision.incomplete(missing)
          : Decision.waitUntil(late ? lastObjectOfStudy.plus(settings.quietAfterCount()) : limit);
    }
    if (acquisition.countReached()) {
      Instant quiet = lastObjectOfStudy.plus(settings.quietAfterCount());
      return late || !now.isBefore(quiet) ? Decision.COMPLETE : Decision.waitUntil(quiet);
    }
    Instant quiet = lastObjectOfStudy.plus(settings.quiet());
    if (late || !associationOpen && !now.isBefore(quiet)) {
      return Decision.COMPLETE;
    }
    Instant next = now.isBefore(quiet) ? quiet : now.plus(settings.quietAfterCount());
    return Decision.waitUntil(next.isAfter(limit) ? limit : next);
  }

  private boolean justReceived(Instant lastObjectOfStudy, Instant now) {
    return now.isBefore(lastObjectOfStudy.plus(settings.quietAfterCount()));
  }
}
