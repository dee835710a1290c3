package org.qsmnode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock that was wrong by a day and is set back. */
class FutureRowsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant WRONG = NOW.plus(Duration.ofDays(1));
  private static final String STUDY = "1.2.3";

  @TempDir Path folder;

  @Test
  void whatWasPlannedByAClockThatRanAheadIsDueWhenTheNodeStarts() {
    try (Database database = Database.open(DatabaseSettings.embedded(folder.resolve("database")))) {
      Ledger wrong = Ledger.on(database, Clock.fixed(WRONG, ZoneOffset.UTC));
      wrong
          .instances()
          .add(
              new InstanceRow("1.2.3.1", "1.2", STUDY, "1.2.4", "d", "p", 9, "MR1", WRONG, null),
              WRONG.plusSeconds(5));
      wrong.acquisitions().observe("a-1", STUDY, List.of("1.2.3.1"), 3, 20);
      AcquisitionRow row = wrong.acquisitions().find("a-1").orElseThrow();
      wrong.acquisitions().complete("a-1", row.sourceDigest());
      String job = wrong.jobs().queue(row, List.of("1.2.3.1")).orElseThrow();

      Clock right = Clock.fixed(NOW, ZoneOffset.UTC);
      Ledger ledger = Ledger.on(database, right);
      assertEquals(List.of(), ledger.jobs().due(NOW), "it would wait for a day");
      assertEquals(2, new FutureRows(database, right).bringBack());

      assertEquals(List.of(job), ledger.jobs().due(NOW).stream().map(JobRow::jobId).toList());
      assertEquals(
          List.of(NOW),
          ledger.instances().studiesToExamine(NOW, 10).stream()
              .map(StudyRow::lastReceivedAt)
              .toList());
      assertEquals(NOW, ledger.instances().find("1.2.3.1").orElseThrow().receivedAt());
      assertEquals(0, new FutureRows(database, right).bringBack());
    }
  }

  @Test
  void theTimeThatADestinationHasToCommitStaysAsLong() {
    try (Database database = Database.open(DatabaseSettings.embedded(folder.resolve("database")))) {
      Ledger wrong = Ledger.on(database, Clock.fixed(WRONG, ZoneOffset.UTC));
      wrong.acquisitions().observe("a-1", STUDY, List.of("1.2.3.1"), 3, 20);
      AcquisitionRow row = wrong.acquisitions().find("a-1").orElseThrow();
      wrong.acquisitions().complete("a-1", row.sourceDigest());
      String job = wrong.jobs().queue(row, List.of("1.2.3.1")).orElseThrow();
      wrong
          .jobs()
          .ready(
              wrong.jobs().start(job, "n1").orElseThrow(),
              "ab".repeat(32),
              List.of(
                  new ResultSeries(
                      "qsm-mean",
                      "2.25.1",
                      List.of(new ResultSeries.ResultFile("2.25.2", "m/1", "d".repeat(64))))),
              List.of(new PlannedDelivery("qsm-mean", "pacs", false)),
              () -> {});
      String delivery = wrong.deliveries().ofJob(job).get(0).deliveryId();
      DeliveryRow sending = wrong.deliveries().start(delivery, "n1").orElseThrow();
      wrong.commitments().request(sending, "1 x 0000", "1.2.9", WRONG.plusSeconds(600));

      Clock right = Clock.fixed(NOW, ZoneOffset.UTC);
      Ledger ledger = Ledger.on(database, right);
      new FutureRows(database, right).bringBack();
      assertEquals(List.of(), ledger.commitments().overdue(NOW.plusSeconds(599)));
      assertEquals(1, ledger.commitments().overdue(NOW.plusSeconds(600)).size());
    }
  }

  @Test
  void rowsOfANodeWhoseClockIsAFewMinutesAheadStayWhereTheLedgerIsShared() {
    try (Database database = Database.open(DatabaseSettings.embedded(folder.resolve("database")))) {
      Instant ahead = NOW.plus(FutureRows.CLOCKS_DIFFER);
      Clock right = Clock.fixed(NOW, ZoneOffset.UTC);
      Ledger ledger = Ledger.on(database, right);
      ledger
          .instances()
          .add(
              new InstanceRow("1.2.3.1", "1.2", STUDY, "1.2.4", "d", "p", 9, "MR1", ahead, null),
              ahead.plusSeconds(30));
      assertEquals(0, new FutureRows(database, right, FutureRows.CLOCKS_DIFFER).bringBack());
      assertEquals(ahead, ledger.instances().find("1.2.3.1").orElseThrow().receivedAt());
      Clock slower = Clock.fixed(NOW.minusSeconds(1), ZoneOffset.UTC);
      assertEquals(1, new FutureRows(database, slower, FutureRows.CLOCKS_DIFFER).bringBack());
    }
  }

  @Test
  void whatARightClockPlannedForLaterWaits() {
    try (Database database = Database.open(DatabaseSettings.embedded(folder.resolve("database")))) {
      Clock right = Clock.fixed(NOW, ZoneOffset.UTC);
      Ledger ledger = Ledger.on(database, right);
      ledger
          .instances()
          .add(
              new InstanceRow("1.2.3.1", "1.2", STUDY, "1.2.4", "d", "p", 9, "MR1", NOW, null),
              NOW.plusSeconds(30));
      assertEquals(0, new FutureRows(database, right).bringBack());
      assertEquals(List.of(), ledger.instances().studiesToExamine(NOW.plusSeconds(29), 10));
    }
  }
}
