package org.qsmnode.store;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Results that are held until a person has approved or rejected them. */
public final class Reviews {

  private final Database database;
  private final Clock clock;

  public Reviews(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Held deliveries, oldest first. */
  public List<DeliveryRow> held() {
    return database.read(
        sql ->
            sql.list(
                Deliveries::row,
                "SELECT * FROM deliveries WHERE state = 'HELD' ORDER BY updated_at, delivery_id"));
  }

  /** Jobs made again that no destination takes and that are not the current ones, oldest first. */
  public List<String> unclaimed() {
    return database.read(
        sql ->
            sql.list(
                row -> row.getString(1),
                """
                SELECT j.job_id FROM jobs j
                  JOIN acquisitions a ON a.acquisition_id = j.acquisition_id
                WHERE j.state = 'READY' AND a.job_id <> j.job_id
                  AND a.source_digest = j.source_digest AND a.state IN ('READY', 'DELIVERED')
                  AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.job_id = j.job_id)
                ORDER BY j.created_at, j.job_id
                """));
  }

  /**
   * HELD to PENDING with fresh attempts; from now on the job's result is the current one of its
   * acquisition.
   *
   * @return deliveries released
   */
  public int approve(String jobId) {
    return database.writeDurably(
        sql -> {
          int released =
              sql.update(
                  """
                  UPDATE deliveries SET state = 'PENDING', attempts = 0, next_attempt_at = ?,
                      last_status = 'approved', updated_at = ?
                  WHERE job_id = ? AND state = 'HELD'
                  """,
                  clock.instant(),
                  clock.instant(),
                  jobId);
          Optional<String> acquisition =
              sql.first(
                  row -> row.getString(1),
                  """
                  SELECT a.acquisition_id FROM acquisitions a
                  JOIN jobs j ON j.acquisition_id = a.acquisition_id
                  WHERE j.job_id = ? AND a.job_id <> j.job_id AND a.source_digest = j.source_digest
                    AND a.state IN ('READY', 'DELIVERED') AND j.state = 'READY' FOR UPDATE
                  """,
                  jobId);
          boolean unclaimed =
              sql.count("SELECT count(*) FROM deliveries WHERE job_id = ?", jobId) == 0;
          if ((released > 0 || unclaimed) && acquisition.isPresent()) {
            supersedeUnclaimed(sql, acquisition.get(), jobId);
            sql.update(
                """
                UPDATE acquisitions SET job_id = ?, state = 'READY', updated_at = ?
                WHERE acquisition_id = ?
                """,
                jobId,
                clock.instant(),
                acquisition.get());
            Acquisitions.enter(sql, clock, acquisition.get(), jobId, AcquisitionState.READY, null);
          }
          return released;
        });
  }

  /** Of what no destination takes, only one result of an acquisition counts. */
  private void supersedeUnclaimed(Sql sql, String acquisitionId, String jobId) throws SQLException {
    sql.update(
        """
        UPDATE jobs SET state = 'SUPERSEDED', updated_at = ?
        WHERE acquisition_id = ? AND job_id <> ? AND state = 'READY'
          AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.job_id = jobs.job_id)
        """,
        clock.instant(),
        acquisitionId,
        jobId);
  }

  /**
   * HELD to CANCELLED: the result is never sent, and the one before stays the current one. A job
   * that was made again for nothing is SUPERSEDED.
   *
   * @return deliveries cancelled
   */
  public int reject(String jobId) {
    return database.writeDurably(
        sql -> {
          JobEnd.lock(sql, jobId);
          int rejected =
              sql.update(
                  """
                  UPDATE deliveries SET state = 'CANCELLED', last_status = 'rejected', updated_at = ?
                  WHERE job_id = ? AND state = 'HELD'
                  """,
                  clock.instant(),
                  jobId);
          JobEnd.of(sql, clock, jobId);
          sql.update(
              """
              UPDATE jobs SET state = 'SUPERSEDED', updated_at = ?
              WHERE job_id = ? AND state = 'READY'
                AND NOT EXISTS (SELECT 1 FROM deliveries d
                  WHERE d.job_id = jobs.job_id AND d.state <> 'CANCELLED')
                AND EXISTS (SELECT 1 FROM acquisitions a
                  WHERE a.acquisition_id = jobs.acquisition_id AND a.job_id <> jobs.job_id)
              """,
              clock.instant(),
              jobId);
          return rejected;
        });
  }
}
