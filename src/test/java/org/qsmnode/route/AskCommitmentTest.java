package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.ConsumerServices;
import org.qsmnode.camel.FolderObjects;
import org.qsmnode.camel.MrImage;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.camel.QueryRetrieve;
import org.qsmnode.camel.TestNode;
import org.qsmnode.store.AcquisitionRow;
import org.qsmnode.store.Database;
import org.qsmnode.store.DeliveryRow;
import org.qsmnode.store.DeliveryState;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.LedgerException;
import org.qsmnode.store.PlannedDelivery;
import org.qsmnode.store.ResultSeries;

/** A destination that answers queries but has no storage commitment. */
@Timeout(60)
class AskCommitmentTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration PAUSE = Duration.ofMinutes(1);

  @TempDir Path folder;

  private final TestNode archive = new TestNode();
  private NodeSettings settings;
  private Database database;
  private Ledger ledger;
  private DicomPeers peers;

  @BeforeEach
  void open() throws Exception {
    Path stored = Files.createDirectory(folder.resolve("stored"));
    MrImage.write(MrImage.of("1.2.3.1.1"), UID.ExplicitVRLittleEndian, stored.resolve("1.dcm"));
    QueryRetrieve objects = new QueryRetrieve(new FolderObjects(stored), Map.of(), List.of());
    archive
        .with("services", new ConsumerServices(objects, null, null, event -> {}))
        .start(Files.createDirectory(folder.resolve("archive")));
    settings =
        NodeSettings.from(
            Map.of(
                "node.work.directory", folder.toString(),
                "node.destination.pacs.aet", "NODE",
                "node.destination.pacs.host", "127.0.0.1",
                "node.destination.pacs.port", Integer.toString(archive.port()),
                "node.destination.pacs.commitment", "true",
                "node.send.retry", "1m",
                "node.send.max-attempts", "3"));
    database = Database.open(settings.database());
    ledger = Ledger.on(database, Clock.fixed(NOW, ZoneOffset.UTC));
    peers = new DicomPeers(settings, AuditTrail.none());
  }

  @AfterEach
  void close() throws Exception {
    peers.close();
    database.close();
    archive.close();
  }

  private DeliveryRow sent(String... sopInstanceUids) {
    InstanceRow source =
        new InstanceRow(
            "9.1.1",
            UID.MRImageStorage,
            "1.2.3",
            "9.1",
            "f".repeat(64),
            "p/1",
            10,
            "MR",
            NOW,
            "{}");
    ledger.instances().add(source, NOW);
    AcquisitionRow row = ledger.acquisitions().observe("a-1", "1.2.3", List.of("9.1.1"), 3, 16);
    ledger.acquisitions().complete("a-1", row.sourceDigest());
    String job =
        ledger
            .jobs()
            .queue(ledger.acquisitions().find("a-1").orElseThrow(), List.of("9.1.1"))
            .orElseThrow();
    JobRow running = ledger.jobs().start(job, "n1").orElseThrow();
    List<ResultSeries.ResultFile> files =
        List.of(sopInstanceUids).stream()
            .map(uid -> new ResultSeries.ResultFile(uid, "m/" + uid, "d".repeat(64)))
            .toList();
    ledger
        .jobs()
        .ready(
            running,
            "ab".repeat(32),
            List.of(new ResultSeries("qsm-mean", "1.2.3.1", files)),
            List.of(new PlannedDelivery("qsm-mean", "pacs", false)),
            () -> {});
    String delivery = ledger.deliveries().ofJob(job).get(0).deliveryId();
    return ledger.deliveries().start(delivery, "n1").orElseThrow();
  }

  private AskCommitment at(Instant time) {
    return new AskCommitment(ledger, settings, peers, Clock.fixed(time, ZoneOffset.UTC));
  }

  private DeliveryRow asked(DeliveryRow delivery) throws InterruptedException {
    Destination.Dicom peer =
        new Destination.Dicom(
            new PeerAddress("NODE", "127.0.0.1", archive.port()), false, Optional.empty());
    at(NOW).ask(delivery, "1 x 0000", peer);
    return ledger.deliveries().find(delivery.deliveryId()).orElseThrow();
  }

  @Test
  void itIsLookedAtInsteadOfSentToAgain() throws Exception {
    DeliveryRow delivery = asked(sent("1.2.3.1.1"));
    assertEquals(DeliveryState.COMMITTING, delivery.state());
    at(NOW.plus(PAUSE)).sweep();
    DeliveryRow done = ledger.deliveries().find(delivery.deliveryId()).orElseThrow();
    assertEquals(DeliveryState.DELIVERED, done.state());
    assertEquals(1, done.attempts());
  }

  @Test
  void whatItNeitherCommitsToNorAnswersForIsDeadAfterAsManyLooks() throws Exception {
    DeliveryRow delivery = asked(sent("1.2.3.1.1"));
    archive.close();
    for (int look = 1; look <= 2; look++) {
      at(NOW.plus(PAUSE.multipliedBy(look))).sweep();
      DeliveryRow waiting = ledger.deliveries().find(delivery.deliveryId()).orElseThrow();
      assertEquals(DeliveryState.COMMITTING, waiting.state());
      assertEquals(look, waiting.looks());
    }
    at(NOW.plus(PAUSE.multipliedBy(3))).sweep();
    DeliveryRow dead = ledger.deliveries().find(delivery.deliveryId()).orElseThrow();
    assertEquals(DeliveryState.DEAD, dead.state());
    assertTrue(
        String.valueOf(dead.lastStatus())
            .startsWith("sent, but not committed, and C-FIND fails: "));
  }

  @Test
  void aLedgerThatDoesNotAnswerHasNothingSentAgain() throws Exception {
    DeliveryRow delivery = asked(sent("1.2.3.1.1"));
    sql("ALTER TABLE results RENAME TO away");
    assertThrows(LedgerException.class, () -> at(NOW.plus(PAUSE)).sweep());
    sql("ALTER TABLE away RENAME TO results");
    DeliveryRow waiting = ledger.deliveries().find(delivery.deliveryId()).orElseThrow();
    assertEquals(DeliveryState.COMMITTING, waiting.state());
  }

  private void sql(String command) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  @Test
  void whatItLacksIsSentAgain() throws Exception {
    DeliveryRow delivery = asked(sent("1.2.3.1.1", "1.2.3.1.2"));
    at(NOW.plus(PAUSE)).sweep();
    assertEquals(
        DeliveryState.PENDING,
        ledger.deliveries().find(delivery.deliveryId()).orElseThrow().state());
  }
}
