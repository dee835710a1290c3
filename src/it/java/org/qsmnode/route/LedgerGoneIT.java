package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.simulate.dicom.Vendor;

/** The ledger goes away and comes back; the node goes on, or ends for its service manager. */
class LedgerGoneIT {

  private static final Duration LONG = Duration.ofSeconds(180);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void aNodeWhoseDiskIsFullEndsWithStatusOneAndGoesOnOnceThereIsRoom() throws Exception {
    Path disk = folder.resolve("disk");
    Files.createDirectories(disk);
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=16m", "none", disk.toString()) == 0,
        "only root may mount a small disk; this test is SKIPPED");
    try (ScriptedScp pacs = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      Map<String, String> settings = TestSettings.in(folder);
      TestSettings.destination(settings, pacs.address());
      settings.put("node.lease", "3s");
      settings.put("inversion.method", "tkd");
      settings.put("node.database.url", "jdbc:h2:file:" + disk.resolve("ledger"));
      List<Path> study = SmallStudy.files(Vendor.SIEMENS);
      int acknowledged;
      try (NodeProcess node = NodeProcess.start(folder, settings);
          Sender sender = new Sender(node.port())) {
        study.subList(0, study.size() / 2).forEach(sender::store);
        acknowledged = sender.acknowledged();
        fill(disk.resolve("of-somebody-else"));
        study.subList(study.size() / 2, study.size()).forEach(sender::storeOrLose);
        assertEquals(1, node.awaitExit(Duration.ofSeconds(90)));
        assertTrue(node.tail().contains("the embedded database has closed itself"));
        assertTrue(acknowledged > 0);
      }
      Files.delete(disk.resolve("of-somebody-else"));
      try (NodeProcess node = NodeProcess.start(folder, settings);
          Sender sender = new Sender(node.port())) {
        study.forEach(sender::store);
        Awaitility.await().atMost(LONG).until(() -> pacs.stored().size() == SmallStudy.SLICES);
      }
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  @Test
  void aNodeWaitsForItsServerAndAfterACrashOfTheServerStartsAgainWithoutLoss() throws Exception {
    try (ScriptedScp pacs = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian);
        Machines machines = Machines.start(folder, pacs.address())) {
      Map<String, String> patient =
          Map.of("node.assemble.quiet-after-count", "20s", "node.assemble.quiet", "20s");
      List<Path> study = SmallStudy.files(Vendor.SIEMENS);
      int half = study.size() / 2;
      try (NodeProcess node = machines.node("a", patient)) {
        machines.postgres().stop();
        node.awaitLog("the ledger has not answered", LONG);
        machines.postgres().run();
        try (Sender sender = new Sender(node.port())) {
          Awaitility.await("stores after the outage")
              .atMost(LONG)
              .ignoreExceptions()
              .until(
                  () -> {
                    sender.store(study.get(0));
                    return true;
                  });
          study.subList(0, half).forEach(sender::store);
        }
        machines.postgres().crash();
        machines.postgres().run();
        assertEquals(1, node.awaitExit(LONG));
        assertTrue(node.tail().contains("has lost the claim of this node"));
      }
      try (NodeProcess node = machines.node("a", Map.of())) {
        try (var database = machines.ledger().database()) {
          long rows =
              org.qsmnode.store.Ledger.on(database, java.time.Clock.systemUTC())
                  .instances()
                  .count();
          assertEquals(half, rows, "every acknowledged object is in the ledger again");
        }
        try (Sender sender = new Sender(node.port())) {
          study.subList(half, study.size()).forEach(sender::store);
        }
        Awaitility.await().atMost(LONG).until(() -> pacs.stored().size() == SmallStudy.SLICES);
      }
    }
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      // The disk has no byte left.
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.waitFor(20, TimeUnit.SECONDS);
    return process.exitValue();
  }
}
