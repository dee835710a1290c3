package org.qsmnode.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing to do again.
 *
 * @param subject what it is done with: a Study Instance UID to fetch, an acquisition to redo, a job
 *     to retry or to send
 * @param asked a person asked for it: it waits neither for the night nor for the quota
 * @param attempts times it was started
 * @param worker life of the node that works on it, null unless running
 * @param outcome how it ended, one sentence; null before
 * @param turn times it was ever started, never set back: a step of an earlier turn changes nothing
 */
public record ReprocessingItem(
    String itemId,
    Kind kind,
    String studyInstanceUid,
    String subject,
    State state,
    boolean asked,
    int attempts,
    Instant nextAttemptAt,
    @Nullable String worker,
    @Nullable String outcome,
    @Nullable Instant startedAt,
    long turn) {

  /** What is done. */
  public enum Kind {
    /** A study in the PACS that this node has no result of is retrieved and processed. */
    FETCH,
    /** A result is made again with the model and the configuration in force. */
    REDO,
    /** A failed job is started again. */
    RETRY,
    /** Deliveries of a job that were given up are tried again. */
    SEND
  }

  /** Where it stands. */
  public enum State {
    PLANNED,
    RUNNING,
    DONE,
    FAILED
  }

  /** An item to be planned, at the next opportunity. */
  public static ReprocessingItem planned(
      Kind kind, String studyInstanceUid, String subject, String recipe, boolean asked) {
    return new ReprocessingItem(
        kind + "/" + subject + "/" + recipe.substring(0, Math.min(16, recipe.length())),
        kind,
        studyInstanceUid,
        subject,
        State.PLANNED,
        asked,
        0,
        Instant.EPOCH,
        null,
        null,
        null,
        0);
  }
}
