package org.qsmnode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When H2 writes to its file. */
class DatabaseTest {

  @TempDir Path folder;

  @Test
  void nothingIsForcedWhileAnotherTransactionIsHalfDone() throws Exception {
    try (Database database = open()) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch mayEnd = new CountDownLatch(1);
      FutureTask<Integer> halfDone =
          new FutureTask<>(
              () ->
                  database.write(
                      sql -> {
                        begun.countDown();
                        Awaitility.await().until(() -> mayEnd.getCount() == 0);
                        return 1;
                      }));
      FutureTask<Integer> durable = new FutureTask<>(() -> database.writeDurably(sql -> 2));
      new Thread(halfDone).start();
      begun.await();
      Thread waiting = new Thread(durable);
      waiting.start();
      Awaitility.await("the forcing waits, or has come too early")
          .until(() -> waiting.getState() == Thread.State.WAITING || durable.isDone());
      assertFalse(durable.isDone());
      mayEnd.countDown();
      assertEquals(1, halfDone.get());
      assertEquals(2, durable.get());
    }
  }

  @Test
  void anotherThreadsWritingServesAllThatHadEnded() throws Exception {
    try (Database database = open()) {
      database.writeDurably(
          sql -> {
            sql.run("CREATE TABLE counted (n INT)");
            return 0;
          });
      List<FutureTask<Integer>> durable = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        FutureTask<Integer> one =
            new FutureTask<>(
                () -> {
                  for (int n = 0; n < 50; n++) {
                    database.writeDurably(sql -> sql.update("INSERT INTO counted VALUES (1)"));
                  }
                  return 50;
                });
        durable.add(one);
        new Thread(one).start();
      }
      for (FutureTask<Integer> one : durable) {
        assertEquals(50, one.get());
      }
      Path copy = Files.createDirectories(folder.resolve("copy"));
      Files.copy(folder.resolve("ledger.mv.db"), copy.resolve("ledger.mv.db"));
      try (Database asAfterAKill = Database.open(DatabaseSettings.embedded(copy))) {
        assertEquals(
            400L, asAfterAKill.<Long>read(sql -> sql.count("SELECT count(*) FROM counted")));
      }
    }
  }

  /**
   * H2 2.5.252 loses it: a chunk in freed space is written, and the header names the one before.
   */
  @Test
  void whatWasWrittenDurablyIsThereAfterAKillThoughItWasWrittenIntoFreedSpace() throws Exception {
    DatabaseSettings freeing =
        new DatabaseSettings(
            DatabaseSettings.embedded(folder).url() + ";RETENTION_TIME=0", "sa", "", 4);
    try (Database database = Database.open(freeing)) {
      database.writeDurably(
          sql -> {
            sql.run("CREATE TABLE counter (n INT)");
            return sql.update("INSERT INTO counter VALUES (0)");
          });
      for (int n = 1; n <= 60; n++) {
        database.writeDurably(sql -> sql.update("UPDATE counter SET n = n + 1"));
        Path copy = Files.createDirectories(folder.resolve("after-" + n));
        Files.copy(folder.resolve("ledger.mv.db"), copy.resolve("ledger.mv.db"));
        try (Database asAfterAKill = Database.open(DatabaseSettings.embedded(copy))) {
          assertEquals(n, asAfterAKill.<Long>read(sql -> sql.count("SELECT n FROM counter")));
        }
      }
    }
  }

  @Test
  void aBrokenIndexIsTakenForDamageAndNotForAnOutage() {
    try (Database database = open()) {
      assertFalse(database.isOver());
      SQLException cause = new SQLException("row not found", "90112", 90112);
      assertThrows(
          LedgerException.class,
          () ->
              database.write(
                  sql -> {
                    throw new SQLException("timeout", "HYT00", 50200, cause);
                  }));
      assertTrue(database.isDamaged());
      assertTrue(database.isOver());
    }
  }

  private Database open() {
    return Database.open(DatabaseSettings.embedded(folder));
  }
}
