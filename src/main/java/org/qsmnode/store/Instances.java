package org.qsmnode.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Received objects and their studies in the ledger. */
public final class Instances {

  private static final String COLUMNS =
      """
      sop_instance_uid, sop_class_uid, study_instance_uid, series_instance_uid, digest, path,
      data_set_bytes, calling_ae, received_at, facts
      """;

  private final Database database;

  public Instances(Database database) {
    this.database = database;
  }

  /** Adds an object whose file is there for certain. */
  public boolean add(InstanceRow row, Instant examineAt) {
    return add(row, examineAt, () -> true);
  }

  /**
   * Adds an object and puts its study on the list for examination, in one transaction. A deletion
   * of its file that is owed from earlier is owed no more; one that is under way is waited for.
   *
   * @param examineAt when the study may be quiet
   * @param present whether the file is there; asked for when nobody can be deleting it any more
   * @return false when the SOP Instance UID is there already; nothing is changed then
   * @throws IllegalStateException if the file was deleted; nothing is changed then
   */
  public boolean add(InstanceRow row, Instant examineAt, BooleanSupplier present) {
    try {
      return insert(row, examineAt, present);
    } catch (LedgerException e) {
      if (!Database.isDuplicate(e)) {
        throw e;
      }
    }
    if (find(row.sopInstanceUid()).isPresent()) {
      return false;
    }
    return insert(row, examineAt, present);
  }

  private boolean insert(InstanceRow row, Instant examineAt, BooleanSupplier present) {
    // an owed deletion that came back in a crash would take the acknowledged file
    database.writeDurablyIf(
        wasOwed -> wasOwed,
        sql -> {
          sql.update(
              "INSERT INTO instances (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              row.sopInstanceUid(),
              row.sopClassUid(),
              row.studyInstanceUid(),
              row.seriesInstanceUid(),
              row.digest(),
              row.path(),
              row.dataSetBytes(),
              row.callingAe(),
              row.receivedAt(),
              row.facts());
          boolean wasOwed = Retention.cancel(sql, Retention.Owed.Kind.RECEIVED, row.path());
          if (!present.getAsBoolean()) {
            throw new IllegalStateException("the file of the object was deleted meanwhile");
          }
          boolean known =
              sql.updateOne(
                  """
                  UPDATE studies SET last_received_at = ?, instance_count = instance_count + 1,
                      calling_ae = ?, examine_at = ?, held_attempts = 0
                  WHERE study_instance_uid = ?
                  """,
                  row.receivedAt(),
                  row.callingAe(),
                  examineAt,
                  row.studyInstanceUid());
          if (!known) {
            sql.update(
                """
                INSERT INTO studies (study_instance_uid, calling_ae, first_received_at,
                    last_received_at, instance_count, examine_at)
                VALUES (?, ?, ?, ?, 1, ?)
                """,
                row.studyInstanceUid(),
                row.callingAe(),
                row.receivedAt(),
                row.receivedAt(),
                examineAt);
          }
          return wasOwed;
        });
    return true;
  }

  public Optional<InstanceRow> find(String sopInstanceUid) {
    return database.read(
        sql ->
            sql.first(
                Instances::instance,
                "SELECT " + COLUMNS + " FROM instances WHERE sop_instance_uid = ?",
                sopInstanceUid));
  }

  /** All objects of a study without their facts, by SOP Instance UID. */
  public List<InstanceRow> ofStudy(String studyInstanceUid) {
    return rowsOf(COLUMNS.replace("facts", "NULL AS facts"), studyInstanceUid);
  }

  /**
   * All objects of a study with their facts, by SOP Instance UID.
   *
   * @param mostCharacters characters that the facts of all objects may have together
   * @throws TooManyFactsException where they have more; none is read then
   */
  public List<InstanceRow> withFacts(String studyInstanceUid, long mostCharacters) {
    long characters =
        database.read(
            sql ->
                sql.count(
                    "SELECT COALESCE(SUM(CHAR_LENGTH(facts)), 0) FROM instances"
                        + " WHERE study_instance_uid = ?",
                    studyInstanceUid));
    if (characters > mostCharacters) {
      throw new TooManyFactsException(characters, mostCharacters);
    }
    return rowsOf(COLUMNS, studyInstanceUid);
  }

  private List<InstanceRow> rowsOf(String columns, String studyInstanceUid) {
    return database.read(
        sql ->
            sql.list(
                Instances::instance,
                "SELECT "
                    + columns
                    + " FROM instances WHERE study_instance_uid = ? ORDER BY sop_instance_uid",
                studyInstanceUid));
  }

