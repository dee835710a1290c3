package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.StandInOnly;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer that goes silent is given up after the time allowed, and not before. */
@Timeout(20)
class TimeoutsTest {

  private Node node;

  @BeforeEach
  void makeNode() {
    node = new Node();
  }

  @AfterEach
  void closeNode() throws Exception {
    node.close();
  }

  private Association associate(ServerSocket server, Peer[] peer) throws Exception {
    Future<Association> connecting =
        GoldenPduTest.later(() -> node.associate(server.getLocalPort()));
    peer[0] = Peer.accept(server);
    peer[0].expectType(Peer.PDU_RQ);
    peer[0].send(GoldenPdus.ASSOCIATE_AC);
    return connecting.get(5, TimeUnit.SECONDS);
  }

  @Test
  void idleAssociationIsAborted() throws Exception {
    node.connection.setIdleTimeout(200);
    node.start();
    try (Peer peer = Peer.associate(node.port())) {
      Association as = node.device.listOpenAssociations()[0];
      peer.expectSilence(80).expectAbort().expectClosed();
      Node.awaitClose(as);
      assertInstanceOf(IOException.class, as.getException());
    }
  }

  @Test
  void busyAssociationIsNotIdle() throws Exception {
    node.connection.setIdleTimeout(300);
    node.start();
    try (Peer peer = Peer.associate(node.port())) {
      for (int i = 0; i < 6; i++) {
        peer.send(GoldenPdus.ECHO_RQ).expect(GoldenPdus.ECHO_RSP);
        Thread.sleep(100);
      }
    }
  }

  @Test
  void slowServiceIsNotAnIdlePeer() throws Exception {
    node.connection.setIdleTimeout(100);
    node.storing(
            (as, pc, rq, data) -> {
              node.keep(as, pc, rq, data);
              try {
                Thread.sleep(400);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            })
        .start();
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(GoldenPdus.STORE_RQ).send(GoldenPdus.STORE_DATA).expect(GoldenPdus.STORE_RSP);
    }
  }

  @StandInOnly
  @Test
  void peerThatStallsWithinAnObjectIsAborted() throws Exception {
    node.connection.setIdleTimeout(200);
    node.start();
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(GoldenPdus.STORE_RQ).send(Arrays.copyOf(GoldenPdus.STORE_DATA, 40));
      peer.expectAbort().expectClosed();
      Node.eventually("store fails", () -> node.failures.size() == 1);
      assertInstanceOf(IOException.class, node.failures.get(0));
    }
  }

  @Test
  void missingResponseAbortsTheAssociation() throws Exception {
    node.connection.setResponseTimeout(200);
    Peer[] peer = new Peer[1];
    try (ServerSocket server = Peer.listen()) {
      Association as = associate(server, peer);
      DimseRSP echo = as.cecho();
      peer[0].expectType(Peer.PDU_DATA);
      assertThrows(IOException.class, echo::next);
      peer[0].expectAbort().expectClosed();
      peer[0].close();
    }
  }

  @Test
  void responsesInTimeKeepTheAssociation() throws Exception {
    node.connection.setResponseTimeout(300);
    node.connection.setIdleTimeout(5000);
    node.start();
    try (Node scu = new Node()) {
      scu.connection.setResponseTimeout(300);
      Association as = scu.associate(node.port());
      for (int i = 0; i < 5; i++) {
        DimseRSP echo = as.cecho();
        assertTrue(echo.next());
        assertEquals(0, echo.getCommand().getInt(Tag.Status, -1));
        Thread.sleep(120);
      }
      Thread.sleep(400);
      assertTrue(as.isReadyForDataTransfer());
    }
  }

  @Test
  void peerThatTakesNoDataIsGivenUp() throws Exception {
    node.connection.setStoreTimeout(300);
    node.connection.setSendBufferSize(8192);
    Peer[] peer = new Peer[1];
    try (ServerSocket server = Peer.listen()) {
      Association as = associate(server, peer);
      InputStream endless =
          new InputStream() {
            @Override
            public int read() {
              return 0;
            }

            @Override
            public int read(byte[] b, int off, int len) {
              return len;
            }
          };
      assertThrows(
          IOException.class,
          () ->
              as.cstore(
                  UID.MRImageStorage,
                  "1.2.3",
                  Priority.NORMAL,
                  new InputStreamDataWriter(endless),
                  UID.ExplicitVRLittleEndian,
                  new DimseRSPHandler(1)));
      Node.awaitClose(as);
      peer[0].close();
    }
  }

  @Test
  void storeThatKeepsMovingIsNotGivenUp() throws Exception {
    node.start();
    try (Node scu = new Node()) {
      scu.connection.setStoreTimeout(2000);
      scu.connection.setResponseTimeout(2000);
      Association as = scu.associate(node.port());
      for (int i = 0; i < 3; i++) {
        DimseRSP rsp =
            as.cstore(
                UID.MRImageStorage,
                "1.2." + i,
                Priority.NORMAL,
                new InputStreamDataWriter(new ByteArrayInputStream(new byte[1 << 20])),
                UID.ExplicitVRLittleEndian);
        assertTrue(rsp.next());
      }
      assertEquals(3, node.stored.size());
    }
  }

  @Test
  void connectionToNowhereFailsInTime() throws Exception {
    int port = Node.freePort();
    assertThrows(IOException.class, () -> node.associate(port));
  }
}
