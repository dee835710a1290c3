package org.qsmnode.route;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sending derived series.
 *
 * @param destinations where they go, by name
 * @param concurrent associations at a time
 * @param asynchronousOperations objects that may await their answer at a time
 * @param commitmentTimeout after which an unanswered storage commitment request is looked into
 */
public record SendSettings(
    Map<String, Destination> destinations,
    int concurrent,
    Backoff backoff,
    Duration connectTimeout,
    Duration storeTimeout,
    int asynchronousOperations,
    Duration commitmentTimeout) {

  public SendSettings {
    destinations = Collections.unmodifiableMap(new TreeMap<>(destinations));
  }

  static SendSettings from(NodeValues values, Map<String, String> properties) {
    return new SendSettings(
        Destinations.from(values, properties),
        values.whole(SendKeys.SENDERS),
        new Backoff(values.whole(SendKeys.SEND_ATTEMPTS), values.durations(SendKeys.SEND_RETRY)),
        values.duration(SendKeys.CONNECT_TIMEOUT),
        values.duration(SendKeys.STORE_TIMEOUT),
        values.whole(SendKeys.ASYNCHRONOUS),
        values.duration(CommitmentKeys.TIMEOUT));
  }
}
