package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.simulate.dicom.Vendor;

/** A PACS that is down, refuses, fails or dies is tried again until it has everything. */
class PacsTroubleIT {

  private static final Duration LONG = Duration.ofSeconds(180);

  private static final String DELIVERED = " DELIVERED: ";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void aPacsThatIsDownRefusesFailsAndDiesGetsEverythingInTheEnd() throws Exception {
    int port = ScriptedScp.freePort();
    Map<String, String> settings = TestSettings.in(folder);
    settings.put("node.send.max-attempts", "1000");
    TestSettings.destination(settings, new PeerAddress("PACS", "127.0.0.1", port));
    try (NodeProcess node = NodeProcess.start(folder, settings)) {
      try (Sender sender = new Sender(node.port())) {
        SmallStudy.files(Vendor.PHILIPS_ENHANCED).forEach(sender::store);
      }
      node.awaitLog("failed at attempt 2", LONG);
      try (ScriptedScp otherTitle = new ScriptedScp("ANOTHER", port, UID.ExplicitVRLittleEndian)) {
        node.awaitLog("rejected with result 1", Duration.ofSeconds(30));
        assertEquals(0, otherTitle.requests().size());
      }
      try (ScriptedScp failing = new ScriptedScp("PACS", port, UID.ExplicitVRLittleEndian)) {
        failing.answer(n -> n % 3 == 2 ? 0xC000 : 0);
        node.awaitLog("x C000", Duration.ofSeconds(30));
        failing.answer(n -> 0xA700);
        node.awaitLog("x not sent", Duration.ofSeconds(30));
        failing.answer(n -> n % 7 == 6 ? ScriptedScp.ABORT : 0);
        node.awaitLog("storing object", Duration.ofSeconds(30));
      }
      try (ScriptedScp well = new ScriptedScp("PACS", port, UID.ImplicitVRLittleEndian)) {
        Awaitility.await("everything delivered")
            .atMost(LONG)
            .until(() -> well.stored().size() == 2 * SmallStudy.SLICES);
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> node.tail().split(DELIVERED, -1).length == 3);
      }
      assertTrue(!node.tail().contains(SmallStudy.SENTINEL), "no patient attribute in the log");
    }
  }

  @Test
  void whatAPacsHadBeforeIsDelivered() throws Exception {
    try (ScriptedScp pacs = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      pacs.answer(n -> n < SmallStudy.SLICES / 2 ? 0 : 0x0111);
      pacs.finds(pacs::requests);
      Map<String, String> settings = TestSettings.in(folder);
      settings.put("inversion.method", "tkd");
      TestSettings.destination(settings, pacs.address());
      try (NodeProcess node = NodeProcess.start(folder, settings)) {
        try (Sender sender = new Sender(node.port())) {
          SmallStudy.files(Vendor.PHILIPS_ENHANCED).forEach(sender::store);
        }
        node.awaitLog(DELIVERED + "10 x 0000, 10 x 0111 (there before)", LONG);
        assertEquals(SmallStudy.SLICES, pacs.requests().size(), "nothing was sent again");
      }
    }
  }
}
