package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.qsmnode.store.Failpoint;
import org.qsmnode.store.Retention;
import org.qsmnode.store.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the files whose rows retention has forgotten. Runs after each step of retention, and when
 * the node starts, before files without rows count as received.
 */
public final class OwedDeletions {

  private static final Logger LOG = LoggerFactory.getLogger(OwedDeletions.class);

  private final Retention retention;
  private final Spool spool;
  private final Path results;

  /**
   * Deletions in one spool and one folder of results.
   *
   * @param results folder with a folder for each job
   */
  public OwedDeletions(Retention retention, Spool spool, Path results) {
    this.retention = retention;
    this.spool = spool;
    this.results = results;
  }

  /** Deletes what is owed; what the disk does not let go stays owed. */
  public void run() {
    List<Retention.Owed> owed = retention.owed();
    if (owed.isEmpty()) {
      return;
    }
    Failpoint.RETENTION_ROWS.reach();
    List<Retention.Owed> deleted = new ArrayList<>();
    for (Retention.Owed one : owed) {
      try {
        delete(one);
        deleted.add(one);
      } catch (IOException e) {
        LOG.warn("{} {} cannot be deleted yet", one.kind(), one.path());
      }
    }
    retention.deleted(deleted);
    Failpoint.RETENTION_DONE.reach();
  }

  private void delete(Retention.Owed owed) throws IOException {
    switch (owed.kind()) {
      case RECEIVED -> {
        Files.deleteIfExists(spool.file(owed.path()));
        Failpoint.RETENTION_FILE.reach();
      }
      case RESULTS -> deleteFolder(results.resolve(owed.path()));
    }
  }

  private static void deleteFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
        Failpoint.RETENTION_FILE.reach();
      }
    }
  }
}
