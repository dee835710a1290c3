package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of the spool fills, turns read-only and refuses the node, each time for a while; no
 * object is acknowledged that is not there, and afterwards the study goes its way. Needs root.
 */
class SpoolDiskIT {

  private static final Duration LONG = Duration.ofSeconds(120);

  /** A node of root that the permissions of files hold for, as they do for any other user. */
  private static final List<String> WITHOUT_OVERRIDE =
      List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Path spool;

  @BeforeEach
  void mountADiskOfTwelveMebibytes() throws Exception {
    spool = Files.createDirectories(folder.resolve("work").resolve("spool"));
    boolean mounted =
        System.getProperty("user.name").equals("root")
            && Peer.run(
                    folder.resolve("mount.log"),
                    "mount",
                    "-t",
                    "tmpfs",
                    "-o",
                    "size=12m",
                    "tmpfs",
                    spool)
                == 0;
    if (!mounted) {
      System.err.println("SKIPPED: SpoolDiskIT may not mount a disk; run it as root");
    }
    Assumptions.assumeTrue(mounted);
  }

  @AfterEach
  void unmount() throws Exception {
    if (spool != null) {
      Peer.run(folder.resolve("mount.log"), "umount", "-l", spool);
    }
  }

  @Test
  void aDiskThatIsFullReadOnlyOrForbiddenForAWhileLosesNothing() throws Exception {
    KillStudy study = KillStudy.write(1, folder.resolve("study"));
    Path one = oneOf(folder.resolve("study"));
    try (RecordingPacs pacs = new RecordingPacs(0)) {
      Map<String, String> settings = TestSettings.in(folder);
      settings.put("inversion.method", "gaussian");
      settings.put("node.assemble.quiet", "30s");
      TestSettings.destination(settings, pacs.address());
      try (NodeProcess node =
          NodeProcess.start(
              folder,
              settings,
              new NodeProcess.Launch(
                  WITHOUT_OVERRIDE, List.of("-Xmx600m"), NodeMain.class, List.of(), "INFO"))) {
        Path filler = spool.resolve("filler");
        fill(filler);
        assertTrue(refusal(node, one).startsWith("answered "), "full");
        Files.delete(filler);

        mount("remount,ro");
        assertTrue(refusal(node, one).startsWith("answered "), "read-only");
        mount("remount,rw");

        Path incoming = spool.resolve("incoming").resolve("node-1");
        Files.setPosixFilePermissions(incoming, PosixFilePermissions.fromString("r-xr-xr-x"));
        assertTrue(refusal(node, one).startsWith("answered "), "forbidden");
        Files.setPosixFilePermissions(incoming, PosixFilePermissions.fromString("rwxr-xr-x"));

        Awaitility.await("every object is acknowledged")
            .atMost(LONG)
            .until(
                () -> {
                  study.send(node.port(), 0, new SplittableRandom(1));
                  return study.isSent();
                });
        Awaitility.await("both series are delivered")
            .atMost(LONG)
            .until(() -> node.tail().split(" DELIVERED: ", -1).length == 3);
      }
      assertEquals(
          List.of(),
          new KillChecks(folder.resolve("work"), KillFlow.PUSH).atTheEnd(List.of(study), pacs));
    }
  }

  private static Path oneOf(Path study) throws IOException {
    try (var files = Files.list(study)) {
      return files.findFirst().orElseThrow();
    }
  }

  private void mount(String options) throws Exception {
    assertEquals(
        0,
        Peer.run(folder.resolve("mount.log"), "mount", "-o", options, spool.toString()),
        options);
  }

  private static void fill(Path filler) throws IOException {
    byte[] zeros = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(zeros);
      }
    } catch (IOException full) {
      assertFalse(Files.size(filler) == 0);
    }
  }

  /** How an object is refused, over an association of its own. */
  private static String refusal(NodeProcess node, Path file) throws Exception {
    try (Sender sender = new Sender(node.port())) {
      sender.store(file);
      return "acknowledged";
    } catch (IllegalStateException refused) {
      return String.valueOf(refused.getMessage());
    }
  }
}
