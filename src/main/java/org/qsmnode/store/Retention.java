package org.qsmnode.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What may be deleted. Rows go before files: a file that a crash leaves behind is found by the
 * recovery of the spool and comes back as received.
 */
public final class Retention {

  private final Database database;

  public Retention(Database database) {
    this.database = database;
  }

  /**
   * Studies whose received objects nothing needs any more, oldest first: silent since before {@code
   * before}, every acquisition DELIVERED or REFUSED, no job open, and nothing held for review.
   */
  public List<String> settledStudies(Instant before, int atMost) {
    return database.read(
        sql ->
            sql.list(
                row -> row.getString(1),
                """
                SELECT s.study_instance_uid FROM studies s
                WHERE s.last_received_at < ? AND s.examine_at IS NULL
                  AND NOT EXISTS (SELECT 1 FROM acquisitions a
                    WHERE a.study_instance_uid = s.study_instance_uid
                      AND a.state NOT IN ('DELIVERED', 'REFUSED'))
                  AND NOT EXISTS (SELECT 1 FROM jobs j
                    WHERE j.study_instance_uid = s.study_instance_uid
                      AND j.state IN ('QUEUED', 'RUNNING', 'READY'))
                ORDER BY s.last_received_at, s.study_instance_uid LIMIT ?
                """,
                before,
                atMost));
  }

  /**
   * Forgets the received objects of a study; its acquisitions and results stay in the ledger.
   *
   * @return ledger paths of the files to delete
   */
  public List<String> forgetObjects(String studyInstanceUid) {
    return database.writeDurably(
        sql -> {
          List<String> paths =
              sql.list(
                  row -> row.getString(1),
                  "SELECT path FROM instances WHERE study_instance_uid = ?",
                  studyInstanceUid);
          sql.update("DELETE FROM instances WHERE study_instance_uid = ?", studyInstanceUid);
          sql.update("DELETE FROM studies WHERE study_instance_uid = ?", studyInstanceUid);
          return paths;
        });
  }

  /**
   * Jobs whose derived series every destination has, or that were superseded or rejected, ended
   * before {@code before}, oldest first.
   */
  public List<String> endedJobs(Instant before, int atMost) {
    return database.read(
        sql ->
            sql.list(
                row -> row.getString(1),
                """
                SELECT j.job_id FROM jobs j
                WHERE j.state IN ('DELIVERED', 'SUPERSEDED') AND j.updated_at < ?
                  AND EXISTS (SELECT 1 FROM result_files f WHERE f.job_id = j.job_id)
                ORDER BY j.updated_at, j.job_id LIMIT ?
                """,
                before,
                atMost));
  }

  /** Forgets the files of a job's derived series; their UIDs stay issued. */
  public void forgetFiles(String jobId) {
    database.writeDurably(
        sql -> Optional.of(sql.update("DELETE FROM result_files WHERE job_id = ?", jobId)));
  }
}
