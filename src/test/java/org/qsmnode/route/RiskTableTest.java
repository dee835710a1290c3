package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.qsmnode.store.Failpoint;

/** The committed page of faults is the one that is declared, and what it names exists. */
class RiskTableTest {

  private static final Path PAGE = Path.of("src", "docs", "risk-table.md");

  @Test
  void thePageHasTheDeclaredRowsInTheirOrder() throws IOException {
    assertEquals(
        RiskRow.ALL.stream().map(row -> List.of(row.fault(), row.must(), proof(row))).toList(),
        cells().stream().map(row -> row.subList(0, 3)).toList());
  }

  @Test
  void everyRowOfThePageHasAResultThatIsNoFailureAndItsDate() throws IOException {
    for (List<String> row : cells()) {
      assertFalse(row.get(3).isBlank() || row.get(3).contains("FAILED"), row::toString);
      assertEquals(row.get(3).equals(RiskTable.NOT_RUN), row.get(4).isBlank(), row::toString);
    }
  }

  @Test
  void everyTestThatIsNamedExists() throws Exception {
    for (RiskRow row : RiskRow.ALL) {
      if (!row.byCampaign()) {
        List<Method> tests =
            Arrays.stream(testClass(row.testClass()).getDeclaredMethods())
                .filter(method -> method.getName().equals(row.testMethod()))
                .toList();
        assertEquals(1, tests.size(), row::proof);
        assertTrue(isTest(tests.get(0)), row::proof);
      }
    }
  }

  @Test
  void everyPointOfTheFlowBelongsToARow() {
    Set<Failpoint> points = new TreeSet<>();
    RiskRow.ALL.stream().filter(RiskRow::byCampaign).forEach(row -> points.addAll(row.points()));
    assertEquals(Set.of(Failpoint.values()), points);
  }

  private static boolean isTest(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .map(Class::getSimpleName)
        .anyMatch(Set.of("Test", "ParameterizedTest")::contains);
  }

  private static Class<?> testClass(String name) throws Exception {
    for (Path root : List.of(Path.of("src", "test", "java"), Path.of("src", "it", "java"))) {
      try (Stream<Path> walk = Files.walk(root)) {
        for (Path file : walk.filter(path -> path.endsWith(name + ".java")).toList()) {
          String path = root.relativize(file).toString();
          return Class.forName(path.replace(".java", "").replace('/', '.'));
        }
      }
    }
    throw new ClassNotFoundException(name);
  }

  private static String proof(RiskRow row) {
    return "`" + row.proof() + "`";
  }

  private static List<List<String>> cells() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    return lines.subList(lines.indexOf(RiskTable.HEAD) + 2, lines.size()).stream()
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)))
        .toList();
  }
}
