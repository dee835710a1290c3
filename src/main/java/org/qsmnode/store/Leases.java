package org.qsmnode.store;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Takes back what silent nodes have in hand. A job, a delivery and an item of the night belong to a
 * worker while its lease is renewed. After that any node puts the row back to waiting, once; the
 * late worker's own steps change nothing, since their turn is over. A delivery that waits for
 * storage commitment belongs to nobody: its row has a deadline, and any node may look.
 */
public final class Leases {

  private final Database database;
  private final Clock clock;

  public Leases(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * What was taken back.
   *
   * @param jobs RUNNING to QUEUED
   * @param deliveries SENDING to PENDING
   * @param items RUNNING to PLANNED
   */
  public record TakenBack(int jobs, int deliveries, int items) {

    /** Rows altogether. */
    public int total() {
      return jobs + deliveries + items;
    }
  }

  /** Puts rows of workers whose lease has run out back to waiting, at once; attempts count. */
  public TakenBack takeBack() {
    return new TakenBack(
        jobs(),
        rows("deliveries", DeliveryState.SENDING, DeliveryState.PENDING),
        rows("reprocessing", ReprocessingItem.State.RUNNING, ReprocessingItem.State.PLANNED));
  }

  private int jobs() {
    List<JobRow> orphans =
        database.read(
            sql ->
                sql.list(
                    Jobs::row,
                    "SELECT * FROM jobs WHERE state = 'RUNNING' AND NOT "
                        + Nodes.WORKER_LIVES.formatted("jobs")));
    return (int) orphans.stream().filter(this::takeBack).count();
  }

  private boolean takeBack(JobRow job) {
    return database.writeDurably(
        sql -> {
          boolean moved =
              sql.updateOne(
                  """
                  UPDATE jobs SET state = 'QUEUED', worker = NULL, next_attempt_at = ?,
                      updated_at = ?
                  WHERE job_id = ? AND state = 'RUNNING' AND turn = ?
                  """,
                  clock.instant(),
                  clock.instant(),
                  job.jobId(),
                  job.turn());
          if (moved) {
            Jobs.follow(sql, clock, job.jobId(), AcquisitionState.QUEUED, Optional.empty());
          }
          return moved;
        });
  }

  private int rows(String table, Enum<?> inHand, Enum<?> waiting) {
    String orphaned = " WHERE state = ? AND NOT " + Nodes.WORKER_LIVES.formatted(table);
    if (database.read(sql -> sql.count("SELECT count(*) FROM " + table + orphaned, inHand.name()))
        == 0) {
      return 0;
    }
    return database.writeDurably(
        sql ->
            sql.update(
                "UPDATE "
                    + table
                    + " SET state = ?, worker = NULL, next_attempt_at = ?, updated_at = ?"
                    + orphaned,
                waiting,
                clock.instant(),
                clock.instant(),
                inHand));
  }
}
