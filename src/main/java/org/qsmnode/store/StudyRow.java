package org.qsmnode.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a study from counting.
 *
 * @param instanceCount distinct objects received
 * @param heldReason why the study could not be examined, empty where it could
 * @param heldAttempts examinations since the last new object that failed
 */
public record StudyRow(
    String studyInstanceUid,
    String callingAe,
    Instant firstReceivedAt,
    Instant lastReceivedAt,
    int instanceCount,
    Optional<String> heldReason,
    int heldAttempts) {}
