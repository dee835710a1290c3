package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.qsmnode.camel.StorageClasses;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.store.AcquisitionState;

/**
 * The pages of the guide explain what there is, and nothing that there is not. Links and contents
 * lead where they say.
 */
class GuideTest {

  private static final Path DOCS = Path.of("src", "docs");
  private static final Path OPERATE = DOCS.resolve("operate.md");
  private static final List<Path> PAGES =
      List.of(
          OPERATE,
          DOCS.resolve("read-a-result.md"),
          DOCS.resolve("methods.md"),
          DOCS.resolve("train-and-evaluate.md"));
  private static final Pattern KEY =
      Pattern.compile("`((node|recognition|field|inversion|derive)\\.[a-z.-]+)(=[^`]*)?`");

  /** A link within the project: the file, empty for the document itself, and the anchor. */
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");

  private static final Pattern ENTRY =
      Pattern.compile("^- (\\[[^\\]]+\\]\\(#[^)]+\\))$", Pattern.MULTILINE);

  /** What is written as code and as a class is: a capital first, and some small letter. */
  private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)`");

  @Test
  void everyReasonIsExplainedInTheOrderOfTheCode() throws IOException {
    assertEquals(
        Arrays.stream(ReasonCode.values()).map(Enum::name).toList(),
        firstColumn(OPERATE, "## Reasons", "`([A-Z_]+)`"));
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
        firstColumn(OPERATE, "## What happens to a study", "([A-Z]+)"));
    assertEquals(9, AcquisitionState.values().length);
  }

  @Test
  void everyKeyThatIsNamedExists() throws IOException {
    List<String> known = Configuration.keys().stream().map(SettingKey::name).toList();
    List<String> named = new ArrayList<>();
    for (Path page : PAGES) {
      KEY.matcher(Files.readString(page)).results().forEach(found -> named.add(found.group(1)));
    }
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
    try (Stream<Path> walk = Files.walk(DOCS)) {
      walk.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
    }
    int links = 0;
    int headings = 0;
    for (Path document : documents) {
      for (MatchResult link : LINK.matcher(Files.readString(document)).results().toList()) {
        Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
        assertTrue(Files.exists(target), document + " names " + link.group(1));
        if (link.group(2) != null) {
          assertTrue(anchors(target).contains(link.group(2)), document + " names " + link.group());
          headings++;
        }
        links++;
      }
    }
    assertTrue(links > 5, "links were found");
    assertTrue(headings > 5, "links with an anchor were found");
  }

  @Test
  void everyPageBeginsWithTheListOfItsHeadings() throws IOException {
    for (Path page : PAGES) {
      String text = Files.readString(page);
      String head = text.substring(0, text.indexOf("\n## "));
      List<String> headings = headings(page, "##");
      assertTrue(headings.size() > 2, page::toString);
      assertEquals(
          headings.stream().map(name -> "[%s](#%s)".formatted(name, anchor(name))).toList(),
          ENTRY.matcher(head).results().map(entry -> entry.group(1)).toList(),
          page::toString);
    }
  }

  @Test
  void everyClassOnThePagesForMaintainersExists() throws IOException {
    Set<String> files = new HashSet<>();
    try (Stream<Path> walk = Files.walk(Path.of("src"))) {
      walk.forEach(file -> files.add(file.getFileName().toString()));
    }
    List<Path> pages;
    try (Stream<Path> list = Files.list(DOCS.resolve("maintainers"))) {
      pages = list.sorted().toList();
    }
    for (Path page : pages) {
      List<String> named =
          CLASS.matcher(Files.readString(page)).results().map(found -> found.group(1)).toList();
      assertTrue(named.size() > 5, page::toString);
      for (String name : named) {
        assertTrue(files.contains(name + ".java"), page + " names " + name);
      }
    }
    assertEquals(8, pages.size());
  }

  /** The anchors that GitHub gives to the headings of a document. */
  private static Set<String> anchors(Path document) throws IOException {
    Set<String> anchors = new HashSet<>();
    for (String heading : headings(document, "#{1,6}")) {
      String anchor = anchor(heading);
      String distinct = anchor;
      for (int n = 1; !anchors.add(distinct); n++) {
        distinct = anchor + "-" + n;
      }
    }
    return anchors;
  }

  /** Small letters, digits, underscores and hyphens stay, and a space becomes a hyphen. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
  }

  /** Headings outside blocks of code; {@code marks} matches the marks before their text. */
  private static List<String> headings(Path document, String marks) throws IOException {
    Pattern heading = Pattern.compile(marks + " +(.+)");
    List<String> headings = new ArrayList<>();
    boolean code = false;
    for (String line : Files.readAllLines(document)) {
      if (line.startsWith("```")) {
        code = !code;
      }
      Matcher found = heading.matcher(line);
      if (!code && found.matches()) {
        headings.add(found.group(1).strip());
      }
    }
    return headings;
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
