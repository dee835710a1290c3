package org.qsmnode.series.find;

import java.time.Instant;
import java.util.Optional;
import org.qsmnode.series.header.Reason;

/**
 * Whether to act on an acquisition now.
 *
 * @param kind what to do
 * @param until when to ask again at the latest, present if waiting
 * @param reason what is missing, present if given up as incomplete
 */
public record Decision(Kind kind, Optional<Instant> until, Optional<Reason> reason) {

  /** What to do. */
  public enum Kind {
    /** Act on the acquisition's outcome: reconstruct, refuse or ignore. */
    COMPLETE,
    /** Ask again later, or when another object arrives. */
    WAIT,
    /** Waited long enough; report what is missing. */
    INCOMPLETE
  }

  static final Decision COMPLETE = new Decision(Kind.COMPLETE, Optional.empty(), Optional.empty());

  static Decision waitUntil(Instant until) {
    return new Decision(Kind.WAIT, Optional.of(until), Optional.empty());
  }

  static Decision incomplete(Reason reason) {
    return new Decision(Kind.INCOMPLETE, Optional.empty(), Optional.of(reason));
  }
}
