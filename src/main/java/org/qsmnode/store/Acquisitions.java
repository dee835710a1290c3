package org.qsmnode.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qsmnode.digest.Digests;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;

/**
 * Acquisitions in the ledger. Each transition is one transaction that checks the state it expects
 * and answers false, changing nothing, when another step was first.
 */
public final class Acquisitions {

  private final Database database;
  private final Clock clock;

  public Acquisitions(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Notes what recognition sees of an acquisition now. A new one starts as RECEIVING. One that was
   * settled without a job (REFUSED, INCOMPLETE) or has an unsent job is opened again when its
   * objects changed. Its unsent job is superseded. One whose result was already on its way is
   * opened too, and its result stays.
   *
   * @return the row as it stands afterwards
   */
  public AcquisitionRow observe(
      String acquisitionId,
      String studyInstanceUid,
      Collection<String> sopInstanceUids,
      int echoes,
      int slices) {
    String digest = Digests.ofUids(sopInstanceUids);
    Optional<AcquisitionRow> known = find(acquisitionId);
    if (known.isEmpty()) {
      return database.writeDurably(
          sql -> {
            sql.update(
                """
                INSERT INTO acquisitions (acquisition_id, study_instance_uid, state, source_digest,
                    instance_count, echoes, slices, updated_at)
                VALUES (?, ?, 'RECEIVING', ?, ?, ?, ?, ?)
                """,
                acquisitionId,
                studyInstanceUid,
                digest,
                sopInstanceUids.size(),
                echoes,
                slices,
                clock.instant());
            enter(sql, clock, acquisitionId, null, AcquisitionState.RECEIVING, null);
            return select(sql, acquisitionId).orElseThrow();
          });
    }
    if (known.get().sourceDigest().equals(digest)) {
      return known.get();
    }
    return database.writeDurably(
        sql -> {
          Jobs.supersedeUnsent(sql, clock, acquisitionId);
          sql.update(
              """
              UPDATE acquisitions SET state = 'RECEIVING', reason_code = NULL, reason = NULL,
                  source_digest = ?, instance_count = ?, echoes = ?, slices = ?, updated_at = ?
              WHERE acquisition_id = ?
              """,
              digest,
              sopInstanceUids.size(),
              echoes,
              slices,
              clock.instant(),
              acquisitionId);
          if (known.get().state() != AcquisitionState.RECEIVING) {
            enter(sql, clock, acquisitionId, null, AcquisitionState.RECEIVING, null);
          }
          return select(sql, acquisitionId).orElseThrow();
        });
  }

  /** RECEIVING to COMPLETE, for the objects with this digest. */
  public boolean complete(String acquisitionId, String sourceDigest) {
    return database.writeDurably(
        sql -> move(sql, acquisitionId, sourceDigest, AcquisitionState.COMPLETE, Optional.empty()));
  }

  /** RECEIVING to REFUSED, for the objects with this digest. */
  public boolean refuse(String acquisitionId, String sourceDigest, Reason reason) {
    return database.writeDurably(
        sql ->
            move(sql, acquisitionId, sourceDigest, AcquisitionState.REFUSED, Optional.of(reason)));
  }

  /** RECEIVING to INCOMPLETE, for the objects with this digest. */
  public boolean incomplete(String acquisitionId, String sourceDigest, Reason reason) {
    return database.writeDurably(
        sql ->
            move(
                sql,
                acquisitionId,
                sourceDigest,
                AcquisitionState.INCOMPLETE,
                Optional.of(reason)));
  }

  private boolean move(
      Sql sql,
      String acquisitionId,
      String sourceDigest,
      AcquisitionState to,
      Optional<Reason> reason)
      throws SQLException {
    boolean moved =
        sql.updateOne(
            """
            UPDATE acquisitions SET state = ?, reason_code = ?, reason = ?, updated_at = ?
            WHERE acquisition_id = ? AND state = 'RECEIVING' AND source_digest = ?
            """,
            to,
            code(reason),
            sentence(reason),
            clock.instant(),
            acquisitionId,
            sourceDigest);
    if (moved) {
      enter(sql, clock, acquisitionId, null, to, code(reason));
    }
    return moved;
  }

  /**
   * Forgets acquisitions of a study that recognition no longer sees because their objects now
   * belong to others, as long as they never had a job.
   */
  public void forgetOthers(String studyInstanceUid, Collection<String> acquisitionIds) {
    database.write(
        sql ->
            sql.update(
                """
                DELETE FROM acquisitions
                WHERE study_instance_uid = ? AND job_id IS NULL
                  AND state IN ('RECEIVING', 'COMPLETE', 'REFUSED', 'INCOMPLETE')
                  AND NOT (acquisition_id = ANY(?))
                """,
                studyInstanceUid,
                sql.texts(acquisitionIds)));
  }

  public Optional<AcquisitionRow> find(String acquisitionId) {
    return database.read(sql -> select(sql, acquisitionId));
  }

  public List<AcquisitionRow> ofStudy(String studyInstanceUid) {
    return database.read(
        sql ->
            sql.list(
                Acquisitions::row,
                "SELECT * FROM acquisitions WHERE study_instance_uid = ? ORDER BY acquisition_id",
                studyInstanceUid));
  }

  public List<AcquisitionRow> inState(AcquisitionState state) {
    return database.read(
        sql ->
            sql.list(
                Acquisitions::row,
                "SELECT * FROM acquisitions WHERE state = ? ORDER BY updated_at",
                state));
  }

  /** COMPLETE acquisitions of studies that are not held, oldest first. */
  public List<AcquisitionRow> toQueue() {
    return database.read(
        sql ->
            sql.list(
                Acquisitions::row,
                """
                SELECT a.* FROM acquisitions a
                WHERE a.state = 'COMPLETE'
                  AND NOT EXISTS (SELECT 1 FROM studies s
                    WHERE s.study_instance_uid = a.study_instance_uid
                      AND s.held_reason IS NOT NULL)
                ORDER BY a.updated_at
                """));
  }

  /** Number of acquisitions in a state. */
  public long count(AcquisitionState state) {
    return database.read(
        sql -> sql.count("SELECT count(*) FROM acquisitions WHERE state = ?", state));
  }

  public List<AcquisitionRow> all() {
    return database.read(
        sql -> sql.list(Acquisitions::row, "SELECT * FROM acquisitions ORDER BY updated_at"));
  }

  /** What happened to an acquisition, oldest first. */
  public List<HistoryRow> history(String acquisitionId) {
    return database.read(
        sql ->
            sql.list(
                row ->
                    new HistoryRow(
                        row.getString("acquisition_id"),
                        row.getString("job_id"),
                        Sql.instant(row, "entered_at"),
                        AcquisitionState.valueOf(row.getString("state")),
                        row.getString("reason_code")),
                "SELECT * FROM acquisition_history WHERE acquisition_id = ? ORDER BY entry",
                acquisitionId));
  }

  static void enter(
      Sql sql,
      Clock clock,
      String acquisitionId,
      @Nullable String jobId,
      AcquisitionState state,
      @Nullable String reasonCode)
      throws SQLException {
    sql.update(
        """
        INSERT INTO acquisition_history (acquisition_id, job_id, entered_at, state, reason_code)
        VALUES (?, ?, ?, ?, ?)
        """,
        acquisitionId,
        jobId,
        clock.instant(),
        state,
        reasonCode);
  }

  static @Nullable String code(Optional<Reason> reason) {
    return reason.map(r -> r.code().name()).orElse(null);
  }

  static @Nullable String sentence(Optional<Reason> reason) {
    return reason.map(r -> cut(r.sentence())).orElse(null);
  }

  static Optional<Reason> reason(ResultSet row) throws SQLException {
    String code = row.getString("reason_code");
    String sentence = row.getString("reason");
    return code == null || sentence == null
        ? Optional.empty()
        : Optional.of(new Reason(ReasonCode.valueOf(code), sentence));
  }

  private static String cut(String sentence) {
    return sentence.length() <= 1024 ? sentence : sentence.substring(0, 1024);
  }

  private static Optional<AcquisitionRow> select(Sql sql, String acquisitionId)
      throws SQLException {
    return sql.first(
        Acquisitions::row, "SELECT * FROM acquisitions WHERE acquisition_id = ?", acquisitionId);
  }

  private static AcquisitionRow row(ResultSet row) throws SQLException {
    Instant updatedAt = Sql.instant(row, "updated_at");
    return new AcquisitionRow(
        row.getString("acquisition_id"),
        row.getString("study_instance_uid"),
        AcquisitionState.valueOf(row.getString("state")),
        reason(row),
        row.getString("source_digest"),
        row.getInt("instance_count"),
        row.getInt("echoes"),
        row.getInt("slices"),
        row.getString("job_id"),
        updatedAt);
  }
}
