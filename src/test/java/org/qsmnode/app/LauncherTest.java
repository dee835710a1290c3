package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher hands to Java, seen by putting {@code echo} in the place of Java. */
class LauncherTest {

  private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+)m ");

  @TempDir Path folder;

  @Test
  void theHeapIsHalfOfTheMemoryAndTheWholeProcessHasSevenEighths() throws Exception {
    Said said = launch(Map.of(), "reconstruct");
    Matcher heap = HEAP.matcher(said.out());
    assertTrue(heap.find(), said.out());
    long half = Long.parseLong(heap.group(1));
    assertTrue(half <= machineMebibytes() / 2, said.out());
    long all = half * 2 * 7 / 8;
    Matcher limit = Pattern.compile("maxphysicalbytes=(\\d+)m ").matcher(said.out());
    assertTrue(limit.find(), said.out());
    assertEquals(all, Long.parseLong(limit.group(1)), 2);
    assertTrue(said.error().contains("at most " + half + "m for the Java heap"), said.error());
  }

  @Test
  void whatTheSiteGivesIsTaken() throws Exception {
    Said said = launch(Map.of("QSM_NODE_HEAP", "3g", "QSM_NODE_MEMORY", "5g"), "serve");
    assertTrue(said.out().contains("-Xmx3g "), said.out());
    assertTrue(said.out().contains("maxphysicalbytes=5g "), said.out());
    assertTrue(said.error().contains("at most 3g for the Java heap and 5g in all"), said.error());
  }

  @Test
  void aCommandThatOnlyAsksSaysNothingOfMemory() throws Exception {
    assertEquals("", launch(Map.of(), "--version").error());
    assertFalse(launch(Map.of(), "--version").out().isEmpty());
  }

  private static long machineMebibytes() throws IOException {
    String total = Files.readAllLines(Path.of("/proc/meminfo")).get(0);
    return Long.parseLong(total.replaceAll("\\D", "")) / 1024;
  }

  private record Said(String out, String error) {}

  private Said launch(Map<String, String> environment, String argument) throws Exception {
    Path jar = folder.resolve("any.jar");
    if (!Files.exists(jar)) {
      Files.createFile(jar);
    }
    Path error = folder.resolve("error");
    ProcessBuilder builder =
        new ProcessBuilder(List.of("deploy/qsm-node", argument)).redirectError(error.toFile());
    builder.environment().remove("QSM_NODE_HEAP");
    builder.environment().remove("QSM_NODE_MEMORY");
    builder.environment().put("JAVA", "echo");
    builder.environment().put("QSM_NODE_JAR", jar.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> out);
    return new Said(out, Files.readString(error));
  }
}
