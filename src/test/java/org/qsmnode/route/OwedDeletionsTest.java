package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.store.Database;
import org.qsmnode.store.Failpoint;
import org.qsmnode.store.Failpoints;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.Ledger;
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

  private long files() throws Exception {
    try (var walk = Files.walk(folder.resolve("spool").resolve("objects"))) {
      return walk.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void aNodeThatEndsBetweenTwoFilesDeletesTheRestWhenItStarts() throws Exception {
    ledger.retention().forgetObjects(STUDY);
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
    assertEquals(0, new SpoolRecovery(spool, ledger.instances(), NOW).run());
    assertEquals(List.of(), ledger.retention().owed());
  }

  @Test
  void anObjectThatCameAgainStays() throws Exception {
    ledger.retention().forgetObjects(STUDY);
    InstanceRow again = receive("1.2.9.2");
    deletions.run();
    assertEquals(1, files());
    assertTrue(Files.exists(spool.file(again.path())));
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
