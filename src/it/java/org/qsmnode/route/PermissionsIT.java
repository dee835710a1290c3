package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.ScriptedScp;

/** The launcher starts the packaged program under an open umask; a study goes through it. */
@EnabledOnOs(OS.LINUX)
class PermissionsIT {

  private static final Duration LONG = Duration.ofSeconds(240);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void whatTheLaunchedNodeWritesIsItsOwnersAlone() throws Exception {
    KillStudy study = KillStudy.write(1, folder.resolve("study"));
    Path work = folder.resolve("work");
    int port = ScriptedScp.freePort();
    try (RecordingPacs pacs = new RecordingPacs(0)) {
      Map<String, String> settings = TestSettings.in(folder);
      settings.put("inversion.method", "gaussian");
      settings.put("node.dicom.port", Integer.toString(port));
      TestSettings.destination(settings, pacs.address());
      Process node = launch(settings);
      try {
        awaitLog(node, "listens on ");
        study.send(port, 0, new SplittableRandom(1));
        assertTrue(study.isSent());
        Awaitility.await("both series are delivered")
            .atMost(LONG)
            .until(() -> pacs.stored().size() == KillStudy.DERIVED);
        assertOwnersAlone(work);
      } finally {
        node.destroy();
        if (!node.waitFor(60, TimeUnit.SECONDS)) {
          node.destroyForcibly();
        }
      }
    }
    assertOwnersAlone(work);
  }

  private Process launch(Map<String, String> settings) throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings);
    Path file = folder.resolve("node.properties");
    try (var writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "-c",
            "umask 000; exec \"$@\"",
            "sh",
            Path.of("deploy", "qsm-node").toString(),
            "serve",
            "--conf",
            file.toString());
    builder.environment().remove("QSM_NODE_UMASK");
    builder.environment().put("QSM_NODE_HEAP", "1g");
    builder
        .environment()
        .put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("node.log").toFile())
        .start();
  }

  private void awaitLog(Process node, String text) throws IOException {
    Path log = folder.resolve("node.log");
    Awaitility.await("'" + text + "' in the log")
        .atMost(LONG)
        .until(() -> !node.isAlive() || Files.readString(log).contains(text));
    assertTrue(node.isAlive(), Files.readString(log));
  }

  private static void assertOwnersAlone(Path work) throws IOException {
    Set<String> written = new TreeSet<>();
    Set<String> open = new TreeSet<>();
    try (Stream<Path> walk = Files.walk(work)) {
      for (Path path : walk.toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        if (!mode.endsWith("------")) {
          open.add(work.relativize(path) + " " + mode);
        }
        if (Files.isRegularFile(path)) {
          written.add(work.relativize(path).getName(0).toString());
        }
      }
    }
    assertEquals(Set.of(), open);
    assertTrue(written.containsAll(Set.of("spool", "results", "database")), written::toString);
  }
}
