package org.qsmnode.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.qsmnode.digest.Digests;

/** The list of what is done again at night, or when somebody asks for it. */
public final class Reprocessing {

  private static final String PAUSED = "paused";
  private static final String NIGHT = "night";
  private static final String NIGHT_LIVES = Nodes.WORKER_LIVES.formatted("night");

  private final Database database;
  private final Clock clock;

  public Reprocessing(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Jobs of a study that came only because the night fetched it can wait. */
  static Urgency urgency(Sql sql, String studyInstanceUid) throws SQLException {
    return sql.count(
                """
                SELECT count(*) FROM reprocessing
                WHERE study_instance_uid = ? AND kind = 'FETCH' AND state = 'RUNNING'
                """,
                studyInstanceUid)
            > 0
        ? Urgency.NIGHT
        : Urgency.CLINICAL;
  }

  /**
   * Adds items that are not on the list. One that FAILED is planned again. One that waits for the
   * night is asked for if the new one is.
   *
   * @return how many are new or planned again
   */
  public int plan(Collection<ReprocessingItem> items) {
    return database.writeDurably(
        sql -> {
          int planned = 0;
          for (ReprocessingItem item : items) {
            planned += plan(sql, item) ? 1 : 0;
          }
          return planned;
        });
  }

  private boolean plan(Sql sql, ReprocessingItem item) throws SQLException {
    if (sql.updateOne(
        """
        UPDATE reprocessing SET state = 'PLANNED', attempts = 0, next_attempt_at = ?, asked = ?,
            planned_at = ?, started_at = NULL, updated_at = ?
        WHERE item_id = ? AND (state = 'FAILED' OR (state = 'DONE' AND ?))
        """,
        item.nextAttemptAt(),
        item.asked(),
        clock.instant(),
        clock.instant(),
        item.itemId(),
        item.asked())) {
      return true;
    }
    if (item.asked()) {
      sql.update(
          "UPDATE reprocessing SET asked = TRUE WHERE item_id = ? AND state = 'PLANNED'",
          item.itemId());
    }
    return sql.count("SELECT count(*) FROM reprocessing WHERE item_id = ?", item.itemId()) == 0
        && sql.updateOne(
            """
            INSERT INTO reprocessing (item_id, kind, study_instance_uid, subject, state, asked,
                attempts, next_attempt_at, planned_at, updated_at)
            VALUES (?, ?, ?, ?, 'PLANNED', ?, 0, ?, ?, ?)
            """,
            item.itemId(),
            item.kind(),
            item.studyInstanceUid(),
            item.subject(),
            item.asked(),
            item.nextAttemptAt(),
            clock.instant(),
            clock.instant());
  }

  /**
   * PLANNED to RUNNING on this worker.
   *
   * @return the item with its turn, which the steps that follow ask for; empty when another was
   *     first
   */
  public Optional<ReprocessingItem> start(String itemId, String worker) {
    return database.writeDurably(
        sql ->
            sql.updateOne(
                    """
                    UPDATE reprocessing SET state = 'RUNNING', worker = ?, attempts = attempts + 1,
                        turn = turn + 1, started_at = ?, updated_at = ?
                    WHERE item_id = ? AND state = 'PLANNED'
                    """,
                    worker,
                    clock.instant(),
                    clock.instant(),
                    itemId)
                ? sql.first(
                    Reprocessing::row, "SELECT * FROM reprocessing WHERE item_id = ?", itemId)
                : Optional.empty());
  }

  /** RUNNING back to PLANNED, not before {@code at}. */
  public boolean retry(ReprocessingItem running, String outcome, Instant at) {
    return end(running, ReprocessingItem.State.PLANNED, outcome, at);
  }

  /** RUNNING to DONE. */
  public boolean done(ReprocessingItem running, String outcome) {
    return end(running, ReprocessingItem.State.DONE, outcome, clock.instant());
  }

  /** RUNNING to FAILED; the next night's plan may take it up again. */
  public boolean fail(ReprocessingItem running, String outcome) {
    return end(running, ReprocessingItem.State.FAILED, outcome, clock.instant());
  }

  private boolean end(
      ReprocessingItem running, ReprocessingItem.State to, String outcome, Instant at) {
    return database.writeDurably(
        sql ->
            sql.updateOne(
                """
                UPDATE reprocessing SET state = ?, outcome = ?, next_attempt_at = ?, worker = NULL,
                    updated_at = ?
                WHERE item_id = ? AND state = 'RUNNING' AND turn = ?
                """,
                to,
                outcome.length() <= 1024 ? outcome : outcome.substring(0, 1024),
                at,
                clock.instant(),
                running.itemId(),
                running.turn()));
  }

  /**
   * Adds a job for objects that have a result, to be made by another recipe, once. The acquisition
   * keeps the result it has until the new one is approved.
   *
   * @return the new job's id. Empty when it is there, when another job has made the result by this
   *     recipe, or when a waiting job will make it
   */
  public Optional<String> redo(JobRow done, String recipe) {
    String digest = Digests.ofUids(done.sources());
    String jobId = redoId(done, recipe);
    return database.writeDurably(
        sql -> {
          if (sql.count(
                  """
                  SELECT count(*) FROM jobs WHERE job_id = ?
                    OR (acquisition_id = ? AND source_digest = ?
                      AND (state IN ('QUEUED', 'RUNNING')
                        OR (recipe = ? AND state IN ('READY', 'DELIVERED'))))
                  """,
                  jobId,
                  done.acquisitionId(),
                  digest,
                  recipe)
              > 0) {
            return Optional.empty();
          }
          sql.update(
              """
              INSERT INTO jobs (job_id, acquisition_id, study_instance_uid, source_digest, sources,
                  urgency, recipe, state, attempts, next_attempt_at, created_at, updated_at)
              VALUES (?, ?, ?, ?, ?, 'NIGHT', ?, 'QUEUED', 0, ?, ?, ?)
              """,
              jobId,
              done.acquisitionId(),
              done.studyInstanceUid(),
              digest,
              String.join("\n", done.sources()),
              recipe,
              clock.instant(),
              clock.instant(),
              clock.instant());
          return Optional.of(jobId);
        });
  }

  /**
   * The job that makes the result of another again by a recipe. It is the one made for that, or one
   * of the same objects that waits or has made it. Empty when there is none yet.
   */
  public Optional<JobRow> remake(JobRow done, String recipe) {
    return database.read(
        sql ->
            sql.first(
                Jobs::row,
                """
                SELECT * FROM jobs WHERE job_id = ?
                  OR (acquisition_id = ? AND source_digest = ?
                    AND (state IN ('QUEUED', 'RUNNING')
                      OR (recipe = ? AND state IN ('READY', 'DELIVERED'))))
                ORDER BY CASE WHEN job_id = ? THEN 0 ELSE 1 END, created_at DESC
                """,
                redoId(done, recipe),
                done.acquisitionId(),
                Digests.ofUids(done.sources()),
                recipe,
                redoId(done, recipe)));
  }

  /** Id of the job that makes the result of another again by another recipe. */
  private static String redoId(JobRow done, String recipe) {
    return done.acquisitionId()
        + "-"
        + Digests.ofUids(done.sources()).substring(0, 16)
        + "-"
        + recipe.substring(0, 8);
  }

  /** FAILED to QUEUED with fresh attempts, and its acquisition with it. */
  public boolean again(String jobId) {
    return database.writeDurably(
        sql -> {
          if (!sql.updateOne(
              """
              UPDATE jobs SET state = 'QUEUED', attempts = 0, next_attempt_at = ?, urgency = 'NIGHT',
                  reason_code = NULL, reason = NULL, updated_at = ?
              WHERE job_id = ? AND state = 'FAILED'
              """,
              clock.instant(),
              clock.instant(),
              jobId)) {
            return false;
          }
          sql.update(
              "UPDATE acquisitions SET state = 'QUEUED', updated_at = ?"
                  + " WHERE job_id = ? AND state = 'FAILED'",
              clock.instant(),
              jobId);
          Jobs.follow(sql, clock, jobId, AcquisitionState.QUEUED, Optional.empty());
          return true;
        });
  }

  /** Planned items whose time has come: those that were asked for first, then the oldest. */
  public List<ReprocessingItem> due(Instant now) {
    return database.read(
        sql ->
            sql.list(
                Reprocessing::row,
                """
                SELECT * FROM reprocessing WHERE state = 'PLANNED' AND next_attempt_at <= ?
                ORDER BY asked DESC, planned_at, item_id
                """,
                now));
  }

  public List<ReprocessingItem> inState(ReprocessingItem.State state) {
    return database.read(
        sql ->
            sql.list(
                Reprocessing::row,
                "SELECT * FROM reprocessing WHERE state = ? ORDER BY planned_at, item_id",
                state));
  }

  public List<ReprocessingItem> all() {
    return database.read(
        sql ->
            sql.list(Reprocessing::row, "SELECT * FROM reprocessing ORDER BY planned_at, item_id"));
  }

  public Optional<ReprocessingItem> find(String itemId) {
    return database.read(
        sql ->
            sql.first(Reprocessing::row, "SELECT * FROM reprocessing WHERE item_id = ?", itemId));
  }

  /** Items that nobody asked for and that were started since {@code since}: they use the quota. */
  public long startedSince(Instant since) {
    return database.read(
        sql ->
            sql.count(
                "SELECT count(*) FROM reprocessing WHERE NOT asked AND started_at >= ?", since));
  }

  /** Whether a person has paused the night's work. */
  public boolean paused() {
    return "true".equals(stateOf(PAUSED));
  }

  public void pause(boolean paused) {
    set(PAUSED, Boolean.toString(paused));
  }

  /**
   * Claims the planning of a night, which nobody has planned and nobody else alive is planning.
   *
   * @param night name of the night, for example its date
   * @param worker who plans it
   * @return false when it was planned already, or is being planned
   */
  public boolean beginNight(String night, String worker) {
    String open =
        " AND (state <> ? OR worker = ? OR (worker IS NOT NULL AND NOT " + NIGHT_LIVES + "))";
    try {
      return database.writeDurably(
          sql ->
              sql.updateOne(
                      "UPDATE night SET state = ?, worker = ? WHERE name = ?" + open,
                      night,
                      worker,
                      NIGHT,
                      night,
                      worker)
                  || (sql.count("SELECT count(*) FROM night WHERE name = ?", NIGHT) == 0
                      && sql.updateOne(
                          "INSERT INTO night (name, state, worker) VALUES (?, ?, ?)",
                          NIGHT,
                          night,
                          worker)));
    } catch (LedgerException e) {
      if (Database.isDuplicate(e)) {
        return false;
      }
      throw e;
    }
  }

  /** The night that this worker plans is planned: what there is to do is on the list. */
  public void nightPlanned(String worker) {
    database.writeDurably(
        sql ->
            sql.update(
                "UPDATE night SET worker = NULL WHERE name = ? AND worker = ?", NIGHT, worker));
  }

  /** Gives a night back that this worker could not plan. */
  public void forgetNight(String worker) {
    database.writeDurably(
        sql -> sql.update("DELETE FROM night WHERE name = ? AND worker = ?", NIGHT, worker));
  }

  private String stateOf(String name) {
    return database
        .read(
            sql ->
                sql.first(row -> row.getString(1), "SELECT state FROM night WHERE name = ?", name))
        .orElse("");
  }

  private void set(String name, String state) {
    database.writeDurably(
        sql -> {
          sql.update("DELETE FROM night WHERE name = ?", name);
          return sql.update("INSERT INTO night (name, state) VALUES (?, ?)", name, state);
        });
  }

  private static ReprocessingItem row(ResultSet row) throws SQLException {
    OffsetDateTime started = row.getObject("started_at", OffsetDateTime.class);
    return new ReprocessingItem(
        row.getString("item_id"),
        ReprocessingItem.Kind.valueOf(row.getString("kind")),
        row.getString("study_instance_uid"),
        row.getString("subject"),
        ReprocessingItem.State.valueOf(row.getString("state")),
        row.getBoolean("asked"),
        row.getInt("attempts"),
        Sql.instant(row, "next_attempt_at"),
        row.getString("worker"),
        row.getString("outcome"),
        started == null ? null : started.toInstant(),
        row.getLong("turn"));
  }
}
