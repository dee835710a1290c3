package org.qsmnode.app;

import java.util.List;
import java.util.stream.Collectors;
import org.qsmnode.pipeline.SettingKey;

/** Refuses keys that this version does not know, with those that may have been meant. */
final class KnownKeys {

  /** Their middle is a name of the site's choice, which the settings themselves look at. */
  private static final String DESTINATION = "node.destination.";

  private KnownKeys() {}

  /**
   * Refuses an unknown key.
   *
   * @throws IllegalArgumentException with the keys of the innermost group that the name shares
   */
  static void require(String name, List<SettingKey> known) {
    if (name.startsWith(DESTINATION) || known.stream().anyMatch(key -> key.name().equals(name))) {
      return;
    }
    for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      String group = name.substring(0, dot + 1);
      List<String> keys =
          known.stream().map(SettingKey::name).filter(key -> key.startsWith(group)).toList();
      if (!keys.isEmpty()) {
        throw unknown(name, "keys of " + group + " are " + String.join(", ", keys));
      }
    }
    throw unknown(
        name,
        known.stream()
            .map(key -> key.name().substring(0, key.name().indexOf('.') + 1))
            .distinct()
            .collect(Collectors.joining(", ", "keys start with ", "")));
  }

  private static IllegalArgumentException unknown(String name, String instead) {
    return new IllegalArgumentException(
        Visible.text(name) + " is not a key of this version; " + instead);
  }
}
