package org.qsmnode.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.FolderObjects;

/** The conformance statement lists the resources of DICOMweb. */
class ResourceTableTest {

  private static final Pattern URI =
      Pattern.compile(
          "platform-http:(//)?/?dicom-web(?<path>/\\S*)\\?httpMethodRestrict=(?<method>[A-Z]+).*");

  @TempDir Path folder;

  @Test
  void everyResourceStandsThereWithItsMethod() throws Exception {
    DicomWebRoutes routes =
        new DicomWebRoutes(new FolderObjects(folder), part10 -> new StowOutcome("", "", 0), "");
    Set<String> offered = new TreeSet<>();
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      routes.setCamelContext(camel);
      routes.configure();
      for (RouteDefinition route : routes.getRouteCollection().getRoutes()) {
        MatchResult uri =
            URI.matcher(route.getInput().getEndpointUri())
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError(route.getInput().getEndpointUri()));
        offered.add(uri.group(3) + " " + uri.group(2));
      }
    }
    assertEquals(stated(), offered);
  }

  private static Set<String> stated() throws Exception {
    String text = Files.readString(Path.of("src", "docs", "conformance.md"));
    String table = text.substring(text.indexOf("| Resource | Method | Answer |"));
    Set<String> stated = new TreeSet<>();
    for (String line : table.substring(0, table.indexOf("\n\n")).split("\n", -1)) {
      String[] cells = line.split(" \\| ", -1);
      for (MatchResult path : Pattern.compile("`(/[^`]*)`").matcher(cells[0]).results().toList()) {
        stated.add(cells[1] + " " + path.group(1));
      }
    }
    return stated;
  }
}
