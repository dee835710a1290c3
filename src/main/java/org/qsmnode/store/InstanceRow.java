package org.qsmnode.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One received object.
 *
 * @param digest SHA-256 of the data set as received
 * @param path path relative to the spool
 * @param dataSetBytes length of the data set in bytes
 * @param callingAe who sent it
 * @param facts what recognition needs, as JSON; null for an object that is only kept
 */
public record InstanceRow(
    String sopInstanceUid,
    String sopClassUid,
    String studyInstanceUid,
    String seriesInstanceUid,
    String digest,
    String path,
    long dataSetBytes,
    String callingAe,
    Instant receivedAt,
    @Nullable String facts) {}