  /** Ledger paths of those of the given objects that the ledger knows. */
  public Set<String> pathsOf(Collection<String> sopInstanceUids) {
    return new HashSet<>(
        database.read(
            sql ->
                sql.list(
                    row -> row.getString(1),
                    "SELECT path FROM instances WHERE sop_instance_uid = ANY(?)",
                    sql.texts(sopInstanceUids))));
  }

  /** Studies whose time has come, oldest first. */
  public List<StudyRow> studiesToExamine(Instant now, int atMost) {
    return database.read(
        sql ->
            sql.list(
                Instances::study,
                "SELECT * FROM studies WHERE examine_at <= ? ORDER BY examine_at LIMIT ?",
                now,
                atMost));
  }

  /** True when objects of the study are here that recognition has not looked at for good. */
  public boolean isOpen(String studyInstanceUid) {
    return database.read(
            sql ->
                sql.count(
                    "SELECT count(*) FROM studies"
                        + " WHERE study_instance_uid = ? AND examine_at IS NOT NULL",
                    studyInstanceUid))
        > 0;
  }

  /** What is known of a study from counting. */
  public Optional<StudyRow> study(String studyInstanceUid) {
    return database.read(
        sql ->
            sql.first(
                Instances::study,
                "SELECT * FROM studies WHERE study_instance_uid = ?",
                studyInstanceUid));
  }

  /**
   * Sets the next examination of a study that was examined now, unless objects came since it was
   * read. A study that was held is held no more.
   *
   * @param at null when only a new object can change anything
   */
  public boolean examineNext(StudyRow study, @Nullable Instant at) {
    return database.write(
        sql ->
            sql.updateOne(
                """
                UPDATE studies SET examine_at = ?, held_reason = NULL
                WHERE study_instance_uid = ? AND instance_count = ? AND last_received_at = ?
                """,
                at,
                study.studyInstanceUid(),
                study.instanceCount(),
                study.lastReceivedAt()));
  }

  /**
   * Sets a study aside that could not be examined. An object that came since {@code examined}, or
   * comes now, has it examined as soon as the study is quiet.
   *
   * @param reason why, without values of attributes; cut at 255 characters
   * @param examined when studies that were due were read
   * @param at when it is examined again, if not sooner
   */
  public void hold(String studyInstanceUid, String reason, Instant examined, Instant at) {
    database.writeDurably(
        sql ->
            sql.updateOne(
                """
                UPDATE studies SET held_reason = ?, held_attempts = held_attempts + 1,
                    examine_at = CASE WHEN examine_at > ? AND examine_at < ?
                      THEN examine_at ELSE ? END
                WHERE study_instance_uid = ?
                """,
                reason.length() <= 255 ? reason : reason.substring(0, 255),
                examined,
                at,
                at,
                studyInstanceUid));
  }

  /** Studies that are held, by UID. */
  public List<StudyRow> held(int atMost) {
    return database.read(
        sql ->
            sql.list(
                Instances::study,
                "SELECT * FROM studies WHERE held_reason IS NOT NULL"
                    + " ORDER BY study_instance_uid LIMIT ?",
                atMost));
  }

  /** Number of studies that are held. */
  public long countHeld() {
    return database.read(
        sql -> sql.count("SELECT count(*) FROM studies WHERE held_reason IS NOT NULL"));
  }

  /** Number of objects in the ledger. */
  public long count() {
    return database.read(sql -> sql.count("SELECT count(*) FROM instances"));
  }

  private static InstanceRow instance(ResultSet row) throws SQLException {
    return new InstanceRow(
        row.getString("sop_instance_uid"),
        row.getString("sop_class_uid"),
        row.getString("study_instance_uid"),
        row.getString("series_instance_uid"),
        row.getString("digest"),
        row.getString("path"),
        row.getLong("data_set_bytes"),
        row.getString("calling_ae"),
        Sql.instant(row, "received_at"),
        row.getString("facts"));
  }

  private static StudyRow study(ResultSet row) throws SQLException {
    return new StudyRow(
        row.getString("study_instance_uid"),
        row.getString("calling_ae"),
        Sql.instant(row, "first_received_at"),
        Sql.instant(row, "last_received_at"),
        row.getInt("instance_count"),
        Optional.ofNullable(row.getString("held_reason")),
        row.getInt("held_attempts"));
  }
}
