package org.qsmnode.app;

import org.qsmnode.pipeline.SettingKey;

/** How a key stands in {@code conf/application.properties}. */
final class ConfigurationText {

  private ConfigurationText() {}

  /** Meaning, then unit, range and default, then the key with its default. */
  static String of(SettingKey key) {
    String unit = key.unit().isEmpty() ? "" : "Unit: " + key.unit() + ". ";
    String defaultValue = key.defaultValue().isEmpty() ? "empty" : key.defaultValue();
    return "# %s%n# %sRange: %s. Default: %s%n%s=%s%n"
        .formatted(
            key.meaning(),
            unit,
            key.range().description(),
            defaultValue,
            key.name(),
            key.defaultValue());
  }
}
