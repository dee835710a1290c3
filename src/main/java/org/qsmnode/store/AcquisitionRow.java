package org.qsmnode.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qsmnode.series.header.Reason;

/**
 * An acquisition as the ledger knows it.
 *
 * @param sourceDigest digest of the SOP Instance UIDs it consists of
 * @param instanceCount number of those
 * @param echoes distinct echo times so far
 * @param slices slice positions so far
 * @param jobId its newest job, null before the first
 */
public record AcquisitionRow(
    String acquisitionId,
    String studyInstanceUid,
    AcquisitionState state,
    Optional<Reason> reason,
    String sourceDigest,
    int instanceCount,
    int echoes,
    int slices,
    @Nullable String jobId,
    Instant updatedAt) {}
