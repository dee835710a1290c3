package org.qsmnode.route;

import java.time.Duration;
import java.util.List;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.pipeline.ValueRange;

/** The keys {@code node.send.*}: how derived series go out. */
final class SendKeys {

  private static final KeyList ALL = new KeyList();

  static final SettingKey SENDERS =
      ALL.add(
          "node.send.concurrent",
          "Associations sent over at a time.",
          "",
          new ValueRange.Whole(1, 64),
          "2");
  static final SettingKey SEND_RETRY =
      ALL.add(
          "node.send.retry",
          "Waits before a failed delivery is tried again; the last one repeats.",
          "",
          KeyRanges.durations(),
          "1m,5m,15m,60m,1d");
  static final SettingKey SEND_ATTEMPTS =
      ALL.add(
          "node.send.max-attempts",
          "Times a delivery is tried before it is dead.",
          "",
          new ValueRange.Whole(1, 1000),
          "12");
  static final SettingKey CONNECT_TIMEOUT =
      ALL.add(
          "node.send.connect-timeout",
          "Time to reach a destination.",
          "",
          KeyRanges.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
          "10s");
  static final SettingKey STORE_TIMEOUT =
      ALL.add(
          "node.send.store-timeout",
          "Time to write one object to a destination, and again for the answer to that C-STORE.",
          "",
          KeyRanges.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
          "10m");
  static final SettingKey ASYNCHRONOUS =
      ALL.add(
          "node.send.asynchronous-operations",
          "Objects that may await their answer at a time on one association, where the destination"
              + " allows it.",
          "",
          new ValueRange.Whole(1, 100),
          "1");

  private SendKeys() {}

  static List<SettingKey> all() {
    return ALL.all();
  }
}
