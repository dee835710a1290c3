package org.qsmnode.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.pipeline.ValueRange;

/** The keys {@code node.retention.*}: how long files are kept. */
final class RetentionKeys {

  private static final List<SettingKey> ALL = new ArrayList<>();

  static final SettingKey RECEIVED =
      key(
          "node.retention.received",
          "Age at which received objects of studies that need nothing more are deleted.",
          KeyRanges.durationOrNever(Duration.ofHours(1)),
          "never");
  static final SettingKey RESULTS =
      key(
          "node.retention.results",
          "Age at which derived series that every destination has, or that were superseded or"
              + " rejected, are deleted.",
          KeyRanges.durationOrNever(Duration.ofHours(1)),
          "never");
  static final SettingKey USED_PERCENT =
      key(
          "node.retention.used-percent",
          "Part of the disk in use above which the oldest of those go earlier; 100: never.",
          new ValueRange.Whole(10, 100),
          "100");

  private RetentionKeys() {}

  static List<SettingKey> all() {
    return List.copyOf(ALL);
  }

  private static SettingKey key(
      String name, String meaning, ValueRange range, String defaultValue) {
    SettingKey key = new SettingKey(name, meaning, "", range, defaultValue);
    ALL.add(key);
    return key;
  }
}
