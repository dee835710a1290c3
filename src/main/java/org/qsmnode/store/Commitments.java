package org.qsmnode.store;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Storage commitment of deliveries (PS3.4 Annex J). A delivery that was sent is COMMITTING under a
 * Transaction UID until the destination answers, or until its time is over and somebody looks.
 */
public final class Commitments {

  private final Database database;
  private final Clock clock;

  public Commitments(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * SENDING to COMMITTING, before the request goes out, since the answer may be quicker than this
   * node.
   *
   * @param until when the answer is overdue
   */
  public boolean request(DeliveryRow sending, String status, String transactionUid, Instant until) {
    return database.writeDurably(
        sql ->
            sql.updateOne(
                """
                UPDATE deliveries SET state = 'COMMITTING', worker = NULL, last_status = ?,
                    transaction_uid = ?, looks = 0, next_attempt_at = ?, updated_at = ?
                WHERE delivery_id = ? AND state = 'SENDING' AND turn = ?
                """,
                Deliveries.shortened(status),
                transactionUid,
                until,
                clock.instant(),
                sending.deliveryId(),
                sending.turn()));
  }

  /** The delivery that is COMMITTING under a Transaction UID. */
  public Optional<DeliveryRow> find(String transactionUid) {
    return database.read(
        sql ->
            sql.first(
                Deliveries::row,
                "SELECT * FROM deliveries WHERE transaction_uid = ? AND state = 'COMMITTING'",
                transactionUid));
  }

  /** COMMITTING to DELIVERED: the destination keeps every object. */
  public boolean committed(String transactionUid, String status) {
    return end(transactionUid, DeliveryState.DELIVERED, status, clock.instant());
  }

  /** COMMITTING back to PENDING: something is not kept, all of it is sent again. */
  public boolean failed(String transactionUid, String status, Instant at) {
    return end(transactionUid, DeliveryState.PENDING, status, at);
  }

  /** COMMITTING to DEAD. */
  public boolean giveUp(String transactionUid, String status) {
    return end(transactionUid, DeliveryState.DEAD, status, clock.instant());
  }

  private boolean end(String transactionUid, DeliveryState to, String status, Instant at) {
    return database.writeDurably(
        sql -> {
          Optional<String> job =
              sql.first(
                  row -> row.getString(1),
                  "SELECT job_id FROM deliveries WHERE transaction_uid = ?",
                  transactionUid);
          if (job.isPresent()) {
            JobEnd.lock(sql, job.get());
          }
          Optional<DeliveryRow> delivery =
              sql.first(
                  Deliveries::row,
                  "SELECT * FROM deliveries WHERE transaction_uid = ? AND state = 'COMMITTING'"
                      + " FOR UPDATE",
                  transactionUid);
          if (delivery.isEmpty()) {
            return false;
          }
          move(sql, delivery.get(), to, status, at);
          if (to == DeliveryState.DELIVERED) {
            JobEnd.of(sql, clock, delivery.get().jobId());
          }
          return true;
        });
  }

  private void move(Sql sql, DeliveryRow delivery, DeliveryState to, String status, Instant at)
      throws java.sql.SQLException {
    sql.update(
        """
        UPDATE deliveries SET state = ?, last_status = ?, next_attempt_at = ?, updated_at = ?
        WHERE delivery_id = ?
        """,
        to,
        Deliveries.shortened(status),
        at,
        clock.instant(),
        delivery.deliveryId());
  }

  /** Waits longer for an answer. */
  public boolean waitUntil(String transactionUid, Instant until) {
    return database.writeDurably(
        sql ->
            sql.updateOne(
                """
                UPDATE deliveries SET next_attempt_at = ?, updated_at = ?
                WHERE transaction_uid = ? AND state = 'COMMITTING'
                """,
                until,
                clock.instant(),
                transactionUid));
  }

  /** Waits until the next look at a destination that did not answer this one. */
  public boolean lookAgain(DeliveryRow committing, String status, Instant at) {
    return database.writeDurably(
        sql ->
            sql.updateOne(
                """
                UPDATE deliveries SET looks = ?, last_status = ?, next_attempt_at = ?,
                    updated_at = ?
                WHERE delivery_id = ? AND transaction_uid = ? AND state = 'COMMITTING'
                """,
                committing.looks() + 1,
                Deliveries.shortened(status),
                at,
                clock.instant(),
                committing.deliveryId(),
                committing.transactionUid()));
  }

  /** Deliveries whose answer is overdue, oldest first. */
  public List<DeliveryRow> overdue(Instant now) {
    return database.read(
        sql ->
            sql.list(
                Deliveries::row,
                """
                SELECT * FROM deliveries WHERE state = 'COMMITTING' AND next_attempt_at <= ?
                ORDER BY next_attempt_at, delivery_id
                """,
                now));
  }
}
