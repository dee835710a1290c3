package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.net.pdu.AAbort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requestor's columns of PS3.8 Table 9-10, as far as a peer can bring them about. */
@Timeout(20)
class RequestorStatesTest {

  private static final Map<String, byte[]> PDUS =
      Map.of(
          "A-ASSOCIATE-RQ", GoldenPdus.ASSOCIATE_RQ,
          "A-ASSOCIATE-AC", GoldenPdus.ASSOCIATE_AC,
          "A-ASSOCIATE-RJ", GoldenPdus.REJECT_CALLED,
          "P-DATA-TF", GoldenPdus.ECHO_RSP,
          "A-RELEASE-RQ", GoldenPdus.RELEASE_RQ,
          "A-RELEASE-RP", GoldenPdus.RELEASE_RP,
          "unrecognized", GoldenPdus.UNRECOGNIZED);

  private Node node;
  private ServerSocket server;
  private Peer peer;
  private Future<Association> connecting;

  @BeforeEach
  void request() throws Exception {
    node = new Node();
    node.connection.setAcceptTimeout(3000);
    node.connection.setReleaseTimeout(3000);
    server = Peer.listen();
    connecting = GoldenPduTest.later(() -> node.associate(server.getLocalPort()));
    peer = Peer.accept(server);
    peer.expectType(Peer.PDU_RQ);
  }

  @AfterEach
  void close() throws Exception {
    peer.close();
    server.close();
    node.close();
  }

  private Association open() throws Exception {
    peer.send(GoldenPdus.ASSOCIATE_AC);
    return connecting.get(5, TimeUnit.SECONDS);
  }

  private IOException refused() {
    Exception e = assertThrows(ExecutionException.class, () -> connecting.get(5, TimeUnit.SECONDS));
    return assertInstanceOf(IOException.class, e.getCause());
  }

  // ---- Sta5, awaiting the answer to A-ASSOCIATE-RQ

  @ParameterizedTest
  @ValueSource(strings = {"A-ASSOCIATE-RQ", "P-DATA-TF", "A-RELEASE-RQ", "A-RELEASE-RP"})
  void sta5AbortsOnAnUnexpectedPdu(String pdu) throws Exception {
    peer.send(PDUS.get(pdu)).expectProviderAbort(2).expectClosed();
    refused();
  }

  @Test
  void sta5AbortsOnAnUnrecognizedPdu() throws Exception {
    peer.send(GoldenPdus.UNRECOGNIZED).expectProviderAbort(1).expectClosed();
    refused();
  }

  @Test
  void sta5TellsThatThePeerAborted() throws Exception {
    peer.send(GoldenPdus.ABORT_BY_PROVIDER).expectClosed();
    assertEquals(2, assertInstanceOf(AAbort.class, refused()).getSource());
  }

  @Test
  void sta5TellsThatThePeerClosed() throws Exception {
    peer.close();
    refused();
  }

  @Test
  void sta5GivesUpOnASilentPeer() throws Exception {
    try (Node impatient = new Node()) {
      impatient.connection.setAcceptTimeout(200);
      Future<Association> hopeless =
          GoldenPduTest.later(() -> impatient.associate(server.getLocalPort()));
      try (Peer silent = Peer.accept(server)) {
        silent.expectType(Peer.PDU_RQ);
        assertThrows(ExecutionException.class, () -> hopeless.get(4, TimeUnit.SECONDS));
        silent.expectAbortOrClosed();
      }
    }
  }

  // ---- Sta6, data transfer

  @ParameterizedTest
  @ValueSource(strings = {"A-ASSOCIATE-RQ", "A-ASSOCIATE-AC", "A-ASSOCIATE-RJ", "A-RELEASE-RP"})
  void sta6AbortsOnAnUnexpectedPduAndTellsWhoWaits(String pdu) throws Exception {
    Association as = open();
    DimseRSP echo = as.cecho();
    peer.expectType(Peer.PDU_DATA);
    peer.send(PDUS.get(pdu)).expectProviderAbort(2).expectClosed();
    assertThrows(IOException.class, echo::next);
  }

  @Test
  void sta6TellsWhoWaitsThatThePeerAborted() throws Exception {
    Association as = open();
    DimseRSP echo = as.cecho();
    peer.expectType(Peer.PDU_DATA);
    peer.send(GoldenPdus.ABORT_BY_USER).expectClosed();
    assertThrows(IOException.class, echo::next);
    assertEquals(0, assertInstanceOf(AAbort.class, as.getException()).getSource());
  }

