package org.qsmnode.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One step in the life of an acquisition. */
public record HistoryRow(
    String acquisitionId,
    @Nullable String jobId,
    Instant enteredAt,
    AcquisitionState state,
    @Nullable String reasonCode) {}
