package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsmnode.camel.DicomConfiguration;
import org.qsmnode.camel.DicomConsumer;
import org.qsmnode.camel.DicomScu;
import org.qsmnode.camel.MrImage;
import org.qsmnode.camel.OpenAssociations;
import org.qsmnode.pipeline.Reconstruction;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.store.Database;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.NodeClaim;
import org.qsmnode.store.Spool;

/** Copies of one object come over six associations at once, in many rounds. */
class CopiesAtOnceTest {

  private static final int ASSOCIATIONS = 6;
  private static final int ROUNDS = 25;
  private static final int SUCCESS = 0;
  private static final int DUPLICATE = 0x0111;

  @TempDir Path folder;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private Ledger ledger;
  private Spool spool;

  @BeforeEach
  void open() throws IOException {
    NodeSettings settings = settings("accept");
    Files.createDirectories(settings.folders().work());
    ledger = Ledger.on(Database.open(settings.database()), Clock.systemUTC());
    spool = Spool.open(settings.folders().spool(), "n1", settings.spoolLimits());
  }

  @AfterEach
  void close() throws Exception {
    camel.close();
    threads.shutdownNow();
    timers.shutdownNow();
    spool.close();
    ledger.database().close();
  }

  @Test
  void identicalCopiesAreAllStoredAndKeptOnce() throws Exception {
    int port = node("refuse");
    for (int round = 0; round < ROUNDS; round++) {
      Path copy = file("same" + round, MrImage.of(uid(round)), UID.ExplicitVRLittleEndian);
      assertEquals(answers(ASSOCIATIONS, SUCCESS), send(port, copy, copy));
    }
    assertKept(ROUNDS, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"accept", "refuse"})
  void copiesOfOtherContentAreAnsweredAsTheSiteSaysAndNoContentIsLost(String rule)
      throws Exception {
    int port = node(rule);
    for (int round = 0; round < ROUNDS; round++) {
      Attributes other = MrImage.of(uid(round));
      other.setString(Tag.PatientID, VR.LO, "OTHER");
      List<Integer> answers =
          send(
              port,
              file("one" + round, MrImage.of(uid(round)), UID.ExplicitVRLittleEndian),
              file("other" + round, other, UID.ExplicitVRLittleEndian));
      if (rule.equals("accept")) {
        assertEquals(answers(ASSOCIATIONS, SUCCESS), answers);
      } else {
        List<Integer> expected = new ArrayList<>(answers(ASSOCIATIONS / 2, SUCCESS));
        expected.addAll(answers(ASSOCIATIONS / 2, DUPLICATE));
        assertEquals(expected, answers);
      }
    }
    assertKept(ROUNDS, ROUNDS);
  }

  @Test
  void copiesInTwoTransferSyntaxesAreOneObject() throws Exception {
    int port = node("refuse");
    for (int round = 0; round < ROUNDS; round++) {
      Attributes image = MrImage.of(uid(round));
      assertEquals(
          answers(ASSOCIATIONS, SUCCESS),
          send(
              port,
              file("explicit" + round, image, UID.ExplicitVRLittleEndian),
              file("implicit" + round, image, UID.ImplicitVRLittleEndian)));
    }
    assertKept(ROUNDS, 0);
  }

  private void assertKept(int objects, int quarantined) throws IOException {
    assertEquals(objects, ledger.instances().count());
    for (int round = 0; round < objects; round++) {
      InstanceRow row = ledger.instances().find(uid(round)).orElseThrow();
      assertEquals(row.digest(), Spool.digestOfDataSet(spool.file(row.path())));
    }
    assertEquals(objects, files("objects"));
    assertEquals(quarantined, files("quarantine"));
    assertEquals(0, files("incoming"));
  }

  private static List<Integer> answers(int count, int status) {
    return java.util.Collections.nCopies(count, status);
  }

  private static String uid(int round) {
    return "1.2.3.7." + round;
  }

  private Path file(String name, Attributes image, String syntax) throws IOException {
    return MrImage.write(image, syntax, folder.resolve(name + ".dcm"));
  }

  /** Sends the first file on the even associations and the second on the odd ones; sorted. */
  private List<Integer> send(int port, Path even, Path odd) throws Exception {
    CyclicBarrier together = new CyclicBarrier(ASSOCIATIONS);
    List<Callable<Integer>> senders = new ArrayList<>();
    for (int i = 0; i < ASSOCIATIONS; i++) {
      Path file = i % 2 == 0 ? even : odd;
      DicomConfiguration options = new DicomConfiguration();
      options.setAddress("NODE@127.0.0.1:" + port);
      options.setCallingAeTitle("SENDER" + i);
      DicomScu scu = new DicomScu(options, threads, timers);
      senders.add(
          () -> {
            together.await();
            return scu.store(List.of(file), n -> {}).outcomes().get(0).status();
          });
    }
    List<Integer> answers = new ArrayList<>();
    for (Future<Integer> answer : threads.invokeAll(senders)) {
      answers.add(answer.get());
    }
    return answers.stream().sorted().toList();
  }

  private NodeSettings settings(String otherContent) {
    return NodeSettings.from(
        Map.of(
            "node.work.directory",
            folder.resolve("work").toString(),
            "node.spool.reserve-percent",
            "0",
            "node.dicom.same-uid-other-content",
            otherContent));
  }

  private int node(String otherContent) throws Exception {
    NodeSettings settings = settings(otherContent);
    NodeParts parts =
        new NodeParts(
            settings,
            new NodeClaim("node-1", "node-1/test"),
            ledger,
            spool,
            new Reconstruction(ReconstructionSettings.defaults(), "test", Clock.systemUTC()),
            new OpenAssociations(),
            new DicomPeers(settings, AuditTrail.none()),
            AuditTrail.none(),
            new ReceivedStudies(AuditTrail.none(), new OpenAssociations(), Clock.systemUTC()),
            new SimpleMeterRegistry(),
            Clock.systemUTC());
    camel.getRegistry().bind("spool", spool);
    ReceiveObject receive = new ReceiveObject(parts);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            from("dicom:NODE@127.0.0.1:0?spool=#spool").routeId("in").process(receive);
          }
        });
    camel.start();
    return ((DicomConsumer) camel.getRoute("in").getConsumer()).port();
  }

  private long files(String below) throws IOException {
    try (Stream<Path> walk = Files.walk(folder.resolve("work/spool").resolve(below))) {
      return walk.filter(Files::isRegularFile).count();
    }
  }
}
