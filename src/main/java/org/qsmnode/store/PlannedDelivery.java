package org.qsmnode.store;

/**
 * Where one derived series is to go.
 *
 * @param kind kind of the series, as {@link ResultSeries#kind}
 * @param destination name of the destination
 * @param held whether it waits for a person's approval
 */
public record PlannedDelivery(String kind, String destination, boolean held) {}
