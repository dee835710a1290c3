package org.qsmnode.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may be deleted. Rows go before files, and in their transaction the files become owed
 * deletions. A node that ends in between deletes them when it starts again, before it looks for
 * files without rows.
 */
public final class Retention {

  /** Condition on a study {@code s}: nothing needs its received objects any more. */
  private static final String SETTLED =
      """
      s.last_received_at < ? AND s.examine_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM acquisitions a
          WHERE a.study_instance_uid = s.study_instance_uid
            AND a.state NOT IN ('DELIVERED', 'REFUSED'))
        AND NOT EXISTS (SELECT 1 FROM jobs j
          WHERE j.study_instance_uid = s.study_instance_uid
            AND j.state IN ('QUEUED', 'RUNNING', 'READY'))
      """;

  private static final Set<JobState> MADE_AGAIN =
      EnumSet.of(JobState.QUEUED, JobState.RUNNING, JobState.READY);

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
                "SELECT s.study_instance_uid FROM studies s WHERE "
                    + SETTLED
                    + " ORDER BY s.last_received_at, s.study_instance_uid LIMIT ?",
                before,
                atMost));
  }

  /**
   * Forgets the received objects of a study, whose files are owed from then on; its acquisitions
   * and results stay in the ledger.
   *
   * @param before as in {@link #settledStudies}
   * @return how many objects there were; 0 when the study is settled no more
   */
  public int forgetObjects(String studyInstanceUid, Instant before) {
    return database.writeDurably(
        sql -> {
          if (sql.first(
                  row -> row.getString(1),
                  "SELECT s.study_instance_uid FROM studies s WHERE s.study_instance_uid = ? AND "
                      + SETTLED
                      + " FOR UPDATE",
                  studyInstanceUid,
                  before)
              .isEmpty()) {
            return 0;
          }
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

  /**
   * Forgets the files of a job's derived series, which are owed; their UIDs stay issued.
   *
   * @return false when the job is made again meanwhile; its files stay
   */
  public boolean forgetFiles(String jobId) {
    return database.writeDurably(
        sql -> {
          Optional<JobState> state =
              sql.first(
                  row -> JobState.valueOf(row.getString(1)),
                  "SELECT state FROM jobs WHERE job_id = ? FOR UPDATE",
                  jobId);
          if (state.isPresent() && MADE_AGAIN.contains(state.get())) {
            return false;
          }
          sql.update("DELETE FROM owed_deletions WHERE kind = 'RESULTS' AND path = ?", jobId);
          sql.update("INSERT INTO owed_deletions (kind, path) VALUES ('RESULTS', ?)", jobId);
          sql.update("DELETE FROM result_files WHERE job_id = ?", jobId);
          return true;
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

  /** What is to be deleted, by kind and path. */
  public List<Owed> owed() {
    return database.read(
        sql ->
            sql.list(
                row -> new Owed(Owed.Kind.valueOf(row.getString(1)), row.getString(2)),
                "SELECT kind, path FROM owed_deletions ORDER BY kind, path"));
  }

  /** Those of the given ledger paths of received files that are to be deleted. */
  public Set<String> owedOf(Collection<String> paths) {
    return new HashSet<>(
        database.read(
            sql ->
                sql.list(
                    row -> row.getString(1),
                    "SELECT path FROM owed_deletions WHERE kind = 'RECEIVED' AND path = ANY(?)",
                    sql.texts(paths))));
  }

  /** Deletes what is owed from the disk; false when the disk does not let it go yet. */
  @FunctionalInterface
  public interface Deletion {
    boolean delete(Owed owed);
  }

  /**
   * Deletes in a transaction that holds the owed rows: whoever brings one of the files again waits,
   * or has come before and cancelled its deletion. A file that a row needs stays.
   */
  public void delete(Collection<Owed> some, Deletion deletion) {
    database.writeDurably(
        sql -> {
          int deleted = 0;
          for (Owed owed : some) {
            if (hold(sql, owed) && (isNeeded(sql, owed) || deletion.delete(owed))) {
              deleted += cancel(sql, owed.kind(), owed.path()) ? 1 : 0;
            }
          }
          return deleted;
        });
  }

  private static boolean hold(Sql sql, Owed owed) throws SQLException {
    return sql.first(
            row -> row.getString(1),
            "SELECT path FROM owed_deletions WHERE kind = ? AND path = ? FOR UPDATE",
            owed.kind(),
            owed.path())
        .isPresent();
  }

  private static boolean isNeeded(Sql sql, Owed owed) throws SQLException {
    return switch (owed.kind()) {
      case RECEIVED ->
          sql.count(
                  "SELECT count(*) FROM instances WHERE sop_instance_uid = ? AND path = ?",
                  Spool.sopInstanceUid(owed.path()),
                  owed.path())
              > 0;
      case RESULTS ->
          sql.count("SELECT count(*) FROM result_files WHERE job_id = ?", owed.path()) > 0;
    };
  }

  /**
   * Nothing is owed of a file that comes again; waits for a deletion that is under way.
   *
   * @return true when its deletion was owed
   */
  static boolean cancel(Sql sql, Owed.Kind kind, String path) throws SQLException {
    return sql.updateOne("DELETE FROM owed_deletions WHERE kind = ? AND path = ?", kind, path);
  }
}
