package org.qsmnode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.route.NodeSettings;

/** When H2 writes to its file. */
class DatabaseTest {

  @TempDir Path folder;

  @Test
  void nothingIsForcedWhileAnotherTransactionIsHalfDone() throws Exception {
    try (Database database =
        Database.open(
            NodeSettings.from(Map.of("node.work.directory", folder.toString())).database())) {
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
  void nothingIsForcedWhileQuartzHoldsAConnection() throws Exception {
    try (Database database =
        Database.open(
            NodeSettings.from(Map.of("node.work.directory", folder.toString())).database())) {
      FutureTask<Integer> durable = new FutureTask<>(() -> database.writeDurably(sql -> 2));
      Thread waiting = new Thread(durable);
      try (Connection quartz = database.connection()) {
        quartz.setAutoCommit(false);
        waiting.start();
        Awaitility.await("the forcing waits, or has come too early")
            .until(() -> waiting.getState() == Thread.State.WAITING || durable.isDone());
        assertFalse(durable.isDone());
        quartz.commit();
      }
      assertEquals(2, durable.get());
    }
  }
}
