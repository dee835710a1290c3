package org.qsmnode.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qsmnode.series.header.Reason;

/**
 * One computation for one set of source objects.
 *
 * @param sources SOP Instance UIDs it was queued for, sorted
 * @param attempts times it was started
 * @param worker life of the node that runs it, null unless running
 * @param recipe digest of software, model and configuration of its result, or that it is to be made
 *     by; empty for whatever is in force
 * @param turn times it was ever started, never set back: a step of an earlier turn changes nothing
 */
public record JobRow(
    String jobId,
    String acquisitionId,
    String studyInstanceUid,
    List<String> sources,
    JobState state,
    int attempts,
    Instant nextAttemptAt,
    @Nullable String worker,
    Optional<Reason> reason,
    Urgency urgency,
    String recipe,
    Instant createdAt,
    long turn) {}
