package org.qsmnode.route;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts received objects; no label names a patient, a study or a sender. */
final class ReceiveMeters {

  private final Counter objects;
  private final Counter bytes;
  private final Counter duplicates;
  private final Counter conflicts;

  ReceiveMeters(MeterRegistry registry) {
    objects =
        Counter.builder("qsmnode.received.objects")
            .description("Objects made durable")
            .register(registry);
    bytes =
        Counter.builder("qsmnode.received.bytes")
            .description("Bytes of data sets made durable")
            .baseUnit("bytes")
            .register(registry);
    duplicates =
        Counter.builder("qsmnode.received.duplicates")
            .description("Objects that came again with the same content")
            .register(registry);
    conflicts =
        Counter.builder("qsmnode.received.conflicts")
            .description("Objects that came again with other content")
            .register(registry);
  }

  void received(long dataSetBytes) {
    objects.increment();
    bytes.increment(dataSetBytes);
  }

  void duplicate() {
    duplicates.increment();
  }

  void conflict() {
    conflicts.increment();
  }
}
