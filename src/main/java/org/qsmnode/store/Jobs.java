package org.qsmnode.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.qsmnode.digest.Digests;
import org.qsmnode.series.header.Reason;

/**
 * Jobs and their results in the ledger. Each transition is one durable transaction that moves the
 * job and its acquisition together. It checks the state it expects. When another step was first, it
 * changes nothing and answers false.
 */
public final class Jobs {

  private final Database database;
  private final Clock clock;

  public Jobs(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * COMPLETE to QUEUED: adds the job for an acquisition's present objects, once. When the same
   * objects already have a result, the acquisition takes that result's state instead.
   *
   * @return the job's id, empty when another step was first
   */
  public Optional<String> queue(AcquisitionRow acquisition, Collection<String> sources) {
    String digest = Digests.ofUids(sources);
    if (!digest.equals(acquisition.sourceDigest())) {
      throw new IllegalArgumentException("sources are not the objects of the acquisition");
    }
    String jobId = acquisition.acquisitionId() + "-" + digest.substring(0, 16);
    return database.writeDurably(
        sql -> {
          Optional<JobState> known =
              sql.first(
                  row -> JobState.valueOf(row.getString(1)),
                  "SELECT state FROM jobs WHERE job_id = ?",
                  jobId);
          AcquisitionState to = known.map(Jobs::standing).orElse(AcquisitionState.QUEUED);
          boolean moved =
              sql.updateOne(
                  """
                  UPDATE acquisitions SET state = ?, job_id = ?, updated_at = ?
                  WHERE acquisition_id = ? AND state = 'COMPLETE' AND source_digest = ?
                  """,
                  to,
                  jobId,
                  clock.instant(),
                  acquisition.acquisitionId(),
                  digest);
          if (!moved) {
            return Optional.empty();
          }
          if (known.isEmpty()) {
            insert(sql, jobId, acquisition, sources);
          } else if (to == AcquisitionState.QUEUED) {
            startOver(sql, jobId);
          }
          Acquisitions.enter(sql, clock, acquisition.acquisitionId(), jobId, to, null);
          return Optional.of(jobId);
        });
  }

  private static AcquisitionState standing(JobState state) {
    return switch (state) {
      case RUNNING -> AcquisitionState.RUNNING;
      case READY -> AcquisitionState.READY;
      case DELIVERED -> AcquisitionState.DELIVERED;
      case QUEUED, REFUSED, FAILED, SUPERSEDED -> AcquisitionState.QUEUED;
    };
  }

  private void insert(Sql sql, String jobId, AcquisitionRow acquisition, Collection<String> sources)
      throws SQLException {
    sql.update(
        """
        INSERT INTO jobs (job_id, acquisition_id, study_instance_uid, source_digest, sources,
            urgency, state, attempts, next_attempt_at, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, 'QUEUED', 0, ?, ?, ?)
        """,
        jobId,
        acquisition.acquisitionId(),
        acquisition.studyInstanceUid(),
        acquisition.sourceDigest(),
        String.join("\n", sources.stream().sorted().distinct().toList()),
        Reprocessing.urgency(sql, acquisition.studyInstanceUid()),
        clock.instant(),
        clock.instant(),
        clock.instant());
  }

  private void startOver(Sql sql, String jobId) throws SQLException {
    Results.withdraw(sql, jobId);
    sql.update(
        """
        UPDATE jobs SET state = 'QUEUED', attempts = 0, next_attempt_at = ?, reason_code = NULL,
            reason = NULL, updated_at = ?
        WHERE job_id = ?
        """,
        clock.instant(),
        clock.instant(),
        jobId);
  }

  /**
   * QUEUED to RUNNING on this worker, once the time of the attempt has come.
   *
   * @return the job with its turn, which the steps that follow ask for; empty when another was
   *     first
   */
  public Optional<JobRow> start(String jobId, String worker) {
    return database.writeDurably(
        sql -> {
          boolean moved =
              sql.updateOne(
                  """
                  UPDATE jobs SET state = 'RUNNING', worker = ?, attempts = attempts + 1,
                      turn = turn + 1, updated_at = ?
                  WHERE job_id = ? AND state = 'QUEUED' AND next_attempt_at <= ?
                  """,
                  worker,
                  clock.instant(),
                  jobId,
                  clock.instant());
          if (moved) {
            follow(sql, jobId, AcquisitionState.RUNNING, Optional.empty());
          }
          return moved
              ? sql.first(Jobs::row, "SELECT * FROM jobs WHERE job_id = ?", jobId)
              : Optional.empty();
        });
  }

  /** True while the job is RUNNING in the turn it was started in: nobody has taken it over. */
  public boolean holds(JobRow running) {
    return database.read(
            sql ->
                sql.count(
                    "SELECT count(*) FROM jobs WHERE job_id = ? AND state = 'RUNNING' AND turn = ?",
                    running.jobId(),
                    running.turn()))
        == 1;
  }

  /**
   * RUNNING to READY. The files are on disk, are put in their place, and are from now on the
   * result. The planned deliveries are pending, or held until somebody approves.
   *
   * @param recipe digest of software, model and configuration that made them
   * @throws UidConflictException if a UID was issued before with other bytes; nothing has changed
   */
  public boolean ready(
      JobRow running,
      String recipe,
      List<ResultSeries> results,
      Collection<PlannedDelivery> deliveries,
      Publication files) {
    return database.writeDurably(
        sql -> {
          if (!settle(sql, running, JobState.READY, Optional.empty())) {
            return false;
          }
          String jobId = running.jobId();
          sql.update("UPDATE jobs SET recipe = ? WHERE job_id = ?", recipe, jobId);
          for (ResultSeries series : results) {
            Results.insert(sql, jobId, series);
          }
          for (PlannedDelivery delivery : deliveries) {
            Deliveries.insert(sql, clock, jobId, delivery);
          }
          publish(sql, jobId, files);
          return true;
        });
  }

  /** RUNNING to REFUSED: the pixels showed what the headers did not. */
  public boolean refuse(JobRow running, Reason reason, Publication files) {
    return database.writeDurably(
        sql -> {
          boolean refused = settle(sql, running, JobState.REFUSED, Optional.of(reason));
          if (refused) {
            publish(sql, running.jobId(), files);
          }
          return refused;
        });
  }

  private static void publish(Sql sql, String jobId, Publication files) throws SQLException {
    Retention.cancel(sql, Retention.Owed.Kind.RESULTS, jobId);
    try {
      files.publish();
    } catch (IOException e) {
      throw new UncheckedIOException("the files cannot be put in their place", e);
    }
  }

  /** RUNNING to FAILED, for good. */
  public boolean fail(JobRow running, Reason reason) {
    return database.writeDurably(sql -> settle(sql, running, JobState.FAILED, Optional.of(reason)));
  }

  /** RUNNING back to QUEUED, not before {@code at}. */
  public boolean retry(JobRow running, Instant at) {
    return database.writeDurably(
        sql -> {
          boolean moved =
              sql.updateOne(
                  """
                  UPDATE jobs SET state = 'QUEUED', worker = NULL, next_attempt_at = ?,
                      updated_at = ?
                  WHERE job_id = ? AND state = 'RUNNING' AND turn = ?
                  """,
                  at,
                  clock.instant(),
                  running.jobId(),
                  running.turn());
          if (moved) {
            follow(sql, running.jobId(), AcquisitionState.QUEUED, Optional.empty());
          }
          return moved;
        });
  }

  private boolean settle(Sql sql, JobRow running, JobState to, Optional<Reason> reason)
      throws SQLException {
    boolean moved =
        sql.updateOne(
            """
            UPDATE jobs SET state = ?, worker = NULL, reason_code = ?, reason = ?, updated_at = ?
            WHERE job_id = ? AND state = 'RUNNING' AND turn = ?
            """,
            to,
            Acquisitions.code(reason),
            Acquisitions.sentence(reason),
            clock.instant(),
            running.jobId(),
            running.turn());
    if (moved) {
      follow(sql, running.jobId(), AcquisitionState.valueOf(to.name()), reason);
    }
    return moved;
  }

  /** Moves the acquisition with its job, unless a newer job or a late object took it over. */
  private void follow(Sql sql, String jobId, AcquisitionState to, Optional<Reason> reason)
      throws SQLException {
    follow(sql, clock, jobId, to, reason);
  }

  static void follow(
      Sql sql, Clock clock, String jobId, AcquisitionState to, Optional<Reason> reason)
      throws SQLException {
    Optional<String> acquisition =
        sql.first(
            row -> row.getString(1),
            "SELECT acquisition_id FROM acquisitions WHERE job_id = ?"
                + " AND state IN ('QUEUED', 'RUNNING', 'READY') FOR UPDATE",
            jobId);
    if (acquisition.isPresent()) {
      sql.update(
          """
          UPDATE acquisitions SET state = ?, reason_code = ?, reason = ?, updated_at = ?
          WHERE acquisition_id = ?
          """,
          to,
          Acquisitions.code(reason),
          Acquisitions.sentence(reason),
          clock.instant(),
          acquisition.get());
      Acquisitions.enter(sql, clock, acquisition.get(), jobId, to, Acquisitions.code(reason));
    }
  }

  /** Supersedes the jobs of an acquisition of which nothing was sent yet. */
  static void supersedeUnsent(Sql sql, Clock clock, String acquisitionId) throws SQLException {
    String unsent =
        """
        acquisition_id = ? AND (state IN ('QUEUED', 'RUNNING') OR (state = 'READY'
          AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.job_id = jobs.job_id
            AND (d.attempts > 0 OR d.state NOT IN ('PENDING', 'CANCELLED')))))
        """;
    for (String jobId :
        sql.list(
            row -> row.getString(1), "SELECT job_id FROM jobs WHERE " + unsent, acquisitionId)) {
      sql.update(
          """
          UPDATE deliveries SET state = 'CANCELLED', updated_at = ?
          WHERE job_id = ? AND state = 'PENDING'
          """,
          clock.instant(),
          jobId);
      sql.update(
          """
          UPDATE jobs SET state = 'SUPERSEDED', worker = NULL, updated_at = ? WHERE job_id = ?
          """,
          clock.instant(),
          jobId);
    }
  }

  /** Jobs that this worker runs while it is told to stop wait again; the attempt does not count. */
  public int handBack(String worker) {
    return database.writeDurably(
        sql -> {
          List<String> running =
              sql.list(
                  row -> row.getString(1),
                  "SELECT job_id FROM jobs WHERE state = 'RUNNING' AND worker = ? FOR UPDATE",
                  worker);
          for (String jobId : running) {
            sql.update(
                """
                UPDATE jobs SET state = 'QUEUED', worker = NULL, attempts = attempts - 1,
                    updated_at = ?
                WHERE job_id = ?
                """,
                clock.instant(),
                jobId);
            follow(sql, jobId, AcquisitionState.QUEUED, Optional.empty());
          }
          return running.size();
        });
  }

  /** Queued jobs whose time has come, clinical ones first, then the oldest. */
  public List<JobRow> due(Instant now) {
    return database.read(
        sql ->
            sql.list(
                Jobs::row,
                """
                SELECT * FROM jobs WHERE state = 'QUEUED' AND next_attempt_at <= ?
                ORDER BY CASE urgency WHEN 'CLINICAL' THEN 0 ELSE 1 END, created_at, job_id
                """,
                now));
  }

  public Optional<JobRow> find(String jobId) {
    return database.read(sql -> sql.first(Jobs::row, "SELECT * FROM jobs WHERE job_id = ?", jobId));
  }

  /** Jobs in a state, oldest first. */
  public List<JobRow> inState(JobState state) {
    return database.read(
        sql ->
            sql.list(
                Jobs::row,
                "SELECT * FROM jobs WHERE state = ? ORDER BY created_at, job_id",
                state));
  }

  public List<JobRow> all() {
    return database.read(sql -> sql.list(Jobs::row, "SELECT * FROM jobs ORDER BY created_at"));
  }

  static JobRow row(ResultSet row) throws SQLException {
    return new JobRow(
        row.getString("job_id"),
        row.getString("acquisition_id"),
        row.getString("study_instance_uid"),
        List.of(row.getString("sources").split("\n")),
        JobState.valueOf(row.getString("state")),
        row.getInt("attempts"),
        Sql.instant(row, "next_attempt_at"),
        row.getString("worker"),
        Acquisitions.reason(row),
        Urgency.valueOf(row.getString("urgency")),
        row.getString("recipe"),
        Sql.instant(row, "created_at"),
        row.getLong("turn"));
  }
}
