package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** In one transaction; a sender that brings one of the files again waits for all of these. */
  private static final int AT_A_TIME = 100;

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
    for (int first = 0; first < owed.size(); first += AT_A_TIME) {
      retention.delete(owed.subList(first, Math.min(owed.size(), first + AT_A_TIME)), this::delete);
    }
    Failpoint.RETENTION_DONE.reach();
  }

  private boolean delete(Retention.Owed owed) {
    try {
      switch (owed.kind()) {
        case RECEIVED -> {
          Files.deleteIfExists(spool.file(owed.path()));
          Failpoint.RETENTION_FILE.reach();
        }
        case RESULTS -> deleteFolder(results.resolve(owed.path()));
      }
      return true;
    } catch (IOException e) {
      LOG.warn("{} {} cannot be deleted yet", owed.kind(), owed.path());
      return false;
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
