package org.qsmnode.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailpointTest {

  @AfterEach
  void silence() {
    Failpoints.silence();
  }

  @Test
  void aPointDoesNothingUnlessATestListens() {
    Failpoint.SEND_FILE.reach();
    List<Failpoint> reached = new ArrayList<>();
    Failpoints.listen(reached::add);
    Failpoint.SEND_FILE.reach();
    Failpoints.silence();
    Failpoint.SEND_FILE.reach();
    assertEquals(List.of(Failpoint.SEND_FILE), reached);
  }

  @Test
  void aStepFailsAtItsPointWithWhatTheListenerThrows() {
    Failpoints.listen(
        point -> {
          throw new UncheckedIOException(new IOException(point.name()));
        });
    assertThrows(UncheckedIOException.class, Failpoint.RECEIVE_ROW::reach);
  }

  @Test
  void noClassOfTheProductCanListen() {
    noClasses()
        .should()
        .callMethod(Failpoint.class, "listen", Failpoint.Listener.class)
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.qsmnode"));
  }

  @Test
  void everyPointStandsAtAPlaceOfTheFlow() throws IOException {
    StringBuilder product = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java", "org", "qsmnode"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        product.append(Files.readString(file));
      }
    }
    List<String> missing =
        Arrays.stream(Failpoint.values())
            .map(Failpoint::name)
            .filter(name -> product.indexOf("Failpoint." + name + ".reach()") < 0)
            .toList();
    assertTrue(missing.isEmpty(), missing::toString);
  }
}
