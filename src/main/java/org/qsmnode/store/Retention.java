package org.qsmnode.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What may be deleted. Rows go before files, and in their transaction the files become owed
 * deletions. A node that ends in between deletes them when it starts again, before it looks for
 * files without rows.
 */
public final class Retention {

  private final Database database;

  public Retention(Database database) {
    this.database = database;
  }

  /**
   * Studies whose received objects nothing needs any more, oldest first. They are silent since
   * before {@code before}, every acquisition is DELIVERED or REFUSED, no job is open, and nothing
   * is held for review.
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
   * Forgets the received objects of a study, whose files are owed from then on; its acquisitions
   * and results stay in the ledger.
   *
   * @return how many objects there were
   */
  public int forgetObjects(String studyInstanceUid) {
    return database.writeDurably(
        sql -> {
          sql.update(
              """
              INSERT INTO owed_deletions (kind, path)
              SELECT 'RECEIVED', path FROM instances i WHERE study_instance_uid = ?
                AND NOT EXISTS (SELECT 1 FROM owed_deletions o
                  WHERE o.kind = 'RECEIVED' AND o.path = i.path)
              """,
              studyInstanceUid);
          int objects =
              sql.update("DELETE FROM instances WHERE study_instance_uid = ?", studyInstanceUid);
          sql.update("DELETE FROM studies WHERE study_instance_uid = ?", studyInstanceUid);
          return objects;
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

  /** Forgets the files of a job's derived series, which are owed; their UIDs stay issued. */
  public void forgetFiles(String jobId) {
    database.writeDurably(
        sql -> {
          sql.update("DELETE FROM owed_deletions WHERE kind = 'RESULTS' AND path = ?", jobId);
          sql.update("INSERT INTO owed_deletions (kind, path) VALUES ('RESULTS', ?)", jobId);
          return Optional.of(sql.update("DELETE FROM result_files WHERE job_id = ?", jobId));
        });
  }

  /**
   * What is to be deleted from the disk.
   *
   * @param path of a received file below the spool, or of a job's folder below the results
   */
  public record Owed(Kind kind, String path) {

    /** Whose file or folder it is. */
    public enum Kind {
      RECEIVED,
      RESULTS
    }
  }

  /** Owed deletions that no row contradicts; an object or a result that came again stays. */
  public List<Owed> owed() {
    return database.writeDurably(
        sql -> {
          sql.update(
              """
              DELETE FROM owed_deletions WHERE
                (kind = 'RECEIVED' AND path IN (SELECT path FROM instances))
                OR (kind = 'RESULTS' AND path IN (SELECT job_id FROM jobs
                  WHERE state IN ('QUEUED', 'RUNNING', 'READY')))
              """);
          return sql.list(
              row -> new Owed(Owed.Kind.valueOf(row.getString(1)), row.getString(2)),
              "SELECT kind, path FROM owed_deletions ORDER BY kind, path");
        });
  }

  /** Notes what is deleted. */
  public void deleted(Collection<Owed> paths) {
    database.writeDurably(
        sql -> {
          int noted = 0;
          for (Owed owed : paths) {
            noted +=
                sql.update(
                    "DELETE FROM owed_deletions WHERE kind = ? AND path = ?",
                    owed.kind(),
                    owed.path());
          }
          return noted;
        });
  }
}
