package org.qsmnode.route;

import java.time.Duration;
import java.util.List;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.pipeline.ValueRange;

/** The keys {@code node.retention.*}: how long files are kept. */
final class RetentionKeys {

  private static final KeyList ALL = new KeyList();

  static final SettingKey RECEIVED =
      ALL.add(
          "node.retention.received",
          "Age at which received objects of studies that need nothing more are deleted.",
          KeyRanges.durationOrNever(Duration.ofHours(1)),
          "never");
  static final SettingKey RESULTS =
      ALL.add(
          "node.retention.results",
          "Age at which derived series that every destination has, or that were superseded or"
              + " rejected, are deleted.",
          KeyRanges.durationOrNever(Duration.ofHours(1)),
          "never");
  static final SettingKey USED_PERCENT =
      ALL.add(
          "node.retention.used-percent",
          "Part of the disk in use above which the oldest of those go earlier; 100: never.",
          new ValueRange.Whole(10, 100),
          "100");

  private RetentionKeys() {}

  static List<SettingKey> all() {
    return ALL.all();
  }
}
