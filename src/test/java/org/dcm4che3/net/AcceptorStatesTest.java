package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.StandInOnly;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.pdu.PresentationContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The acceptor's columns of PS3.8 Table 9-10, as far as a peer can bring them about. */
@Timeout(20)
class AcceptorStatesTest {

  private static final Map<String, byte[]> PDUS =
      Map.of(
          "A-ASSOCIATE-RQ", GoldenPdus.ASSOCIATE_RQ,
          "A-ASSOCIATE-AC", GoldenPdus.ASSOCIATE_AC,
          "A-ASSOCIATE-RJ", GoldenPdus.REJECT_CALLED,
          "P-DATA-TF", GoldenPdus.ECHO_RQ,
          "A-RELEASE-RQ", GoldenPdus.RELEASE_RQ,
          "A-RELEASE-RP", GoldenPdus.RELEASE_RP,
          "unrecognized", GoldenPdus.UNRECOGNIZED);

  private Node node;

  @BeforeEach
  void startNode() throws Exception {
    node = new Node();
    node.connection.setRequestTimeout(3000);
    node.start();
  }

  @AfterEach
  void closeNode() throws Exception {
    node.close();
  }

  // ---- Sta2, awaiting A-ASSOCIATE-RQ

  /** The official library closes without the A-ABORT that PS3.8 Table 9-10 wants. */
  @StandInOnly
  @ParameterizedTest
  @ValueSource(
      strings = {
        "A-ASSOCIATE-AC",
        "A-ASSOCIATE-RJ",
        "P-DATA-TF",
        "A-RELEASE-RQ",
        "A-RELEASE-RP",
        "unrecognized"
      })
  void sta2AbortsOnAnyPduButARequest(String pdu) throws Exception {
    try (Peer peer = Peer.connect(node.port())) {
      peer.send(PDUS.get(pdu)).expectAbort().expectClosed();
    }
  }

  @Test
  void sta2ClosesOnAbortWithoutAnswer() throws Exception {
    try (Peer peer = Peer.connect(node.port())) {
      peer.send(GoldenPdus.ABORT_BY_USER).expectClosed();
    }
  }

  @Test
  void sta2EndsWhenThePeerCloses() throws Exception {
    Peer.connect(node.port()).close();
    Node.eventually("no association", () -> node.device.getNumberOfOpenAssociations() == 0);
    Peer.associate(node.port()).close();
  }

  @Test
  void sta2ClosesASilentConnectionWhenArtimExpires() throws Exception {
    node.connection.setRequestTimeout(200);
    try (Peer peer = Peer.connect(node.port())) {
      peer.expectSilence(100).expectClosed();
    }
  }

  @Test
  void sta2ClosesAConnectionThatStopsWithinARequestWhenArtimExpires() throws Exception {
    node.connection.setRequestTimeout(200);
    try (Peer peer = Peer.connect(node.port())) {
      peer.send(Arrays.copyOf(GoldenPdus.ASSOCIATE_RQ, 100)).expectSilence(100).expectClosed();
    }
  }

  // ---- Sta6, data transfer

  @ParameterizedTest
  @ValueSource(strings = {"A-ASSOCIATE-RQ", "A-ASSOCIATE-AC", "A-ASSOCIATE-RJ", "A-RELEASE-RP"})
  void sta6AbortsOnAnUnexpectedPdu(String pdu) throws Exception {
    try (Peer peer = Peer.associate(node.port())) {
      Association as = node.device.listOpenAssociations()[0];
      peer.send(PDUS.get(pdu)).expectProviderAbort(2).expectClosed();
      Node.awaitClose(as);
      assertInstanceOf(java.io.IOException.class, as.getException());
    }
  }

