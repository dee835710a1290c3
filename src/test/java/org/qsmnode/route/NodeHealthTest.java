package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.store.Database;
import org.qsmnode.store.DatabaseSettings;
import org.qsmnode.store.DiskReserve;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.Spool;
import org.qsmnode.store.SpoolLimits;

class NodeHealthTest {

  private static final int NONE = 0;
  private static final int WHOLE_DISK = 100;

  @TempDir Path folder;

  @Test
  void aDiskAtItsReserveIsDownWithWhatComesOfIt() throws Exception {
    assertEquals("UP", health(NONE));
    assertEquals(
        "DOWN: the work folder's disk is at its reserve; jobs and deliveries wait",
        health(WHOLE_DISK));
  }

  private String health(int reservePercentOfWork) throws Exception {
    try (Database database = Database.open(DatabaseSettings.embedded(folder.resolve("db")))) {
      HealthCheck.Result result =
          new NodeHealth(
                  Ledger.on(database, Clock.systemUTC()),
                  Spool.open(folder.resolve("spool"), "test", new SpoolLimits(1, NONE)),
                  new DiskReserve(folder, reservePercentOfWork),
                  List.of())
              .call();
      return result.getState() + result.getMessage().map(text -> ": " + text).orElse("");
    }
  }
}
