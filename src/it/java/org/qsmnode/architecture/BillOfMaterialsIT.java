package org.qsmnode.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bill of materials that the build writes (CycloneDX), against what is delivered. */
class BillOfMaterialsIT {

  private static final Path TARGET = Path.of("target");

  private record Component(String group, String name, String version) {}

  @Test
  void everyJarThatIsDeliveredIsOnTheBill() throws IOException {
    Set<String> listed =
        components().stream()
            .map(each -> each.name() + "-" + each.version())
            .collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    try (Stream<Path> jars = Files.list(TARGET.resolve("lib"))) {
      for (Path jar : jars.toList()) {
        String name = jar.getFileName().toString().replaceAll("\\.jar$", "");
        if (listed.stream().noneMatch(name::startsWith)) {
          missing.add(name);
        }
      }
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void nothingThatIsDeliveredIsKnownToBeBad() throws IOException {
    KnownBadVersions known = new KnownBadVersions();
    List<Component> components = components();
    assertTrue(components.size() > 50, components.size() + " components");
    assertEquals(
        List.of(),
        components.stream()
            .flatMap(each -> known.of(each.group() + ":" + each.name(), each.version()).stream())
            .toList());
  }

  private static List<Component> components() throws IOException {
    JsonNode bill = new ObjectMapper().readTree(TARGET.resolve("qsm-node-bom.json").toFile());
    List<Component> components = new ArrayList<>();
    for (JsonNode each : bill.path("components")) {
      components.add(
          new Component(
              each.path("group").asText(),
              each.path("name").asText(),
              each.path("version").asText()));
    }
    return components;
  }
}
