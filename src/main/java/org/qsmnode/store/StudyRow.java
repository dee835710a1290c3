package org.qsmnode.store;

import java.time.Instant;

/**
 * What is known of a study from counting.
 *
 * @param instanceCount distinct objects received
 */
public record StudyRow(
    String studyInstanceUid,
    String callingAe,
    Instant firstReceivedAt,
    Instant lastReceivedAt,
    int instanceCount) {}
