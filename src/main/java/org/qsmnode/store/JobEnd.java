package org.qsmnode.store;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

/** The last step of a job: when nothing of it is on its way any more, it is DELIVERED. */
final class JobEnd {

  private JobEnd() {}

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
