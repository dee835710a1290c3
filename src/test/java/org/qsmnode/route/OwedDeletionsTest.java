package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.store.AcquisitionRow;
import org.qsmnode.store.Database;
import org.qsmnode.store.Failpoint;
import org.qsmnode.store.Failpoints;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.JobState;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.PlannedDelivery;
import org.qsmnode.store.ResultSeries;
import org.qsmnode.store.Retention;
import org.qsmnode.store.Spool;

/** A node that ends amid retention deletes the rest when it starts, and nothing comes back. */
class OwedDeletionsTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String STUDY = "1.2.9";

  @TempDir Path folder;
  private Ledger ledger;
  private Spool spool;
  private OwedDeletions deletions;

  @BeforeEach
  void receiveThreeObjects() throws Exception {
    NodeSettings settings =
        NodeSettings.from(new HashMap<>(Map.of("node.work.directory", folder.toString())));
    ledger = Ledger.on(Database.open(settings.database()), Clock.fixed(NOW, ZoneOffset.UTC));
    spool = Spool.open(folder.resolve("spool"), "n1", settings.spoolLimits());
    deletions = new OwedDeletions(ledger.retention(), spool, folder.resolve("results"));
    for (int n = 1; n <= 3; n++) {
      receive("1.2.9." + n);
    }
  }

  @AfterEach
  void close() {
    Failpoints.silence();
    ledger.database().close();
  }

  private InstanceRow receive(String uid) throws Exception {
    try (var object = spool.begin()) {
      object.writeHeader(new byte[132]);
      object.dataSet().write(uid.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      String path = spool.keep(object, STUDY, uid);
      InstanceRow row =
          new InstanceRow(uid, "1.2", STUDY, "1.2.8", object.digest(), path, 9, "MR1", NOW, null);
      ledger.instances().add(row, NOW);
      return row;
    }
  }

  private void forget() {
    ledger.instances().examineNext(ledger.instances().study(STUDY).orElseThrow(), null);
    assertEquals(3, ledger.retention().forgetObjects(STUDY, NOW.plusSeconds(1)));
  }

  private long files() throws Exception {
    try (var walk = Files.walk(folder.resolve("spool").resolve("objects"))) {
      return walk.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void aNodeThatEndsBetweenTwoFilesDeletesTheRestWhenItStarts() throws Exception {
    forget();
    Failpoints.listen(
        point -> {
          if (point == Failpoint.RETENTION_FILE) {
            throw new IllegalStateException("the process ends here");
          }
        });
    assertThrows(IllegalStateException.class, deletions::run);
    assertEquals(2, files());
    Failpoints.silence();
    deletions.run();
    assertEquals(0, files());
    assertEquals(0, new SpoolRecovery(spool, ledger, NOW).run());
    assertEquals(List.of(), ledger.retention().owed());
  }

  @Test
  void aFileWhoseDeletionIsOwedDoesNotComeBackAsReceived() throws Exception {
    forget();
    assertEquals(0, new SpoolRecovery(spool, ledger, NOW).run());
    assertEquals(3, files(), "none is in quarantine");
    assertEquals(0, ledger.instances().count());
  }

  @Test
  void anObjectThatCameAgainStays() throws Exception {
    forget();
    InstanceRow again = receive("1.2.9.2");
    deletions.run();
    assertEquals(1, files());
    assertTrue(Files.exists(spool.file(again.path())));
  }

  @Test
  void anObjectThatComesAgainWhileTheListIsWorkedOffStays() throws Exception {
    forget();
    List<InstanceRow> again = new ArrayList<>();
    Failpoints.listen(
        point -> {
          if (point == Failpoint.RETENTION_ROWS) {
            again.add(assertDoesNotThrow(() -> receive("1.2.9.2")));
          }
        });
    deletions.run();
    assertEquals(1, files());
    assertTrue(Files.exists(spool.file(again.get(0).path())));
    assertEquals(List.of(), ledger.retention().owed());
  }

  @Test
  void anObjectThatComesAgainWaitsWhileItsFileIsDeletedAndIsNotTakenWithoutAFile()
      throws Exception {
    InstanceRow row = ledger.instances().find("1.2.9.1").orElseThrow();
    Path file = spool.file(row.path());
    forget();
    List<CompletableFuture<Boolean>> added = new ArrayList<>();
    Failpoints.listen(
        point -> {
          if (point == Failpoint.RETENTION_FILE && added.isEmpty()) {
            added.add(
                CompletableFuture.supplyAsync(
                    () -> ledger.instances().add(row, NOW, () -> Files.exists(file))));
          }
        });
    deletions.run();
    ExecutionException refused =
        assertThrows(ExecutionException.class, () -> added.get(0).get(30, TimeUnit.SECONDS));
    assertInstanceOf(IllegalStateException.class, refused.getCause());
    assertEquals(0, ledger.instances().count());
  }

  @Test
  void aDeletedObjectThatCameAgainIsThereAfterAPowerCut() throws Exception {
    forget();
    receive("1.2.9.2");
    assertEquals(
        List.of("1.2.9.1", "1.2.9.3"),
        ledger.retention().owed().stream().map(o -> Spool.sopInstanceUid(o.path())).toList());
  }

  @Test
  void aFolderOfAResultThatWasMadeAgainStays() throws Exception {
    String job = ready(List.of("1.2.9.1"));
    ledger.acquisitions().observe("a-1", STUDY, List.of("1.2.9.1", "1.2.9.2"), 3, 16);
    assertEquals(JobState.SUPERSEDED, ledger.jobs().find(job).orElseThrow().state());
    ledger.retention().forgetFiles(job);
    assertEquals(job, ready(List.of("1.2.9.1")));
    String delivery = ledger.deliveries().ofJob(job).get(0).deliveryId();
    ledger
        .deliveries()
        .delivered(ledger.deliveries().start(delivery, "n1").orElseThrow(), "1 x 0000");
    assertEquals(JobState.DELIVERED, ledger.jobs().find(job).orElseThrow().state());
    deletions.run();
    assertTrue(Files.exists(folder.resolve("results").resolve(job).resolve("1.dcm")));
  }

  private String ready(List<String> sources) {
    AcquisitionRow row = ledger.acquisitions().observe("a-1", STUDY, sources, 3, 16);
    ledger.acquisitions().complete("a-1", row.sourceDigest());
    String job =
        ledger.jobs().queue(ledger.acquisitions().find("a-1").orElseThrow(), sources).orElseThrow();
    ResultSeries series =
        new ResultSeries(
            "qsm-mean",
            "2.25.1",
            List.of(new ResultSeries.ResultFile("2.25.2", job + "/1.dcm", "d".repeat(64))));
    ledger
        .jobs()
        .ready(
            ledger.jobs().start(job, "n1").orElseThrow(),
            "ab".repeat(32),
            List.of(series),
            List.of(new PlannedDelivery("qsm-mean", "pacs", false)),
            () -> {
              Path place = Files.createDirectories(folder.resolve("results").resolve(job));
              Files.writeString(place.resolve("1.dcm"), "x");
            });
    return job;
  }

  @Test
  void aFolderOfResultsGoesWithEverythingInIt() throws Exception {
    Path derived = folder.resolve("results").resolve("job-1").resolve("derived");
    Files.createDirectories(derived);
    Files.writeString(derived.resolve("1.dcm"), "x");
    ledger.retention().forgetFiles("job-1");
    deletions.run();
    assertFalse(Files.exists(folder.resolve("results").resolve("job-1")));
    assertEquals(List.<Retention.Owed>of(), ledger.retention().owed());
  }
}
