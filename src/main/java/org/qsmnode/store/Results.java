package org.qsmnode.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Derived series of jobs, and every object that was ever issued. */
public final class Results {

  private final Database database;

  public Results(Database database) {
    this.database = database;
  }

  /**
   * Adds a derived series to a job.
   *
   * @throws UidConflictException if one of its UIDs was issued before with other bytes
   */
  static void insert(Sql sql, String jobId, ResultSeries series) throws SQLException {
    sql.update(
        "INSERT INTO results (job_id, kind, series_instance_uid) VALUES (?, ?, ?)",
        jobId,
        series.kind(),
        series.seriesInstanceUid());
    int position = 0;
    for (ResultSeries.ResultFile file : series.files()) {
      issue(sql, file);
      sql.update(
          """
          INSERT INTO result_files (job_id, kind, position, sop_instance_uid, path, digest)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
          jobId,
          series.kind(),
          position++,
          file.sopInstanceUid(),
          file.path(),
          file.digest());
    }
  }

  private static void issue(Sql sql, ResultSeries.ResultFile file) throws SQLException {
    Optional<String> issued =
        sql.first(
            row -> row.getString(1),
            "SELECT digest FROM issued_objects WHERE sop_instance_uid = ?",
            file.sopInstanceUid());
    if (issued.isEmpty()) {
      sql.update(
          "INSERT INTO issued_objects (sop_instance_uid, digest) VALUES (?, ?)",
          file.sopInstanceUid(),
          file.digest());
    } else if (!issued.get().strip().equals(file.digest())) {
      throw new UidConflictException(file.sopInstanceUid());
    }
  }

  /** Takes the series of a job back, of which nothing was sent; its UIDs stay issued. */
  static void withdraw(Sql sql, String jobId) throws SQLException {
    for (String table : List.of("deliveries", "result_files", "results")) {
      sql.update("DELETE FROM " + table + " WHERE job_id = ?", jobId);
    }
  }

  /** One derived series of a job. */
  public Optional<ResultSeries> find(String jobId, String kind) {
    return database.read(
        sql -> {
          Optional<String> uid =
              sql.first(
                  row -> row.getString(1),
                  "SELECT series_instance_uid FROM results WHERE job_id = ? AND kind = ?",
                  jobId,
                  kind);
          return uid.isEmpty()
              ? Optional.empty()
              : Optional.of(new ResultSeries(kind, uid.get(), files(sql, jobId, kind)));
        });
  }

  /** All derived series of a job, by kind. */
  public List<ResultSeries> ofJob(String jobId) {
    return database.read(
        sql ->
            sql
                .list(
                    row -> row.getString(1),
                    "SELECT kind FROM results WHERE job_id = ? ORDER BY kind",
                    jobId)
                .stream()
                .flatMap(kind -> find(jobId, kind).stream())
                .toList());
  }

  /**
   * Derived series that may be seen by others: of finished jobs that nobody has to review any more
   * and nobody rejected. Where no destination takes a job, it counts only if it is the current one
   * of its acquisition.
   */
  public List<StudyResult> visible() {
    return database.read(
        sql ->
            sql.list(
                row ->
                    new StudyResult(
                        row.getString("study_instance_uid"),
                        row.getString("job_id"),
                        row.getString("kind"),
                        row.getString("series_instance_uid")),
                """
                SELECT j.study_instance_uid, r.job_id, r.kind, r.series_instance_uid
                FROM results r JOIN jobs j ON j.job_id = r.job_id
                  JOIN acquisitions a ON a.acquisition_id = j.acquisition_id
                WHERE j.state IN ('READY', 'DELIVERED')
                  AND EXISTS (SELECT 1 FROM result_files f
                    WHERE f.job_id = r.job_id AND f.kind = r.kind)
                  AND NOT EXISTS (SELECT 1 FROM deliveries d
                    WHERE d.job_id = r.job_id AND d.state = 'HELD')
                  AND (EXISTS (SELECT 1 FROM deliveries d
                    WHERE d.job_id = r.job_id AND d.state <> 'CANCELLED')
                    OR (a.job_id = r.job_id AND NOT EXISTS (SELECT 1 FROM deliveries d
                      WHERE d.job_id = r.job_id)))
                ORDER BY j.study_instance_uid, r.job_id, r.kind
                """));
  }

  private static ResultSeries.ResultFile file(ResultSet row) throws SQLException {
    return new ResultSeries.ResultFile(
        row.getString("sop_instance_uid"), row.getString("path"), row.getString("digest").strip());
  }

  private static List<ResultSeries.ResultFile> files(Sql sql, String jobId, String kind)
      throws SQLException {
    return sql.list(
        Results::file,
        "SELECT * FROM result_files WHERE job_id = ? AND kind = ? ORDER BY position",
        jobId,
        kind);
  }

  /** The file of an object that this node made; empty where it is not kept. */
  public Optional<ResultSeries.ResultFile> file(String sopInstanceUid) {
    return database.read(
        sql ->
            sql.first(
                Results::file,
                "SELECT * FROM result_files WHERE sop_instance_uid = ?",
                sopInstanceUid));
  }

  /** True when this node made the object: the last guard against loops. */
  public boolean isOwn(String sopInstanceUid) {
    return database
        .read(
            sql ->
                sql.first(
                    row -> row.getInt(1),
                    "SELECT 1 FROM issued_objects WHERE sop_instance_uid = ?",
                    sopInstanceUid))
        .isPresent();
  }

  /** True when the series is a result of this ledger. */
  public boolean isOwnSeries(String seriesInstanceUid) {
    return database
        .read(
            sql ->
                sql.first(
                    row -> row.getInt(1),
                    "SELECT 1 FROM results WHERE series_instance_uid = ?",
                    seriesInstanceUid))
        .isPresent();
  }
}
