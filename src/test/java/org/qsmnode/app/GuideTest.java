package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.qsmnode.camel.StorageClasses;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.store.AcquisitionState;

/** The guide explains what there is, and nothing that there is not. */
class GuideTest {

  private static final Path GUIDE = Path.of("src", "docs", "guide.md");
  private static final Pattern KEY =
      Pattern.compile("`((node|recognition|field|inversion|derive)\\.[a-z.-]+)(=[^`]*)?`");

  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)");

  @Test
  void everyReasonIsExplainedInTheOrderOfTheCode() throws IOException {
    assertEquals(
        Arrays.stream(ReasonCode.values()).map(Enum::name).toList(),
        firstColumn(GUIDE, "## Reasons", "`([A-Z_]+)`"));
  }

  @Test
  void everyStateIsExplainedInTheOrderOfTheCode() throws IOException {
    assertEquals(
        List.of(
            "RECEIVING",
            "COMPLETE",
            "QUEUED",
            "RUNNING",
            "READY",
            "DELIVERED",
            "REFUSED",
            "INCOMPLETE",
            "FAILED"),
        firstColumn(GUIDE, "## What happens to a study", "([A-Z]+)"));
    assertEquals(9, AcquisitionState.values().length);
  }

  @Test
  void everyKeyThatIsNamedExists() throws IOException {
    List<String> known = Configuration.keys().stream().map(SettingKey::name).toList();
    List<String> named =
        KEY.matcher(Files.readString(GUIDE)).results().map(found -> found.group(1)).toList();
    assertTrue(named.size() > 10, named::toString);
    for (String key : named) {
      assertTrue(known.contains(key), key);
    }
  }

  @Test
  void theConformanceStatementNamesWhatIsAccepted() throws IOException {
    Path statement = Path.of("src", "docs", "conformance.md");
    assertEquals(
        Stream.concat(StorageClasses.IMAGES.stream(), StorageClasses.COMPANIONS.stream()).toList(),
        firstColumn(statement, "### SOP classes", "([0-9.]+)"));
    assertEquals(
        StorageClasses.TRANSFER_SYNTAXES,
        firstColumn(statement, "### Transfer syntaxes", "([0-9.]+)"));
  }

  @Test
  void everyLocalLinkOfTheDocumentsLeadsSomewhere() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(Path.of("README.md")));
    try (Stream<Path> walk = Files.walk(Path.of("src", "docs"))) {
      walk.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
    }
    int links = 0;
    for (Path document : documents) {
      for (MatchResult link : LINK.matcher(Files.readString(document)).results().toList()) {
        Path target = document.resolveSibling(link.group(1));
        assertTrue(Files.exists(target), document + " names " + link.group(1));
        links++;
      }
    }
    assertTrue(links > 5, "links were found");
  }

  private static List<String> firstColumn(Path document, String heading, String cell)
      throws IOException {
    String text = Files.readString(document);
    String section = text.substring(text.indexOf(heading + "\n") + heading.length());
    int end = section.indexOf("\n##");
    return Pattern.compile("^\\| " + cell + " \\|", Pattern.MULTILINE)
        .matcher(section.substring(0, end))
        .results()
        .map((MatchResult row) -> row.group(1))
        .toList();
  }
}
