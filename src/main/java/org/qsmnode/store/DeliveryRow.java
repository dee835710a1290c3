package org.qsmnode.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One derived series on its way to one destination.
 *
 * @param attempts times it was tried
 * @param worker life of the node that sends it, null unless sending
 * @param lastStatus what the last attempt ended with, in words without patient attributes
 * @param transactionUid of the storage commitment that was asked for last, null before
 * @param looks times it was looked for at the destination in vain since then
 * @param turn times it was ever tried, never set back: a step of an earlier turn changes nothing
 */
public record DeliveryRow(
    String deliveryId,
    String jobId,
    String kind,
    String destination,
    DeliveryState state,
    int attempts,
    Instant nextAttemptAt,
    @Nullable String worker,
    @Nullable String lastStatus,
    @Nullable String transactionUid,
    int looks,
    long turn) {}
