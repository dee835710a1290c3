package org.qsmnode.series.find;

import java.util.List;
import java.util.Optional;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;

/** What a run came to, before it gets an id. */
record Verdict(
    Outcome outcome,
    Optional<Reason> reason,
    List<String> notes,
    boolean countReached,
    Optional<AcquisitionPlan> plan) {

  static Verdict refused(ReasonCode code) {
    return refused(Reason.of(code));
  }

  static Verdict refused(Reason reason) {
    return of(Outcome.REFUSED, reason);
  }

  static Verdict incomplete(ReasonCode code, String sentence) {
    return of(Outcome.INCOMPLETE, new Reason(code, sentence));
  }

  static Verdict of(Outcome outcome, Reason reason) {
    return new Verdict(outcome, Optional.of(reason), List.of(), false, Optional.empty());
  }
}
