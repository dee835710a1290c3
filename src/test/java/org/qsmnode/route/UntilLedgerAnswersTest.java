package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.store.AcquisitionRow;
import org.qsmnode.store.Database;
import org.qsmnode.store.DatabaseSettings;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.JobState;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.LedgerException;

/** The end of a job meets a database whose table of jobs is away for a while. */
class UntilLedgerAnswersTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;
  private Ledger ledger;
  private JobRow job;
  private final AtomicInteger tries = new AtomicInteger();

  @BeforeEach
  void aJobRuns() {
    ledger =
        Ledger.on(
            Database.open(DatabaseSettings.embedded(folder)), Clock.fixed(NOW, ZoneOffset.UTC));
    List<String> sources = List.of("1.1");
    AcquisitionRow row = ledger.acquisitions().observe("a-1", "9", sources, 3, 16);
    ledger.acquisitions().complete("a-1", row.sourceDigest());
    String id =
        ledger.jobs().queue(ledger.acquisitions().find("a-1").orElseThrow(), sources).orElseThrow();
    job = ledger.jobs().start(id, "n1").orElseThrow();
  }

  @AfterEach
  void close() {
    ledger.database().close();
  }

  private boolean again() {
    tries.incrementAndGet();
    return ledger.jobs().retry(job, NOW);
  }

  private CompletableFuture<Boolean> settling() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return UntilLedgerAnswers.run(ledger.database(), this::again);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void awaitFirstFailure(CompletableFuture<Boolean> settling) {
    Awaitility.await().until(() -> tries.get() > 1 || settling.isDone());
  }

  @Test
  void aStepThatMetAnOutageIsDoneWhenTheDatabaseIsBack() throws Exception {
    sql("ALTER TABLE jobs RENAME TO away");
    CompletableFuture<Boolean> settling = settling();
    awaitFirstFailure(settling);
    sql("ALTER TABLE away RENAME TO jobs");
    assertTrue(settling.get(20, TimeUnit.SECONDS));
    assertEquals(JobState.QUEUED, ledger.jobs().find(job.jobId()).orElseThrow().state());
  }

  @Test
  void aStepEndsWithItsDatabase() throws Exception {
    sql("ALTER TABLE jobs RENAME TO away");
    CompletableFuture<Boolean> settling = settling();
    awaitFirstFailure(settling);
    ledger.database().close();
    Exception end = assertThrows(Exception.class, () -> settling.get(20, TimeUnit.SECONDS));
    assertInstanceOf(LedgerException.class, end.getCause());
  }

  @Test
  void aStepWhoseValuesAreRefusedIsNotRepeated() throws Exception {
    sql("ALTER TABLE jobs ADD CONSTRAINT no_retry CHECK (state <> 'QUEUED')");
    assertThrows(
        LedgerException.class, () -> UntilLedgerAnswers.run(ledger.database(), this::again));
    assertEquals(1, tries.get());
  }

  private void sql(String command) throws SQLException {
    try (Connection connection = ledger.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }
}
