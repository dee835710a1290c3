package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.simulate.dicom.Vendor;

/**
 * A node with a heap of 512 MiB takes objects of 200 MiB, deflate bombs and headers without end on
 * sixteen associations at a time; a scanner's study beside them is received and processed.
 */
class HostileObjectsIT {

  private static final Duration LONG = Duration.ofSeconds(240);
  private static final int ASSOCIATIONS = 16;
  private static final NodeProcess.Launch SMALL_HEAP =
      new NodeProcess.Launch(
          List.of(),
          List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError"),
          NodeMain.class,
          List.of(),
          "INFO");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void memoryDoesNotDependOnWhatPeersSend() throws Exception {
    Map<String, String> settings = TestSettings.in(folder);
    settings.put("inversion.method", "tkd");
    settings.put("node.dicom.max-associations", "40");
    ExecutorService peers = Executors.newFixedThreadPool(ASSOCIATIONS);
    try (NodeProcess node = NodeProcess.start(folder, settings, SMALL_HEAP)) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < ASSOCIATIONS; i++) {
        HostileSender.Kind kind =
            HostileSender.Kind.values()[i % HostileSender.Kind.values().length];
        String uid = "1.7." + (i + 1);
        answers.add(
            peers.submit(
                () -> {
                  try (Sender sender = new Sender("HOSTILE" + uid, node.port())) {
                    return kind + " %04X".formatted(HostileSender.send(sender, kind, uid));
                  }
                }));
      }
      try (Sender scanner = new Sender(node.port())) {
        SmallStudy.files(Vendor.SIEMENS).forEach(scanner::store);
      }
      Map<String, Set<String>> statuses = new TreeMap<>();
      for (Future<String> answer : answers) {
        String[] words = answer.get().split(" ");
        statuses.computeIfAbsent(words[0], k -> new TreeSet<>()).add(words[1]);
      }
      assertEquals(
          Map.of(
              "BIG_RAW_DATA", Set.of("0000"),
              "BIG_PRIVATE_ELEMENT", Set.of("0000"),
              "BOMB", Set.of("C000"),
              "LONG_TEXT", Set.of("C000"),
              "DEEP_SEQUENCES", Set.of("C000"),
              "MANY_ITEMS", Set.of("C000"),
              "MANY_FRAMES", Set.of("A700"),
              "LYING_LENGTH", Set.of("C000")),
          statuses);
      node.awaitLog(" READY after ", LONG);
      try (Sender scanner = new Sender(node.port())) {
        assertEquals(0, scanner.acknowledged(), "the process still accepts associations");
      }
      assertFalse(node.tail().contains("OutOfMemoryError"));
    } finally {
      peers.shutdownNow();
    }
  }
}
