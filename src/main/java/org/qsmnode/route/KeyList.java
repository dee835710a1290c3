package org.qsmnode.route;

import java.util.ArrayList;
import java.util.List;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.pipeline.ValueRange;

/** Keys in the order in which they are declared. */
final class KeyList {

  private final String prefix;
  private final List<SettingKey> keys = new ArrayList<>();

  KeyList() {
    this("");
  }

  /** A list of keys whose names all start with {@code prefix}. */
  KeyList(String prefix) {
    this.prefix = prefix;
  }

  /** Declares a key without a unit. */
  SettingKey add(String name, String meaning, ValueRange range, String defaultValue) {
    return add(name, meaning, "", range, defaultValue);
  }

  /** Declares a key. */
  SettingKey add(String name, String meaning, String unit, ValueRange range, String defaultValue) {
    SettingKey key = new SettingKey(prefix + name, meaning, unit, range, defaultValue);
    keys.add(key);
    return key;
  }

  /** Keys that are declared elsewhere. */
  void addAll(List<SettingKey> others) {
    keys.addAll(others);
  }

  List<SettingKey> all() {
    return List.copyOf(keys);
  }
}
