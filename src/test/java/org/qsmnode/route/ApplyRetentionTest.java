package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.OpenAssociations;
import org.qsmnode.pipeline.Reconstruction;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.store.Database;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.NodeClaim;
import org.qsmnode.store.Spool;

class ApplyRetentionTest {

  private static final String STUDY = "1.2.9";

  @TempDir Path folder;
  private final MovingClock clock = new MovingClock();

  @Test
  void anObjectThatCameJustNowStaysHoweverFullTheDiskIs() throws Exception {
    var disk = Files.getFileStore(folder);
    Assumptions.assumeTrue(disk.getUsableSpace() < 0.9 * disk.getTotalSpace());
    NodeSettings settings =
        NodeSettings.from(
            Map.of(
                "node.work.directory", folder.toString(),
                "node.spool.reserve-percent", "0",
                "node.retention.used-percent", "10"));
    try (Database database = Database.open(settings.database());
        Spool spool =
            Spool.open(settings.folders().spool(), settings.name(), settings.spoolLimits());
        DicomPeers peers = new DicomPeers(settings, AuditTrail.none())) {
      Files.createDirectories(settings.folders().results());
      Ledger ledger = Ledger.on(database, clock);
      receive(ledger, spool);
      ApplyRetention retention =
          new ApplyRetention(
              new NodeParts(
                  settings,
                  new NodeClaim(settings.name(), "n1/test"),
                  ledger,
                  spool,
                  new Reconstruction(ReconstructionSettings.defaults(), "test", clock),
                  new OpenAssociations(),
                  peers,
                  AuditTrail.none(),
                  new ReceivedStudies(AuditTrail.none(), new OpenAssociations(), clock),
                  new SimpleMeterRegistry(),
                  clock));
      clock.move(ApplyRetention.YOUNGEST);
      retention.sweep();
      assertEquals(1, ledger.instances().count());
      clock.move(java.time.Duration.ofMillis(1));
      retention.sweep();
      assertEquals(0, ledger.instances().count());
    }
  }

  private void receive(Ledger ledger, Spool spool) throws Exception {
    try (var object = spool.begin()) {
      object.writeHeader(new byte[132]);
      object.dataSet().write(7);
      String path = spool.keep(object, STUDY, "1.2.9.1");
      ledger
          .instances()
          .add(
              new InstanceRow(
                  "1.2.9.1",
                  "1.2",
                  STUDY,
                  "1.2.8",
                  object.digest(),
                  path,
                  1,
                  "MR1",
                  clock.instant(),
                  null),
              clock.instant());
    }
    ledger.instances().examineNext(ledger.instances().study(STUDY).orElseThrow(), null);
  }
}