  @Test
  void sta6AbortsOnAnUnrecognizedPdu() throws Exception {
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(GoldenPdus.UNRECOGNIZED).expectProviderAbort(1).expectClosed();
    }
  }

  @Test
  void sta6ClosesOnAbortWithoutAnswer() throws Exception {
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(GoldenPdus.ABORT_BY_USER).expectClosed();
    }
  }

  @Test
  void sta6EndsWhenThePeerCloses() throws Exception {
    Association as;
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(GoldenPdus.ECHO_RQ).expect(GoldenPdus.ECHO_RSP);
      as = node.device.listOpenAssociations()[0];
    }
    Node.awaitClose(as);
    Node.eventually("close is told", () -> node.closed.contains(as));
  }

  @StandInOnly
  @Test
  void sta6AbortsWhenAReleaseCutsAMessageInTwo() throws Exception {
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(GoldenPdus.STORE_RQ).send(GoldenPdus.RELEASE_RQ).expectAbort().expectClosed();
      Node.eventually("store fails", () -> node.failures.size() == 1);
      assertInstanceOf(java.io.IOException.class, node.failures.get(0));
    }
  }

  // ---- Sta8, an operation is still performed when the release is asked for

  @StandInOnly
  @Test
  void sta8ReleasesOnceTheOperationHasEnded() throws Exception {
    CountDownLatch requested = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    node.device.setDimseRQHandler(
        new DimseRQHandler() {
          @Override
          public void onDimseRQ(
              Association as,
              PresentationContext pc,
              Dimse dimse,
              Attributes cmd,
              PDVInputStream data) {
            requested.countDown();
            node.device.execute(
                () -> {
                  try {
                    proceed.await(3, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  as.tryWriteDimseRSP(pc, Commands.mkEchoRSP(cmd, Status.Success));
                });
          }

          @Override
          public void onClose(Association as) {}
        });
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(GoldenPdus.ECHO_RQ);
      requested.await(3, TimeUnit.SECONDS);
      peer.send(GoldenPdus.RELEASE_RQ).expectSilence(100);
      proceed.countDown();
      peer.expect(GoldenPdus.ECHO_RSP).expect(GoldenPdus.RELEASE_RP).expectClosed();
    }
  }

  // ---- Sta13, awaiting the close of the transport connection

  @ParameterizedTest
  @ValueSource(
      strings = {"A-ASSOCIATE-AC", "A-ASSOCIATE-RJ", "P-DATA-TF", "A-RELEASE-RQ", "A-RELEASE-RP"})
  void sta13IgnoresWhatFollowsARejection(String pdu) throws Exception {
    node.connection.setSocketCloseDelay(200);
    try (Peer peer = Peer.connect(node.port())) {
      peer.send(GoldenPduTest.withCalled("NOBODY          ")).expect(GoldenPdus.REJECT_CALLED);
      peer.trySend(PDUS.get(pdu)).expectClosed();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A-ASSOCIATE-RQ", "unrecognized"})
  void sta13AnswersARequestOrGarbageWithNothingButAbort(String pdu) throws Exception {
    node.connection.setSocketCloseDelay(200);
    try (Peer peer = Peer.connect(node.port())) {
      peer.send(GoldenPduTest.withCalled("NOBODY          ")).expect(GoldenPdus.REJECT_CALLED);
      peer.trySend(PDUS.get(pdu)).expectAbortOrClosed();
    }
  }

  @Test
  void sta13IgnoresDataAfterTheRelease() throws Exception {
    node.connection.setSocketCloseDelay(200);
    try (Peer peer = Peer.associate(node.port())) {
      Association as = node.device.listOpenAssociations()[0];
      peer.send(GoldenPdus.RELEASE_RQ).expect(GoldenPdus.RELEASE_RP);
      peer.trySend(GoldenPdus.ECHO_RQ).trySend(GoldenPdus.ABORT_BY_USER).expectClosed();
      Node.awaitClose(as);
      assertNull(as.getException(), "an orderly release is no failure");
      assertEquals(0, as.getNumberOfReceived(Dimse.C_ECHO_RQ));
    }
  }

  @Test
  void sta13ClosesWhenThePeerDoesNot() throws Exception {
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(GoldenPdus.RELEASE_RQ).expect(GoldenPdus.RELEASE_RP).expectClosed();
    }
  }

  @Test
  void openAssociationsOutliveTheTroubleOfOthers() throws Exception {
    try (Peer healthy = Peer.associate(node.port())) {
      for (byte[] pdu : PDUS.values()) {
        try (Peer sick = Peer.connect(node.port())) {
          sick.send(pdu);
        }
      }
      healthy.send(GoldenPdus.ECHO_RQ).expect(GoldenPdus.ECHO_RSP);
      assertEquals(UID.MRImageStorage, node.device.listOpenAssociations()[0].getAbstractSyntax(3));
    }
  }
}
