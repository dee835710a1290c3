package org.qsmnode.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Rows that were written by a clock which ran ahead. Their past lies in the future, and what they
 * plan would wait until the right clock has come there.
 */
public final class FutureRows {

  private static final List<String> WITH_NEXT_ATTEMPT =
      List.of("jobs", "deliveries", "reprocessing");

  /**
   * By so much the clocks of nodes that share a ledger may differ, as the clocks of a domain may.
   * What a node whose clock runs ahead by less has written is no mistake.
   */
  static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private final Database database;
  private final Clock clock;
  private final Duration tolerance;

  public FutureRows(Database database, Clock clock) {
    this(database, clock, database.isOfOneProcess() ? Duration.ZERO : CLOCKS_DIFFER);
  }

  FutureRows(Database database, Clock clock, Duration tolerance) {
    this.database = database;
    this.clock = clock;
    this.tolerance = tolerance;
  }

  /**
   * Dates rows of the future back to now, and makes due now what they plan. The time that a
   * destination has for its storage commitment stays as long as it was.
   *
   * @return how many studies, jobs, deliveries and items of the night there were
   */
  public int bringBack() {
    Instant now = clock.instant();
    Instant future = now.plus(tolerance);
    return database.writeDurably(
        sql -> {
          sql.update("UPDATE instances SET received_at = ? WHERE received_at > ?", now, future);
          int rows = studies(sql, now, future) + commitments(sql, now, future);
          for (String table : WITH_NEXT_ATTEMPT) {
            rows +=
                sql.update(
                    "UPDATE "
                        + table
                        + " SET next_attempt_at = ?, updated_at = ?"
                        + " WHERE updated_at > ?",
                    now,
                    now,
                    future);
          }
          return rows;
        });
  }

  private record Deadline(String deliveryId, Duration interval) {}

  private static int commitments(Sql sql, Instant now, Instant future) throws SQLException {
    List<Deadline> deadlines =
        sql.list(
            row ->
                new Deadline(
                    row.getString("delivery_id"),
                    Duration.between(
                        Sql.instant(row, "updated_at"), Sql.instant(row, "next_attempt_at"))),
            "SELECT * FROM deliveries WHERE state = 'COMMITTING' AND updated_at > ?",
            future);
    for (Deadline deadline : deadlines) {
      sql.update(
          "UPDATE deliveries SET next_attempt_at = ?, updated_at = ? WHERE delivery_id = ?",
          now.plus(deadline.interval()),
          now,
          deadline.deliveryId());
    }
    return deadlines.size();
  }

  private static int studies(Sql sql, Instant now, Instant future) throws SQLException {
    sql.update("UPDATE studies SET first_received_at = ? WHERE first_received_at > ?", now, future);
    sql.update(
        "UPDATE studies SET examine_at = ? WHERE last_received_at > ? AND examine_at IS NOT NULL",
        now,
        future);
    return sql.update(
        "UPDATE studies SET last_received_at = ? WHERE last_received_at > ?", now, future);
  }
}
