package org.qsmnode.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.qsmnode.route.NodeSettings;
import org.qsmnode.store.Database;
import org.qsmnode.store.LedgerCopy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies the ledger to another database. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = {
      "Copies the ledger from the database of one configuration to that of another, from H2 to"
          + " PostgreSQL or back, and compares both.",
      "Every node has to be stopped. The target has to be empty; the source stays as it is, but for"
          + " the schema of this version. Received objects and results are not copied."
    })
final class MigrateCommand implements Callable<Integer> {

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description = "settings of the source")
  Path from = Path.of("");

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "settings of the target")
  Path to = Path.of("");

  @Override
  public Integer call() throws Exception {
    NodeSettings source = NodeSettings.from(Configuration.read(from, System.getenv()));
    NodeSettings target = NodeSettings.from(Configuration.read(to, System.getenv()));
    if (source.database().url().equals(target.database().url())) {
      throw new IllegalArgumentException("--from and --to name the same database");
    }
    try (Database read = Database.open(source.database());
        Database written = Database.open(target.database())) {
      System.out.printf("%-24s %10s  %s%n", "table", "rows", "digest");
      for (LedgerCopy.Copied table : new LedgerCopy(read, written).run()) {
        System.out.printf(
            "%-24s %10d  %s%n", table.table(), table.rows(), table.sha256().substring(0, 16));
      }
    }
    System.out.println("Both databases hold the same rows.");
    return ExitStatus.DONE;
  }
}
