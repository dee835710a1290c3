package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.camel.StoreReport;

/** What becomes of an answer 0111, with a destination that is queried over the network. */
class ThereBeforeTest {

  private static final StoreReport REPORT =
      new StoreReport(
          List.of(
              new StoreReport.Outcome("1.1", 0),
              new StoreReport.Outcome("1.2", 0x0111),
              new StoreReport.Outcome("1.3", 0x0111)));

  private final DicomPeers peers = new DicomPeers(NodeSettings.from(Map.of()), AuditTrail.none());

  @AfterEach
  void stop() {
    peers.close();
  }

  private StoreReport settled(StoreReport report, Optional<PeerAddress> peer) throws Exception {
    return new ThereBefore(peers)
        .settle(
            report,
            "1.2.3",
            "1.2.3.1",
            peer.map(address -> new Destination.Dicom(address, false, Optional.empty())));
  }

  @Test
  void objectsThatTheDestinationFindsAreStored() throws Exception {
    try (ScriptedScp pacs = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      pacs.finds(() -> List.of("1.2", "1.3", "1.4"));
      StoreReport report = settled(REPORT, Optional.of(pacs.address()));
      assertTrue(report.complete());
      assertEquals("1 x 0000, 2 x 0111 (there before)", report.summary());
    }
  }

  @Test
  void anObjectThatTheDestinationLacksIsAFailure() throws Exception {
    try (ScriptedScp pacs = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      pacs.finds(() -> List.of("1.1", "1.2"));
      assertEquals(REPORT, settled(REPORT, Optional.of(pacs.address())));
    }
  }

  @Test
  void theWordOfADestinationThatCannotBeAskedCounts() throws Exception {
    try (ScriptedScp pacs = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      assertTrue(settled(REPORT, Optional.of(pacs.address())).complete());
    }
    assertTrue(settled(REPORT, Optional.empty()).complete());
  }

  @Test
  void otherFailuresStayWhatTheyAre() throws Exception {
    StoreReport mixed =
        new StoreReport(
            List.of(
                new StoreReport.Outcome("1.1", 0xC000), new StoreReport.Outcome("1.2", 0x0111)));
    StoreReport report = settled(mixed, Optional.empty());
    assertFalse(report.complete());
    assertEquals("1 x 0111 (there before), 1 x C000", report.summary());
  }
}
