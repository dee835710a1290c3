package org.qsmnode.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.digest.Digests;

class TestSeriesTest {

  private static final Path KEPT = Path.of("test-dicom");

  @Test
  void theSeriesInTheProjectAreTheOnesThatTheSeedGives(@TempDir Path made) throws IOException {
    TestSeries.write(made);
    JsonNode kept = manifest(KEPT);
    JsonNode again = manifest(made);
    assertEquals(kept.get("studies"), again.get("studies"));
    TreeSet<String> names = new TreeSet<>();
    kept.get("sha256").fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      if (name.endsWith(".gz")) {
        // Compressed bytes depend on the zlib of the machine, their content does not.
        assertArrayEquals(content(KEPT.resolve(name)), content(made.resolve(name)), name);
      } else {
        assertEquals(kept.get("sha256").get(name), again.get("sha256").get(name), name);
      }
    }
    assertEquals(kept.get("sha256").size(), again.get("sha256").size());
  }

  private static byte[] content(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }

  @Test
  void theManifestNamesEveryFileWithItsDigest() throws IOException {
    JsonNode digests = manifest(KEPT).get("sha256");
    TreeSet<String> named = new TreeSet<>();
    digests.fieldNames().forEachRemaining(named::add);
    TreeSet<String> present = new TreeSet<>();
    try (Stream<Path> walk = Files.walk(KEPT)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        String name = KEPT.relativize(file).toString();
        if (!name.equals("README.md") && !name.equals("manifest.json")) {
          present.add(name);
          assertEquals(digests.path(name).asText(), Digests.ofFile(file), name);
        }
      }
    }
    assertEquals(named, present);
    assertTrue(named.size() > 1000);
  }

  private static JsonNode manifest(Path folder) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("manifest.json").toFile());
  }
}
