package org.qsmnode.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Rows that were written by a clock which ran ahead. Their past lies in the future, and what they
 * plan would wait until the right clock has come there.
 */
public final class FutureRows {

  private static final List<String> WITH_NEXT_ATTEMPT =
      List.of("jobs", "deliveries", "reprocessing");

  private final Database database;
  private final Clock clock;

  public FutureRows(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Dates such rows back to now, and makes due now what they plan.
   *
   * @return how many studies, jobs, deliveries and items of the night there were
   */
  public int bringBack() {
    Instant now = clock.instant();
    return database.writeDurably(
        sql -> {
          sql.update("UPDATE instances SET received_at = ? WHERE received_at > ?", now, now);
          int rows = studies(sql, now);
          for (String table : WITH_NEXT_ATTEMPT) {
            rows +=
                sql.update(
                    "UPDATE "
                        + table
                        + " SET next_attempt_at = ?, updated_at = ?"
                        + " WHERE updated_at > ?",
                    now,
                    now,
                    now);
          }
          return rows;
        });
  }

  private static int studies(Sql sql, Instant now) throws SQLException {
    sql.update("UPDATE studies SET first_received_at = ? WHERE first_received_at > ?", now, now);
    sql.update(
        "UPDATE studies SET examine_at = ? WHERE last_received_at > ? AND examine_at IS NOT NULL",
        now,
        now);
    return sql.update(
        "UPDATE studies SET last_received_at = ? WHERE last_received_at > ?", now, now);
  }
}
