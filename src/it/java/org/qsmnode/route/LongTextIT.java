package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.DataWriterAdapter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.store.Database;
import org.qsmnode.store.DatabaseSettings;
import org.qsmnode.store.Ledger;

/**
 * Images with a text of 21 MiB, longer than common parsers of JSON take. One has it where
 * recognition reads and is refused, one where nobody reads and is kept.
 */
class LongTextIT {

  private static final Duration LONG = Duration.ofSeconds(240);
  private static final int TEXT_BYTES = 21 << 20;
  private static final String REFUSED = "1.7.1";
  private static final String KEPT = "1.7.2";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void noStudyWaitsBehindAnImageWithALongTextBeforeOrAfterAKill() throws Exception {
    KillStudy before = KillStudy.write(1, folder.resolve("before"));
    KillStudy after = KillStudy.write(2, folder.resolve("after"));
    KillStudy.write(3, folder.resolve("long"));
    int management = ScriptedScp.freePort();
    try (RecordingPacs pacs = new RecordingPacs(0)) {
      Map<String, String> settings = TestSettings.in(folder);
      settings.put("inversion.method", "gaussian");
      settings.put("node.management.port", Integer.toString(management));
      TestSettings.destination(settings, pacs.address());
      try (NodeProcess node = NodeProcess.start(folder, settings)) {
        assertEquals(0xC000, stored(node, REFUSED, Tag.ProtocolName));
        assertEquals(0, stored(node, KEPT, Tag.ImageComments));
        sendAndAwaitDelivery(node, before, pacs, KillStudy.DERIVED);
        assertUp(management);
        node.kill();
      }
      try (NodeProcess node = NodeProcess.start(folder, settings)) {
        sendAndAwaitDelivery(node, after, pacs, 2 * KillStudy.DERIVED);
        assertUp(management);
      }
    }
    Database database = Database.open(DatabaseSettings.embedded(folder.resolve("work/database")));
    try (database) {
      Ledger ledger = Ledger.on(database, Clock.systemUTC());
      assertTrue(ledger.instances().find(KEPT).isPresent(), "what was acknowledged is there");
      assertFalse(ledger.instances().find(REFUSED).isPresent());
      assertEquals(2 * KillStudy.OBJECTS + 1, ledger.instances().count());
    }
  }

  /** Status of a whole image of a patient and study of its own, this element of which is long. */
  private int stored(NodeProcess node, String uid, int tag) throws Exception {
    Attributes image;
    try (Stream<Path> files = Files.list(folder.resolve("long"))) {
      image = KillStudy.read(files.sorted().findFirst().orElseThrow());
    }
    image.setString(Tag.SOPInstanceUID, VR.UI, uid);
    byte[] text = new byte[TEXT_BYTES];
    Arrays.fill(text, (byte) 'A');
    image.setBytes(tag, VR.UT, text);
    try (Sender sender = new Sender(node.port())) {
      return sender.store(UID.MRImageStorage, uid, new DataWriterAdapter(image));
    }
  }

  private static void sendAndAwaitDelivery(
      NodeProcess node, KillStudy study, RecordingPacs pacs, int objects) throws Exception {
    study.send(node.port(), 0, new SplittableRandom(1));
    assertTrue(study.isSent());
    Awaitility.await("both series are delivered")
        .atMost(LONG)
        .until(() -> node.tail().split(" DELIVERED: ", -1).length == 3);
    assertEquals(objects, pacs.stored().size());
  }

  private static void assertUp(int port) throws Exception {
    HttpResponse<String> health =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(200, health.statusCode(), health.body());
    assertTrue(health.body().contains("UP"), health.body());
    assertFalse(health.body().contains("DOWN"), health.body());
  }
}
