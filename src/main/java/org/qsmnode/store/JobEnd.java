package org.qsmnode.store;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

/** The last step of a job: when nothing of it is on its way any more, it is DELIVERED. */
final class JobEnd {

  private JobEnd() {}

  /**
   * Ends of deliveries of one job come one after the other. Of two at one moment each would find
   * the other still on its way. First statement of a transaction that calls {@link #of}.
   */
  static void lock(Sql sql, String jobId) throws SQLException {
    sql.first(
        row -> row.getString(1), "SELECT job_id FROM jobs WHERE job_id = ? FOR UPDATE", jobId);
  }

  /** READY to DELIVERED, with its acquisition, when every delivery has ended well. */
  static void of(Sql sql, Clock clock, String jobId) throws SQLException {
    boolean all =
        sql.updateOne(
            """
            UPDATE jobs SET state = 'DELIVERED', updated_at = ?
            WHERE job_id = ? AND state = 'READY' AND NOT EXISTS (SELECT 1 FROM deliveries d
              WHERE d.job_id = jobs.job_id AND d.state NOT IN ('DELIVERED', 'CANCELLED'))
              AND EXISTS (SELECT 1 FROM deliveries d
              WHERE d.job_id = jobs.job_id AND d.state = 'DELIVERED')
            """,
            clock.instant(),
            jobId);
    if (all) {
      Jobs.follow(sql, clock, jobId, AcquisitionState.DELIVERED, Optional.empty());
    }
  }
}
