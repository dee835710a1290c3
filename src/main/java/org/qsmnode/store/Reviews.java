package org.qsmnode.store;

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
                    AND a.state IN ('READY', 'DELIVERED') FOR UPDATE
                  """,
                  jobId);
          if (released > 0 && acquisition.isPresent()) {
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

  /**
   * HELD to CANCELLED: the result is never sent; the one before stays the current one.
   *
   * @return deliveries cancelled
   */
  public int reject(String jobId) {
    return database.writeDurably(
        sql -> {
          int rejected =
              sql.update(
                  """
                  UPDATE deliveries SET state = 'CANCELLED', last_status = 'rejected', updated_at = ?
                  WHERE job_id = ? AND state = 'HELD'
                  """,
                  clock.instant(),
                  jobId);
          JobEnd.of(sql, clock, jobId);
          return rejected;
        });
  }
}
