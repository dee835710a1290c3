package org.qsmnode.pipeline;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A value for every key of a list: given, or the default. */
final class SettingValues {

  private final Map<String, String> values = new TreeMap<>();

  /**
   * Takes the given values.
   *
   * @throws IllegalArgumentException if a key is not in {@code keys} or a value is not accepted
   */
  SettingValues(List<SettingKey> keys, Map<String, String> given) {
    for (SettingKey key : keys) {
      String value = given.getOrDefault(key.name(), key.defaultValue()).trim();
      key.check(value);
      values.put(key.name(), value);
    }
    for (String name : given.keySet()) {
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException(
            "there is no setting '%s'; settings are %s"
                .formatted(name, String.join(", ", values.keySet())));
      }
    }
  }

  String text(SettingKey key) {
    String value = values.get(key.name());
    if (value == null) {
      throw new IllegalArgumentException("not a setting of this list: " + key.name());
    }
    return value;
  }

  double number(SettingKey key) {
    return Double.parseDouble(text(key));
  }

  int whole(SettingKey key) {
    return Integer.parseInt(text(key));
  }

  /** Values of the keys that start with {@code prefix}, by the rest of the key. */
  Map<String, String> below(String prefix) {
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().substring(prefix.length()),
                Map.Entry::getValue,
                (a, b) -> a,
                TreeMap::new));
  }

  Map<String, String> all() {
    return Map.copyOf(values);
  }
}
