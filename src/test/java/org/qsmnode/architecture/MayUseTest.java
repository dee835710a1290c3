package org.qsmnode.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The statement of every package or room ends a promise of the form "May use {@code volume}, {@code
 * inversion.data}." or "May use nothing of the product."; its sources import exactly that.
 */
class MayUseTest {

  private static final Path ROOT = Path.of("src/main/java/org/qsmnode");
  private static final Pattern PROMISE =
      Pattern.compile(
          "May use (nothing of the product|\\{@code [\\w.]+}(?:, \\{@code [\\w.]+})*)\\.");
  private static final Pattern NAME = Pattern.compile("\\{@code ([\\w.]+)}");
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?org\\.qsmnode\\.([a-z.]+)\\.[A-Z]", Pattern.MULTILINE);

  @TestFactory
  List<DynamicTest> aPackageImportsWhatItsStatementGrantsNoMoreAndNoLess() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.endsWith("package-info.java"))
          .sorted()
          .map(file -> DynamicTest.dynamicTest(name(file.getParent()), () -> compare(file)))
          .toList();
    }
  }

  private static void compare(Path statement) throws IOException {
    String text = Files.readString(statement).replaceAll("\\s+\\*?\\s*", " ");
    Matcher promise = PROMISE.matcher(text);
    assertTrue(promise.find(), () -> statement + " says in no parseable sentence what it may use");
    assertEquals(
        all(NAME, promise.group(1)),
        imports(statement.getParent()),
        () -> statement + " grants what the first set holds, its sources import the second");
  }

  private static TreeSet<String> imports(Path folder) throws IOException {
    TreeSet<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        used.addAll(all(IMPORT, Files.readString(file)));
      }
    }
    used.remove(name(folder));
    return used;
  }

  private static TreeSet<String> all(Pattern pattern, String text) {
    TreeSet<String> found = new TreeSet<>();
    pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
    return found;
  }

  /** The package below the root, for example {@code inversion.data}. */
  private static String name(Path folder) {
    return ROOT.relativize(folder).toString().replace('/', '.');
  }
}
