package org.qsmnode.pipeline;

/**
 * One documented setting of the reconstruction, the same on the command line ({@code --set
 * name=value}) and in {@code conf/application.properties}.
 *
 * @param name key, lower case, dots between groups and hyphens between words
 * @param meaning one sentence
 * @param unit unit of the value, empty for none
 * @param range accepted values
 * @param defaultValue value where none is given
 */
public record SettingKey(
    String name, String meaning, String unit, ValueRange range, String defaultValue) {

  public SettingKey {
    if (!name.matches("[a-z0-9]+([.-][a-z0-9]+)+")) {
      throw new IllegalArgumentException("name is not a setting key: " + name);
    }
    check(name, range, defaultValue);
  }

  /** Fails with a sentence that names the key and its range unless {@code value} is accepted. */
  void check(String value) {
    check(name, range, value);
  }

  private static void check(String name, ValueRange range, String value) {
    if (!range.accepts(value)) {
      throw new IllegalArgumentException(
          "%s = '%s' is not accepted: %s".formatted(name, value, range.description()));
    }
  }
}