  @Test
  void sta6AnswersAReleaseOfTheAcceptor() throws Exception {
    Association as = open();
    peer.send(GoldenPdus.RELEASE_RQ).expect(GoldenPdus.RELEASE_RP).expectClosed();
    Node.awaitClose(as);
    assertNull(as.getException());
    assertThrows(IOException.class, as::cecho);
  }

  // ---- Sta7, awaiting A-RELEASE-RP

  @ParameterizedTest
  @ValueSource(strings = {"A-ASSOCIATE-RQ", "A-ASSOCIATE-AC", "A-ASSOCIATE-RJ"})
  void sta7AbortsOnAnUnexpectedPdu(String pdu) throws Exception {
    Association as = open();
    as.release();
    peer.expect(GoldenPdus.RELEASE_RQ).send(PDUS.get(pdu)).expectProviderAbort(2).expectClosed();
  }

  @Test
  void sta7StillDeliversTheDataOfThePeer() throws Exception {
    Association as = open();
    while (as.nextMessageID() != 6) {}
    DimseRSP echo = as.cecho();
    peer.expect(GoldenPdus.ECHO_RQ);
    as.release();
    assertFalse(as.isReadyForDataTransfer());
    peer.expect(GoldenPdus.RELEASE_RQ).send(GoldenPdus.ECHO_RSP);
    assertTrue(echo.next());
    assertThrows(IOException.class, as::cecho);
    peer.send(GoldenPdus.RELEASE_RP).expectClosed();
    Node.awaitClose(as);
    assertNull(as.getException());
  }

  @Test
  void sta7GivesUpOnASilentPeer() throws Exception {
    node.connection.setReleaseTimeout(200);
    Association as = open();
    as.release();
    peer.expect(GoldenPdus.RELEASE_RQ).expectAbortOrClosed();
    Node.awaitClose(as);
  }

  @Test
  void sta7ClosesOnAbortOfThePeer() throws Exception {
    Association as = open();
    as.release();
    peer.expect(GoldenPdus.RELEASE_RQ).send(GoldenPdus.ABORT_BY_USER).expectClosed();
  }

  // ---- Sta9 and Sta11, both sides ask for the release at once

  @Test
  void sta9AnswersTheCollidingReleaseAndSta11AwaitsItsOwnAnswer() throws Exception {
    Association as = open();
    as.release();
    peer.expect(GoldenPdus.RELEASE_RQ).send(GoldenPdus.RELEASE_RQ).expect(GoldenPdus.RELEASE_RP);
    peer.send(GoldenPdus.RELEASE_RP).expectClosed();
    Node.awaitClose(as);
    assertNull(as.getException());
  }

  @Test
  void sta11AbortsOnDataAfterTheCollision() throws Exception {
    Association as = open();
    as.release();
    peer.expect(GoldenPdus.RELEASE_RQ).send(GoldenPdus.RELEASE_RQ).expect(GoldenPdus.RELEASE_RP);
    peer.send(GoldenPdus.ECHO_RSP).expectProviderAbort(2).expectClosed();
  }

  // ---- Sta10 and Sta12, the same seen from the acceptor

  @Test
  void sta10AwaitsTheAnswerAndSta12GivesItsOwn() throws Exception {
    try (Node acceptor = new Node()) {
      acceptor.connection.setReleaseTimeout(3000);
      acceptor.start();
      try (Peer requestor = Peer.associate(acceptor.port())) {
        Association as = acceptor.device.listOpenAssociations()[0];
        as.release();
        requestor.expect(GoldenPdus.RELEASE_RQ).send(GoldenPdus.RELEASE_RQ).expectSilence(100);
        requestor.send(GoldenPdus.RELEASE_RP).expect(GoldenPdus.RELEASE_RP).expectClosed();
        Node.awaitClose(as);
        assertNull(as.getException());
      }
    }
  }

  // ---- Sta13

  @ParameterizedTest
  @ValueSource(
      strings = {"A-ASSOCIATE-AC", "A-ASSOCIATE-RJ", "P-DATA-TF", "A-RELEASE-RQ", "A-RELEASE-RP"})
  void sta13IgnoresWhatFollowsAnAbort(String pdu) throws Exception {
    node.connection.setSocketCloseDelay(200);
    Association as = open();
    as.abort();
    peer.expect(GoldenPdus.ABORT_BY_USER).trySend(PDUS.get(pdu)).expectClosed();
    Node.awaitClose(as);
    assertEquals(State.Sta1, as.getState());
  }
}
