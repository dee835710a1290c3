package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.CommitmentProvider;
import org.qsmnode.camel.CommitmentResult;
import org.qsmnode.camel.CommitmentScu;
import org.qsmnode.camel.ConsumerServices;
import org.qsmnode.camel.MrImage;
import org.qsmnode.camel.OpenAssociations;
import org.qsmnode.camel.ReferencedInstance;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.camel.TestNode;
import org.qsmnode.digest.Digests;
import org.qsmnode.pipeline.Reconstruction;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.store.AcquisitionRow;
import org.qsmnode.store.Database;
import org.qsmnode.store.DeliveryRow;
import org.qsmnode.store.DeliveryState;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.NodeClaim;
import org.qsmnode.store.PlannedDelivery;
import org.qsmnode.store.ResultSeries;
import org.qsmnode.store.Spool;

/** Two result series, of one of which a power cut has left a file short. */
@Timeout(60)
class CutResultTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
  private static final String WORKER = "n1/test";
  private static final String CUT = "qsm-mean";
  private static final String WHOLE = "qsm-sd";
  private static final int OBJECTS = 3;

  @TempDir Path folder;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final TestNode node = new TestNode();
  private ScriptedScp pacs;
  private NodeParts parts;
  private Ledger ledger;
  private ResultSeries cut;
  private ResultSeries whole;
  private String job;

  @BeforeEach
  void open() throws Exception {
    pacs = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian);
    Map<String, String> keys = new HashMap<>();
    keys.put("node.work.directory", folder.resolve("work").toString());
    keys.put("node.spool.reserve-percent", "0");
    TestSettings.destination(keys, pacs.address());
    NodeSettings settings = NodeSettings.from(keys);
    ledger = Ledger.on(Database.open(settings.database()), CLOCK);
    parts =
        new NodeParts(
            settings,
            new NodeClaim("n1", WORKER),
            ledger,
            Spool.open(settings.folders().spool(), "n1", settings.spoolLimits()),
            new Reconstruction(ReconstructionSettings.defaults(), "test", CLOCK),
            new OpenAssociations(),
            new DicomPeers(settings, AuditTrail.none()),
            AuditTrail.none(),
            new ReceivedStudies(AuditTrail.none(), new OpenAssociations(), CLOCK),
            new SimpleMeterRegistry(),
            CLOCK);
    cut = written(CUT, "2.25.1");
    whole = written(WHOLE, "2.25.2");
    job = resultsReady();
    Path file = settings.folders().results().resolve(cut.files().get(1).path());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 8);
    }
  }

  @AfterEach
  void close() throws Exception {
    camel.close();
    node.close();
    parts.peers().close();
    parts.spool().close();
    ledger.database().close();
    pacs.close();
  }

  @Test
  void aDeliveryOfACutResultIsGivenUpAndTheWholeSeriesBesideItGoesOn() throws Exception {
    sendAll();
    DeliveryRow dead = delivery(CUT);
    assertEquals(DeliveryState.DEAD, dead.state());
    assertEquals("a stored file is missing or is not what was written", dead.lastStatus());
    assertEquals(1, ledger.deliveries().count(DeliveryState.DEAD), "the gauge of deliveries");
    assertEquals(DeliveryState.DELIVERED, delivery(WHOLE).state());
    assertEquals(uids(whole), pacs.requests().stream().sorted().toList(), "nothing else was sent");
  }

  @Test
  void aPeerThatAsksForCommitmentOfACutResultIsToldThatItIsNotKept() throws Exception {
    KeptObjects kept = new KeptObjects(ledger, parts.spool(), parts.settings().folders().results());
    node.with(
            "services",
            new ConsumerServices(
                null, null, new CommitmentProvider(kept::reason, Map.of()), event -> {}))
        .start(Files.createDirectory(folder.resolve("node")));
    List<ReferencedInstance> asked = new ArrayList<>(references(cut));
    asked.addAll(references(whole));
    CommitmentResult result =
        new CommitmentScu(node.options(), node.executor, node.timers)
            .request("1.2.7", asked, Duration.ofSeconds(20))
            .orElseThrow();
    ReferencedInstance lost = asked.remove(1);
    assertEquals(Map.of(lost, 0x0110), result.failed());
    assertEquals(asked, result.committed());
  }

  /** The route of deliveries, without the broker in front of it. */
  private void sendAll() throws Exception {
    NodeSettings settings = parts.settings();
    Destination destination = Objects.requireNonNull(settings.send().destinations().get("pacs"));
    camel
        .getRegistry()
        .bind(
            SendDelivery.ofDestination(destination),
            settings.tls().security(destination.dicom().orElseThrow()));
    SendDelivery send =
        new SendDelivery(
            parts,
            new AskCommitment(ledger, settings, parts.peers(), CLOCK),
            new IdentityCheck(ledger, settings, Optional.empty(), CLOCK));
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:deliver")
                .process(send.begin())
                .filter(body().isNotNull())
                .doTry()
                .toD("${header." + SendDelivery.ENDPOINT + "}")
                .process(send.end())
                .doCatch(Exception.class)
                .process(send.end())
                .end();
          }
        });
    camel.start();
    for (DeliveryRow delivery : ledger.deliveries().ofJob(job)) {
      camel.createProducerTemplate().sendBody("direct:deliver", delivery.deliveryId());
    }
  }

  private ResultSeries written(String kind, String series) throws IOException {
    Path results = parts.settings().folders().results();
    Files.createDirectories(results.resolve(kind));
    List<ResultSeries.ResultFile> files = new ArrayList<>();
    for (int i = 1; i <= OBJECTS; i++) {
      Attributes image = MrImage.of(series + "." + i);
      image.setString(Tag.SeriesInstanceUID, VR.UI, series);
      String path = kind + "/" + i + ".dcm";
      Path file = MrImage.write(image, UID.ExplicitVRLittleEndian, results.resolve(path));
      files.add(new ResultSeries.ResultFile(series + "." + i, path, Digests.ofFile(file)));
    }
    return new ResultSeries(kind, series, files);
  }

  private String resultsReady() {
    List<String> sources = List.of("1.1");
    AcquisitionRow row = ledger.acquisitions().observe("a-1", "1.2.3", sources, 3, 16);
    ledger.acquisitions().complete("a-1", row.sourceDigest());
    String queued =
        ledger.jobs().queue(ledger.acquisitions().find("a-1").orElseThrow(), sources).orElseThrow();
    JobRow running = ledger.jobs().start(queued, WORKER).orElseThrow();
    ledger
        .jobs()
        .ready(
            running,
            "ab".repeat(32),
            List.of(cut, whole),
            List.of(
                new PlannedDelivery(CUT, "pacs", false), new PlannedDelivery(WHOLE, "pacs", false)),
            () -> {});
    return queued;
  }

  private DeliveryRow delivery(String kind) {
    return ledger.deliveries().ofJob(job).stream()
        .filter(delivery -> delivery.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> uids(ResultSeries series) {
    return series.files().stream().map(ResultSeries.ResultFile::sopInstanceUid).toList();
  }

  private static List<ReferencedInstance> references(ResultSeries series) {
    return uids(series).stream()
        .map(uid -> new ReferencedInstance(UID.MRImageStorage, uid))
        .toList();
  }
}
