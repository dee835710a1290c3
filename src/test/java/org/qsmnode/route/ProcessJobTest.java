package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.OpenAssociations;
import org.qsmnode.pipeline.Reconstruction;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.series.find.Recognition;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.store.AcquisitionRow;
import org.qsmnode.store.AcquisitionState;
import org.qsmnode.store.Database;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.NodeClaim;
import org.qsmnode.store.Spool;

class ProcessJobTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void aJobThatEndedTheProcessAtEveryAttemptIsFailedInsteadOfStartedForEver() throws Exception {
    NodeSettings settings =
        NodeSettings.from(
            Map.of("node.work.directory", folder.toString(), "node.process.max-attempts", "2"));
    try (Database database = Database.open(settings.database());
        DefaultCamelContext camel = new DefaultCamelContext()) {
      Ledger ledger = Ledger.on(database, CLOCK);
      String job = queued(ledger);
      for (int attempt = 1; attempt <= 2; attempt++) {
        ledger.jobs().start(job, "n1/ended");
        ledger.leases().takeBack();
      }
      ReconstructionSettings defaults = ReconstructionSettings.defaults();
      NodeParts parts =
          new NodeParts(
              settings,
              new NodeClaim(settings.name(), "n1/test"),
              ledger,
              Spool.open(settings.folders().spool(), settings.name(), settings.spoolLimits()),
              new Reconstruction(defaults, "test", CLOCK),
              new OpenAssociations(),
              new DicomPeers(settings, AuditTrail.none()),
              AuditTrail.none(),
              new ReceivedStudies(AuditTrail.none(), new OpenAssociations(), Clock.systemUTC()),
              new SimpleMeterRegistry(),
              CLOCK);
      Exchange exchange = new DefaultExchange(camel);
      exchange.getIn().setBody(job);

      new ProcessJob(parts, new Recognition(defaults.recognition())).process(exchange);

      AcquisitionRow row = ledger.acquisitions().find("a-1").orElseThrow();
      assertEquals(AcquisitionState.FAILED, row.state());
      assertEquals(ReasonCode.PROCESSING_FAILED, row.reason().orElseThrow().code());
    }
  }

  private static String queued(Ledger ledger) {
    List<String> sources = List.of("1.1");
    AcquisitionRow row = ledger.acquisitions().observe("a-1", "9", sources, 3, 16);
    ledger.acquisitions().complete("a-1", row.sourceDigest());
    return ledger
        .jobs()
        .queue(ledger.acquisitions().find("a-1").orElseThrow(), sources)
        .orElseThrow();
  }
}
