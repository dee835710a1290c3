package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.qsmnode.store.Failpoint;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Prints the page of faults with the results of the last run: of tests from the reports in {@code
 * target}, of kills from the logs of {@link KillCampaign}. Arguments as the campaign's.
 */
public final class RiskTable {

  static final String HEAD = "| Fault | What must happen | Shown by | Result | Date |";

  static final String NOT_RUN = "not run";

  private final Path target;
  private final Path kills;

  RiskTable(Path target, Path kills) {
    this.target = target;
    this.kills = kills;
  }

  public static void main(String[] arguments) throws Exception {
    new RiskTable(Path.of("target"), Path.of(arguments[3])).lines().forEach(System.out::println);
  }

  /**
   * What the last run gave.
   *
   * @param date empty when there was none
   */
  private record Result(String text, Optional<LocalDate> date) {}

  List<String> lines() throws Exception {
    List<String> lines = new ArrayList<>(List.of(HEAD, "|---|---|---|---|---|"));
    for (RiskRow row : RiskRow.ALL) {
      Result result = row.byCampaign() ? ofCampaign(row) : ofTest(row);
      lines.add(
          "| %s | %s | %s | %s | %s |"
              .formatted(
                  row.fault(),
                  row.must(),
                  "`" + row.proof() + "`",
                  result.text(),
                  result.date().map(LocalDate::toString).orElse("")));
    }
    return lines;
  }

  private Result ofCampaign(RiskRow row) throws IOException {
    Set<String> points = row.points().stream().map(Failpoint::name).collect(Collectors.toSet());
    int reached = 0;
    int lineages = 0;
    int right = 0;
    Optional<LocalDate> date = Optional.empty();
    for (Path log : files(kills, "kills-")) {
      for (String line : Files.readAllLines(log)) {
        String[] columns = line.split("\t");
        if (columns[1].equals("lineage")) {
          lineages++;
          right += columns[4].equals("right") ? 1 : 0;
        } else if (points.contains(columns[5]) && columns[7].equals("reached")) {
          reached++;
          date = Optional.of(LocalDate.parse(columns[0].substring(0, 10)));
        }
      }
    }
    return reached == 0
        ? new Result(NOT_RUN, date)
        : new Result("%d kills; %d of %d nodes right".formatted(reached, right, lineages), date);
  }

  private Result ofTest(RiskRow row) throws Exception {
    for (String reports : List.of("surefire-reports", "failsafe-reports")) {
      for (Path report : files(target.resolve(reports), "TEST-")) {
        if (report.toString().endsWith("." + row.testClass() + ".xml")) {
          Result result = ofReport(report, row.testMethod());
          if (!result.text().equals(NOT_RUN)) {
            return result;
          }
        }
      }
    }
    return new Result(NOT_RUN, Optional.empty());
  }

  private static Result ofReport(Path report, String method) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
    var cases = document.getElementsByTagName("testcase");
    int run = 0;
    int failed = 0;
    int skipped = 0;
    for (int i = 0; i < cases.getLength(); i++) {
      Element test = (Element) cases.item(i);
      if (test.getAttribute("name").startsWith(method)) {
        run++;
        skipped += test.getElementsByTagName("skipped").getLength();
        failed +=
            test.getElementsByTagName("failure").getLength()
                + test.getElementsByTagName("error").getLength();
      }
    }
    Optional<LocalDate> date =
        Optional.of(
            LocalDate.ofInstant(
                Files.getLastModifiedTime(report).toInstant(), ZoneId.systemDefault()));
    if (run == 0) {
      return new Result(NOT_RUN, Optional.empty());
    }
    return new Result(failed > 0 ? "FAILED" : skipped > 0 ? "skipped" : "passed", date);
  }

  private static List<Path> files(Path folder, String start) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(start))
          .sorted()
          .toList();
    }
  }
}
