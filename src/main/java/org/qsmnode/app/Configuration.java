package org.qsmnode.app;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.pipeline.SettingKeys;
import org.qsmnode.route.EditedText;
import org.qsmnode.route.NodeKeys;

/**
 * The configuration: one properties file, overridden by environment variables.
 *
 * <p>The variable of a key is its name in capitals, with every dot and hyphen as an underscore and
 * {@code QSMNODE_} in front: {@code QSMNODE_NODE_DICOM_PORT} for {@code node.dicom.port}.
 */
final class Configuration {

  private static final String PREFIX = "QSMNODE_";
  private static final String MODEL = "inversion.model";

  private Configuration() {}

  /** Every key of this version, in the order of the configuration file. */
  static List<SettingKey> keys() {
    return Stream.concat(NodeKeys.all().stream(), SettingKeys.all().stream()).toList();
  }

  /**
   * The file's values with those of the environment on top.
   *
   * @throws IllegalArgumentException for a key that this version does not know
   */
  static Map<String, String> read(Path file, Map<String, String> environment) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(EditedText.read(file)));
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : properties.stringPropertyNames()) {
      KnownKeys.require(name, keys());
      values.put(name, properties.getProperty(name).trim());
    }
    for (SettingKey key : keys()) {
      String override = environment.get(variable(key.name()));
      if (override != null) {
        values.put(key.name(), override.trim());
      }
    }
    return values;
  }

  /**
   * The values that concern a reconstruction; a relative model folder is taken from the
   * installation.
   */
  static Map<String, String> reconstruction(Map<String, String> values) {
    Map<String, String> kept = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (!name.startsWith("node.")) {
            kept.put(name, value);
          }
        });
    String model = kept.getOrDefault(MODEL, ReconstructionSettings.defaults().values().get(MODEL));
    if (model != null && !model.isBlank()) {
      kept.put(MODEL, home().resolve(model.trim()).toString());
    }
    return kept;
  }

  /** The model of the installation. */
  static Path model() {
    return Path.of(Objects.requireNonNull(reconstruction(Map.of()).get(MODEL)));
  }

  static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The folder the program is installed in. */
  static Path home() {
    return Path.of(System.getProperty("qsmnode.home", "."));
  }

  /** {@code conf/application.properties} of the installation. */
  static Path defaultFile() {
    return home().resolve("conf").resolve("application.properties");
  }
}
