package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.store.Database;
import org.qsmnode.store.DatabaseSettings;
import org.qsmnode.store.Ledger;

class MigrateCommandTest {

  @TempDir Path folder;

  private Path from;
  private Path to;

  @BeforeEach
  void writeSettings() throws Exception {
    from = settings("from");
    to = settings("to");
    try (Database database = database("from")) {
      Ledger.on(database, Clock.systemUTC())
          .acquisitions()
          .observe("a-1", "9", List.of("1.1"), 3, 16);
    }
  }

  @Test
  void theLedgerIsCopiedOnceAndATargetWithRowsIsRefused() throws Exception {
    CommandRun first = migrate();
    assertEquals(ExitStatus.DONE, first.status(), first.err());
    assertTrue(first.out().lines().anyMatch(line -> line.matches("acquisitions +1  [0-9a-f]{16}")));
    try (Database database = database("to")) {
      assertEquals(1, Ledger.on(database, Clock.systemUTC()).acquisitions().all().size());
    }
    CommandRun second = migrate();
    assertEquals(ExitStatus.FAILURE, second.status());
    assertTrue(second.err().contains("the target is not empty"), second.err());
  }

  @Test
  void aSourceThatAnotherHasOpenIsRefusedAndNothingIsCopied() throws Exception {
    Process node =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OpenDatabase.class.getName(),
                folder.resolve("from/database").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertEquals('O', node.getInputStream().read(), "the other process has it open");
      CommandRun refused = migrate();
      assertEquals(ExitStatus.FAILURE, refused.status());
      assertTrue(refused.err().contains("already in use"), refused.err());
    } finally {
      node.destroyForcibly().waitFor();
    }
    assertEquals(ExitStatus.DONE, migrate().status());
  }

  private CommandRun migrate() {
    return CommandRun.of("migrate", "--from", from.toString(), "--to", to.toString());
  }

  private Path settings(String name) throws Exception {
    return Files.writeString(
        folder.resolve(name + ".properties"), "node.work.directory=" + folder.resolve(name) + "\n");
  }

  private Database database(String name) {
    return Database.open(DatabaseSettings.embedded(folder.resolve(name).resolve("database")));
  }

  /** Another process that has the embedded database open, as a node has. */
  public static final class OpenDatabase {

    private OpenDatabase() {}

    public static void main(String[] arguments) throws Exception {
      Database database = Database.open(DatabaseSettings.embedded(Path.of(arguments[0])));
      System.out.print(database.isH2() ? "O" : "?");
      System.out.flush();
      Thread.currentThread().join();
    }
  }
}
