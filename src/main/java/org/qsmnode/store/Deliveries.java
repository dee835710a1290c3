package org.qsmnode.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Deliveries in the ledger. Each transition is one durable transaction that checks the state it
 * expects and answers false, changing nothing, when another step was first.
 */
public final class Deliveries {

  private final Database database;
  private final Clock clock;

  public Deliveries(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  static void insert(Sql sql, Clock clock, String jobId, PlannedDelivery delivery)
      throws SQLException {
    sql.update(
        """
        INSERT INTO deliveries (delivery_id, job_id, kind, destination, state, attempts,
            next_attempt_at, updated_at)
        VALUES (?, ?, ?, ?, ?, 0, ?, ?)
        """,
        jobId + "/" + delivery.kind() + "@" + delivery.destination(),
        jobId,
        delivery.kind(),
        delivery.destination(),
        delivery.held() ? DeliveryState.HELD : DeliveryState.PENDING,
        clock.instant(),
        clock.instant());
  }

  /**
   * PENDING to SENDING by this worker, once the time of the attempt has come.
   *
   * @return the delivery with its turn, which the steps that follow ask for; empty when another was
   *     first
   */
  public Optional<DeliveryRow> start(String deliveryId, String worker) {
    return database.writeDurably(
        sql ->
            sql.updateOne(
                    """
                    UPDATE deliveries SET state = 'SENDING', worker = ?, attempts = attempts + 1,
                        turn = turn + 1, updated_at = ?
                    WHERE delivery_id = ? AND state = 'PENDING' AND next_attempt_at <= ?
                    """,
                    worker,
                    clock.instant(),
                    deliveryId,
                    clock.instant())
                ? sql.first(
                    Deliveries::row, "SELECT * FROM deliveries WHERE delivery_id = ?", deliveryId)
                : Optional.empty());
  }

  /** SENDING to DELIVERED; the last delivery of a job makes job and acquisition DELIVERED. */
  public boolean delivered(DeliveryRow sending, String status) {
    return database.writeDurably(
        sql -> {
          JobEnd.lock(sql, sending.jobId());
          if (!finish(sql, sending, DeliveryState.DELIVERED, status, clock.instant())) {
            return false;
          }
          JobEnd.of(sql, clock, sending.jobId());
          return true;
        });
  }

  /** SENDING to HELD: a person has to look before it may be sent. */
  public boolean hold(DeliveryRow sending, String status) {
    return database.writeDurably(
        sql -> finish(sql, sending, DeliveryState.HELD, status, clock.instant()));
  }

  /** SENDING back to PENDING, not before {@code at}. */
  public boolean retry(DeliveryRow sending, String status, Instant at) {
    return database.writeDurably(sql -> finish(sql, sending, DeliveryState.PENDING, status, at));
  }

  /** SENDING to DEAD. */
  public boolean giveUp(DeliveryRow sending, String status) {
    return database.writeDurably(
        sql -> finish(sql, sending, DeliveryState.DEAD, status, clock.instant()));
  }

  /** DEAD to PENDING, with fresh attempts: a person has mended the destination. */
  public boolean revive(String deliveryId) {
    return database.writeDurably(
        sql ->
            sql.updateOne(
                """
                UPDATE deliveries SET state = 'PENDING', attempts = 0, next_attempt_at = ?,
                    updated_at = ?
                WHERE delivery_id = ? AND state = 'DEAD'
                """,
                clock.instant(),
                clock.instant(),
                deliveryId));
  }

  private boolean finish(
      Sql sql, DeliveryRow sending, DeliveryState to, String status, Instant nextAttemptAt)
      throws SQLException {
    return sql.updateOne(
        """
        UPDATE deliveries SET state = ?, worker = NULL, last_status = ?, next_attempt_at = ?,
            updated_at = ?
        WHERE delivery_id = ? AND state = 'SENDING' AND turn = ?
        """,
        to,
        shortened(status),
        nextAttemptAt,
        clock.instant(),
        sending.deliveryId(),
        sending.turn());
  }

  static String shortened(String status) {
    return status.length() <= 255 ? status : status.substring(0, 255);
  }

  /** Pending deliveries whose time has come, oldest first. */
  public List<DeliveryRow> due(Instant now) {
    return database.read(
        sql ->
            sql.list(
                Deliveries::row,
                """
                SELECT * FROM deliveries WHERE state = 'PENDING' AND next_attempt_at <= ?
                ORDER BY next_attempt_at, delivery_id
                """,
                now));
  }

  /** Deliveries in a state, oldest first. */
  public List<DeliveryRow> inState(DeliveryState state) {
    return database.read(
        sql ->
            sql.list(
                Deliveries::row,
                "SELECT * FROM deliveries WHERE state = ? ORDER BY updated_at, delivery_id",
                state));
  }

  /** Number of deliveries in a state. */
  public long count(DeliveryState state) {
    return database.read(
        sql -> sql.count("SELECT count(*) FROM deliveries WHERE state = ?", state));
  }

  public Optional<DeliveryRow> find(String deliveryId) {
    return database.read(
        sql ->
            sql.first(
                Deliveries::row, "SELECT * FROM deliveries WHERE delivery_id = ?", deliveryId));
  }

  public List<DeliveryRow> ofJob(String jobId) {
    return database.read(
        sql ->
            sql.list(
                Deliveries::row,
                "SELECT * FROM deliveries WHERE job_id = ? ORDER BY delivery_id",
                jobId));
  }

  static DeliveryRow row(ResultSet row) throws SQLException {
    return new DeliveryRow(
        row.getString("delivery_id"),
        row.getString("job_id"),
        row.getString("kind"),
        row.getString("destination"),
        DeliveryState.valueOf(row.getString("state")),
        row.getInt("attempts"),
        Sql.instant(row, "next_attempt_at"),
        row.getString("worker"),
        row.getString("last_status"),
        row.getString("transaction_uid"),
        row.getInt("looks"),
        row.getLong("turn"));
  }
}
