package org.qsmnode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;

/** A ledger moves between the embedded database and PostgreSQL, and is the same there. */
class LedgerCopyIT {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

  @TempDir Path folder;

  private PostgresServer postgres;

  @BeforeEach
  void start() throws Exception {
    postgres = PostgresServer.start();
  }

  @AfterEach
  void stop() throws Exception {
    postgres.close();
  }

  @Test
  void everyTableIsTheSameThereAndBackAndTheLedgerGoesOn() {
    DatabaseSettings server = postgres.database();
    try (Database h2 = Database.open(DatabaseSettings.embedded(folder.resolve("first")));
        Database copy = Database.open(server);
        Database back = Database.open(DatabaseSettings.embedded(folder.resolve("second")))) {
      fill(Ledger.on(h2, Clock.systemUTC()));
      List<LedgerCopy.Copied> there = new LedgerCopy(h2, copy).run();
      Map<String, Long> rows =
          there.stream()
              .collect(Collectors.toMap(LedgerCopy.Copied::table, LedgerCopy.Copied::rows));
      for (String table :
          List.of(
              "studies",
              "instances",
              "acquisitions",
              "acquisition_history",
              "jobs",
              "results",
              "result_files",
              "issued_objects",
              "deliveries",
              "reprocessing",
              "night")) {
        assertTrue(rows.getOrDefault(table, 0L) > 0, table + " has rows to copy");
      }
      assertEquals(there, new LedgerCopy(copy, back).run());
      Ledger ledger = Ledger.on(copy, Clock.systemUTC());
      assertEquals(Ledger.on(h2, Clock.systemUTC()).jobs().all(), ledger.jobs().all());
      JobRow job = ledger.jobs().all().get(0);
      for (DeliveryRow delivery : ledger.deliveries().ofJob(job.jobId())) {
        DeliveryRow sending = ledger.deliveries().start(delivery.deliveryId(), "n1").orElseThrow();
        assertTrue(ledger.deliveries().delivered(sending, "0000"), "numbered history goes on");
      }
    }
  }

  @Test
  void aTargetWithRowsAndASourceInUseAreRefused() {
    try (Database h2 = Database.open(DatabaseSettings.embedded(folder.resolve("first")));
        Database server = Database.open(postgres.database())) {
      fill(Ledger.on(h2, Clock.systemUTC()));
      new LedgerCopy(h2, server).run();
      assertThrows(IllegalStateException.class, () -> new LedgerCopy(h2, server).run());
      assertEquals(1, Ledger.on(server, Clock.systemUTC()).jobs().all().size());
      NodeClaim claim =
          new Nodes(server)
              .claim("n1", ProcessIdentity.own(), "work", Duration.ofMinutes(1))
              .orElseThrow();
      try (Database empty = Database.open(DatabaseSettings.embedded(folder.resolve("second")))) {
        IllegalStateException inUse =
            assertThrows(IllegalStateException.class, () -> new LedgerCopy(server, empty).run());
        assertTrue(String.valueOf(inUse.getMessage()).contains("in use by n1"));
        new Nodes(server).release(claim);
        assertTrue(new LedgerCopy(server, empty).run().size() > 10);
      }
    }
  }

  private static void fill(Ledger ledger) {
    for (String uid : List.of("1.1", "1.2")) {
      ledger
          .instances()
          .add(
              new InstanceRow(
                  uid,
                  "1.2.840.10008.5.1.4.1.1.4",
                  "9",
                  "9.1",
                  "d".repeat(64),
                  "p/" + uid,
                  70_000,
                  "MR1",
                  NOW,
                  uid.equals("1.1") ? "{\"protocol\": \"\u00fc \u4e00\"}" : null),
              NOW);
    }
    AcquisitionRow row = ledger.acquisitions().observe("a-1", "9", List.of("1.1", "1.2"), 3, 16);
    ledger.acquisitions().complete("a-1", row.sourceDigest());
    AcquisitionRow refused = ledger.acquisitions().observe("a-2", "9", List.of("1.2"), 1, 16);
    ledger
        .acquisitions()
        .refuse("a-2", refused.sourceDigest(), Reason.of(ReasonCode.MISSING_PHASE));
    String job =
        ledger
            .jobs()
            .queue(ledger.acquisitions().find("a-1").orElseThrow(), List.of("1.1", "1.2"))
            .orElseThrow();
    ledger
        .jobs()
        .ready(
            ledger.jobs().start(job, "n1").orElseThrow(),
            "ab".repeat(32),
            List.of(
                new ResultSeries(
                    "qsm-mean",
                    "2.25.10",
                    List.of(
                        new ResultSeries.ResultFile("2.25.1", "j/1.dcm", "e".repeat(64)),
                        new ResultSeries.ResultFile("2.25.2", "j/2.dcm", "f".repeat(64))))),
            List.of(new PlannedDelivery("qsm-mean", "pacs", false)),
            () -> {});
    ledger
        .reprocessing()
        .plan(
            List.of(
                ReprocessingItem.planned(
                    ReprocessingItem.Kind.FETCH, "8", "8", "ab".repeat(32), true)));
    ledger.reprocessing().beginNight("2026-01-01", "n1");
  }
}
