package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.route.NodeSettings;

/** {@code conf/application.properties} says what the code says. */
class ConfigurationFileTest {

  private static final Path FILE = Path.of("conf", "application.properties");

  @TempDir Path folder;

  @Test
  void everyKeyStandsThereWithItsMeaningUnitRangeAndDefault() throws IOException {
    Map<String, String> blocks = blocks();
    for (SettingKey key : Configuration.keys()) {
      assertEquals(
          ConfigurationText.of(key),
          blocks.get(key.name()),
          () -> key.name() + " in " + FILE + " differs from the code");
    }
  }

  @Test
  void noOtherKeyStandsThereAndTheOrderIsThatOfTheCode() throws IOException {
    List<String> keys = Configuration.keys().stream().map(SettingKey::name).toList();
    assertEquals(keys, List.copyOf(blocks().keySet()));
  }

  @Test
  void theFileAsItIsSetsEveryKeyToItsDefault() throws IOException {
    Map<String, String> values = Configuration.read(FILE, Map.of());
    for (SettingKey key : Configuration.keys()) {
      assertEquals(key.defaultValue(), values.get(key.name()), key.name());
    }
    NodeSettings settings = NodeSettings.from(values);
    assertTrue(settings.send().destinations().isEmpty(), "no destination without an AE title");
    assertEquals("pdi-vi", ReconstructionSettings.of(reconstruction(values)).method());
  }

  @Test
  void theEnvironmentOverridesTheFile() throws IOException {
    Path file = write("node.dicom.port=4242\nnode.name=from-file\n");
    Map<String, String> values =
        Configuration.read(
            file,
            Map.of(
                "QSMNODE_NODE_DICOM_PORT",
                "4343",
                "QSMNODE_NODE_SPOOL_RESERVE_PERCENT",
                "7",
                "node.name",
                "ignored"));
    assertEquals("4343", values.get("node.dicom.port"));
    assertEquals("7", values.get("node.spool.reserve-percent"));
    assertEquals("from-file", values.get("node.name"));
    assertEquals(4343, NodeSettings.from(values).dicom().own().port());
  }

  @Test
  void anUnknownKeyIsRefusedWithItsName() throws IOException {
    for (String key : List.of("node.dicom.prot", "field.brian-threshold")) {
      Path file = write(key + "=1\n");
      CommandRun check = CommandRun.of("check", "--conf", file.toString());
      assertEquals(ExitStatus.FAILURE, check.status(), key);
      assertTrue(check.out().contains(key), check.out());
    }
    Throwable refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> NodeSettings.from(Map.of("node.dicom.prot", "1")));
    assertTrue(String.valueOf(refusal.getMessage()).contains("node.dicom.prot"));
  }

  @Test
  void anUnknownKeyIsAnsweredWithThoseThatMayBeMeant() throws IOException {
    assertTrue(refusal("node.dicom.prot=1").contains("node.dicom.port"));
    assertTrue(refusal("node.send.dicom.port=1").contains("node.send.store-timeout"));
    assertTrue(refusal("field.brian-threshold=1").contains("field.mask"));
    String groups = refusal("nodes.dicom.port=1");
    assertTrue(groups.contains("node., ") && groups.contains("field., "), groups);
    assertTrue(refusal("node\u200b.name=a").contains("node\\u200B.name is not a key"));
  }

  private String refusal(String line) throws IOException {
    Path file = write(line + "\n");
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> Configuration.read(file, Map.of()))
            .getMessage());
  }

  @Test
  void aByteOrderMarkIsReadOver() throws IOException {
    Map<String, String> values =
        Configuration.read(write("\uFEFFnode.name=from-windows\r\n"), Map.of());
    assertEquals(Map.of("node.name", "from-windows"), values);
  }

  @Test
  void aTextInAnotherEncodingIsNamed() throws IOException {
    Path file = folder.resolve("utf-16.properties");
    Files.writeString(file, "node.name=a\n", StandardCharsets.UTF_16);
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Configuration.read(file, Map.of()));
    assertEquals(file + " is not a text in UTF-8", refusal.getMessage());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("test.properties"), text);
  }

  private static Map<String, String> reconstruction(Map<String, String> values) {
    return values.entrySet().stream()
        .filter(entry -> !entry.getKey().startsWith("node."))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Each key with its line and the comment lines right above it, in the order of the file. */
  private static Map<String, String> blocks() throws IOException {
    Map<String, String> blocks = new LinkedHashMap<>();
    List<String> comment = new ArrayList<>();
    for (String line : Files.readAllLines(FILE)) {
      if (line.isBlank()) {
        comment.clear();
      } else if (line.startsWith("#")) {
        comment.add(line);
      } else {
        comment.add(line);
        String key = line.substring(0, line.indexOf('='));
        blocks.put(key, String.join(System.lineSeparator(), comment) + System.lineSeparator());
        comment.clear();
      }
    }
    return blocks;
  }
}
