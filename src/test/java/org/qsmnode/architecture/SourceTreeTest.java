package org.qsmnode.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tree keeps its shape: a fixed top level, small files, a statement of purpose in every
 * package.
 */
class SourceTreeTest {

  private static final Set<String> TOP_LEVEL =
      Set.of("pom.xml", "README.md", "src", "conf", "models", "deploy", "test-dicom", "target");
  private static final int MAX_LINES = 400;
  private static final int MAX_LINES_STAND_IN = 900;

  @Test
  void theTopLevelHoldsNothingElse() throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("."))) {
      List<String> strangers =
          entries
              .map(p -> p.getFileName().toString())
              .filter(name -> !name.startsWith(".") && !TOP_LEVEL.contains(name))
              .toList();
      assertEquals(List.of(), strangers);
    }
  }

  @Test
  void noJavaFileIsLong() throws IOException {
    Set<String> tooLong = new TreeSet<>();
    for (Path file : javaFiles(Path.of("src"))) {
      int limit = file.startsWith(Path.of("src/dcm4che")) ? MAX_LINES_STAND_IN : MAX_LINES;
      int lines = Files.readAllLines(file).size();
      if (lines > limit) {
        tooLong.add(file + ": " + lines);
      }
    }
    assertEquals(Set.of(), tooLong);
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    Set<Path> silent = new TreeSet<>();
    for (Path file : javaFiles(Path.of("src/main/java/org/qsmnode"))) {
      Path statement = file.resolveSibling("package-info.java");
      if (!Files.exists(statement) || !Files.readString(statement).contains("@NullMarked")) {
        silent.add(file.getParent());
      }
    }
    assertEquals(Set.of(), silent);
  }

  @Test
  void productCodeHoldsNoUnfinishedMarks() throws IOException {
    for (Path file : javaFiles(Path.of("src/main"))) {
      String text = Files.readString(file);
      for (String mark : List.of("TODO", "FIXME", "UnsupportedOperationException()")) {
        assertTrue(!text.contains(mark), () -> file + " holds " + mark);
      }
    }
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(p -> p.toString().endsWith(".java")).sorted().toList();
    }
  }
}
