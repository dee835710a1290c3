package org.qsmnode.pipeline;

import java.util.List;
import java.util.stream.Stream;

/** Every setting of a reconstruction: the one list for help, configuration file and parsing. */
public final class SettingKeys {

  private SettingKeys() {}

  /** All keys, in the order in which they are explained. */
  public static List<SettingKey> all() {
    return Stream.of(RecognitionKeys.ALL, FieldKeys.ALL, InversionKeys.ALL, DerivationKeys.ALL)
        .flatMap(List::stream)
        .toList();
  }
}
