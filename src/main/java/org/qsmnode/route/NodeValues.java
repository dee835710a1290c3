package org.qsmnode.route;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qsmnode.pipeline.SettingKey;

/** Reads values of {@link NodeKeys} from properties; messages name the key, never the value. */
final class NodeValues {

  private final Map<String, String> properties;

  NodeValues(Map<String, String> properties) {
    this.properties = properties;
  }

  String text(SettingKey key) {
    return text(key, key.name());
  }

  /** The value of {@code name}, checked and defaulted like {@code key}. */
  String text(SettingKey key, String name) {
    String value = properties.getOrDefault(name, key.defaultValue()).trim();
    if (!key.range().accepts(value)) {
      throw new IllegalArgumentException(name + " must be: " + key.range().description());
    }
    return value;
  }

  int whole(SettingKey key) {
    return Integer.parseInt(text(key));
  }

  Duration duration(SettingKey key) {
    return Durations.parse(text(key));
  }

  /** Empty for never. */
  Optional<Duration> durationOrNever(SettingKey key) {
    String text = text(key);
    return text.equals("never") ? Optional.empty() : Optional.of(Durations.parse(text));
  }

  List<Duration> durations(SettingKey key) {
    return Arrays.stream(text(key).split(",", -1)).map(Durations::parse).toList();
  }

  List<String> list(SettingKey key) {
    return Arrays.stream(text(key).split(",", -1))
        .map(String::trim)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
