package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.store.AcquisitionRow;
import org.qsmnode.store.AcquisitionState;
import org.qsmnode.store.Database;
import org.qsmnode.store.DatabaseSettings;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.JobState;
import org.qsmnode.store.Ledger;

/** SIGKILL of the node's process in every state; each time it goes on, to exactly one result. */
class KillIT {

  private static final Duration LONG = Duration.ofSeconds(180);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void aNodeKilledWhileReceivingProcessingAndSendingDeliversExactlyOneResult() throws Exception {
    List<Path> study = SmallStudy.files(Vendor.SIEMENS);
    int objects = study.size();
    try (ScriptedScp pacs = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      Map<String, String> settings = TestSettings.in(folder);
      TestSettings.destination(settings, pacs.address());

      int acknowledged = killWhileReceiving(settings, study);
      assertTrue(acknowledged > 0 && acknowledged < objects, acknowledged + " acknowledged");
      assertTrue(
          rowsAfterRestart(settings) >= acknowledged, "every acknowledged object is still there");

      try (NodeProcess node = NodeProcess.start(folder, settings)) {
        try (Sender sender = new Sender(node.port())) {
          study.forEach(sender::store);
        }
        node.awaitLog("runs, attempt 1", LONG);
        node.kill();
      }

      CountDownLatch sending = new CountDownLatch(1);
      CountDownLatch killed = new CountDownLatch(1);
      pacs.answer(n -> block(n, sending, killed));
      try (NodeProcess node = NodeProcess.start(folder, settings)) {
        node.awaitLog("runs, attempt 2", LONG);
        assertTrue(sending.await(LONG.toSeconds(), TimeUnit.SECONDS), "sending began");
        node.kill();
      }
      killed.countDown();
      Map<String, Attributes> before = new HashMap<>(pacs.stored());

      pacs.answer(n -> 0);
      try (NodeProcess node = NodeProcess.start(folder, settings)) {
        Awaitility.await("delivery after the third kill")
            .atMost(LONG)
            .until(() -> pacs.stored().size() == 2 * SmallStudy.SLICES);
        node.awaitLog("DELIVERED", Duration.ofSeconds(20));
        Awaitility.await()
            .during(Duration.ofSeconds(3))
            .atMost(Duration.ofSeconds(10))
            .until(() -> pacs.stored().size() == 2 * SmallStudy.SLICES);
      }
      assertEquals(
          2,
          pacs.stored().values().stream()
              .map(image -> image.getString(Tag.SeriesInstanceUID))
              .distinct()
              .count());
      before.forEach((uid, image) -> assertEquals(image, pacs.stored().get(uid)));
      checkLedger(objects);
    }
  }

  private int killWhileReceiving(Map<String, String> settings, List<Path> study) throws Exception {
    try (NodeProcess node = NodeProcess.start(folder, settings);
        Sender sender = new Sender(node.port())) {
      Thread killer =
          new Thread(
              () -> {
                try {
                  while (sender.acknowledged() < study.size() / 3) {
                    Thread.sleep(1);
                  }
                  node.kill();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      killer.start();
      study.forEach(sender::storeOrLose);
      killer.join();
      return sender.acknowledged();
    }
  }

  /** What the ledger holds once the node has indexed again what the kill took from it. */
  private long rowsAfterRestart(Map<String, String> settings) throws Exception {
    Map<String, String> patient = new HashMap<>(settings);
    patient.put("node.assemble.quiet-after-count", "1h");
    patient.put("node.assemble.quiet", "1h");
    try (NodeProcess node = NodeProcess.start(folder, patient)) {
      assertTrue(node.port() > 0);
    }
    Database database = Database.open(DatabaseSettings.embedded(folder.resolve("work/database")));
    try (database) {
      return Ledger.on(database, Clock.systemUTC()).instances().count();
    }
  }

  private static int block(int n, CountDownLatch sending, CountDownLatch killed) {
    if (n >= 5) {
      sending.countDown();
      try {
        killed.await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return ScriptedScp.ABORT;
    }
    return 0;
  }

  private void checkLedger(int objects) {
    Database database = Database.open(DatabaseSettings.embedded(folder.resolve("work/database")));
    try (database) {
      Ledger ledger = Ledger.on(database, Clock.systemUTC());
      assertEquals(objects, ledger.instances().count());
      List<AcquisitionRow> acquisitions = ledger.acquisitions().all();
      assertEquals(
          List.of(AcquisitionState.DELIVERED),
          acquisitions.stream().map(AcquisitionRow::state).toList());
      List<JobRow> finished =
          ledger.jobs().all().stream().filter(job -> job.state() != JobState.SUPERSEDED).toList();
      assertEquals(List.of(JobState.DELIVERED), finished.stream().map(JobRow::state).toList());
    }
  }
}
