package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.net.pdu.AAbort;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The octets on the wire, both ways, against PDUs written by hand. */
@Timeout(20)
class GoldenPduTest {

  /** Encoded data set of the golden C-STORE. */
  private static final byte[] DATASET =
      Hex.bytes("0800 1600 'UI' 1a00 '1.2.840.10008.5.1.4.1.1.4' 00 0800 1800 'UI' 0600 '1.2.35'");

  @Test
  void goldenPdusDeclareTheirTrueLengths() {
    for (byte[] pdu :
        new byte[][] {
          GoldenPdus.ASSOCIATE_RQ,
          GoldenPdus.ASSOCIATE_AC,
          GoldenPdus.ECHO_RQ,
          GoldenPdus.ECHO_RSP,
          GoldenPdus.STORE_RQ,
          GoldenPdus.STORE_DATA,
          GoldenPdus.STORE_RSP
        }) {
      int declared = (pdu[2] & 0xff) << 24 | (pdu[3] & 0xff) << 16 | (pdu[4] & 0xff) << 8;
      assertEquals(pdu.length - 6, declared | pdu[5] & 0xff);
    }
  }

  @Test
  void acceptorAnswersTheAssociationEchoStoreAndRelease() throws Exception {
    try (Node node = new Node().start();
        Peer peer = Peer.connect(node.port())) {
      peer.send(GoldenPdus.ASSOCIATE_RQ);
      assertEquals(PduTree.of(GoldenPdus.ASSOCIATE_AC), PduTree.of(peer.receive()));
      peer.send(GoldenPdus.ECHO_RQ).expect(GoldenPdus.ECHO_RSP);
      peer.send(GoldenPdus.STORE_RQ).send(GoldenPdus.STORE_DATA).expect(GoldenPdus.STORE_RSP);
      peer.send(GoldenPdus.RELEASE_RQ).expect(GoldenPdus.RELEASE_RP);
      peer.expectClosed();
      assertEquals(1, node.stored.size());
      Node.Stored stored = node.stored.get(0);
      assertArrayEquals(DATASET, stored.dataset());
      assertEquals("1.2.35", stored.instanceUid());
      assertEquals(UID.ExplicitVRLittleEndian, stored.transferSyntax());
      assertEquals(8, stored.command().getInt(Tag.MessageID, 0));
    }
  }

  @Test
  void acceptorTakesTheSamePdusOctetByOctet() throws Exception {
    try (Node node = new Node().start();
        Peer peer = Peer.connect(node.port())) {
      sendSlowly(peer, GoldenPdus.ASSOCIATE_RQ);
      peer.expectType(Peer.PDU_AC);
      sendSlowly(peer, GoldenPdus.STORE_RQ);
      sendSlowly(peer, GoldenPdus.STORE_DATA);
      peer.expect(GoldenPdus.STORE_RSP);
      assertArrayEquals(DATASET, node.stored.get(0).dataset());
    }
  }

  @Test
  void acceptorTakesManyPdusOutOfOneSegment() throws Exception {
    try (Node node = new Node().start();
        Peer peer = Peer.associate(node.port())) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < 100; i++) {
        all.writeBytes(GoldenPdus.ECHO_RQ);
        all.writeBytes(GoldenPdus.STORE_RQ);
        all.writeBytes(GoldenPdus.STORE_DATA);
      }
      all.writeBytes(GoldenPdus.RELEASE_RQ);
      peer.send(all.toByteArray());
      for (int i = 0; i < 100; i++) {
        peer.expect(GoldenPdus.ECHO_RSP).expect(GoldenPdus.STORE_RSP);
      }
      peer.expect(GoldenPdus.RELEASE_RP);
      assertEquals(100, node.stored.size());
    }
  }

  @Test
  void acceptorRejectsATitleThatIsNotItsOwn() throws Exception {
    try (Node node = new Node().start();
        Peer peer = Peer.connect(node.port())) {
      peer.send(withCalled("SOMEBODY_ELSE   ")).expect(GoldenPdus.REJECT_CALLED);
      peer.expectClosed();
    }
  }

  @Test
  void acceptorRejectsACallerItDoesNotKnow() throws Exception {
    try (Node node = new Node().start()) {
      node.ae.setAcceptedCallingAETitles("FRIEND");
      try (Peer peer = Peer.connect(node.port())) {
        peer.send(GoldenPdus.ASSOCIATE_RQ).expect(GoldenPdus.REJECT_CALLING);
        peer.expectClosed();
      }
      node.ae.setAcceptedCallingAETitles("FRIEND", "TESTSCU");
      Peer.associate(node.port()).close();
    }
  }

  @Test
  void acceptorEndsQuietlyOnAbort() throws Exception {
    try (Node node = new Node().start();
        Peer peer = Peer.associate(node.port())) {
      Association as = node.device.listOpenAssociations()[0];
      peer.send(GoldenPdus.ABORT_BY_PROVIDER).expectClosed();
      Node.awaitClose(as);
      AAbort abort = (AAbort) as.getException();
      assertEquals(2, abort.getSource());
      assertEquals(0, abort.getReason());
      Node.eventually("close is told", () -> node.closed.contains(as));
    }
  }

  @Test
  void requestorAsksEchoesStoresAndReleases() throws Exception {
    try (Node node = new Node();
        ServerSocket server = Peer.listen()) {
      node.connection.setPackPDV(true);
      AAssociateRQ rq = new AAssociateRQ();
      rq.setCallingAET("TESTSCU");
      rq.setImplClassUID("1.2.3.4.5.6.7.8");
      rq.setImplVersionName("TESTPEER_10");
      rq.addPresentationContext(
          new PresentationContext(1, UID.Verification, UID.ImplicitVRLittleEndian));
      rq.addPresentationContext(
          new PresentationContext(
              3, UID.MRImageStorage, UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian));
      node.connection.setReceivePDULength(16384);
      Future<Association> connecting = later(() -> node.associate(server.getLocalPort(), rq));
      try (Peer peer = Peer.accept(server)) {
        assertEquals(PduTree.of(GoldenPdus.ASSOCIATE_RQ), PduTree.of(peer.receive()));
        peer.send(GoldenPdus.ASSOCIATE_AC);
        Association as = connecting.get(5, TimeUnit.SECONDS);
        assertEquals(State.Sta6, as.getState());
        assertEquals("1.2.3.4.5.99", as.getRemoteImplClassUID());
        assertEquals(UID.MRImageStorage, as.getAbstractSyntax(3));

        while (as.nextMessageID() != 6) {}
        DimseRSP echo = as.cecho();
        peer.expect(GoldenPdus.ECHO_RQ).send(GoldenPdus.ECHO_RSP);
        assertTrue(echo.next());
        assertEquals(Status.Success, echo.getCommand().getInt(Tag.Status, -1));
        assertFalse(echo.next());

        DimseRSP store =
            as.cstore(
                UID.MRImageStorage,
                "1.2.35",
                Priority.NORMAL,
                new InputStreamDataWriter(new ByteArrayInputStream(DATASET)),
                UID.ExplicitVRLittleEndian);
        Message request = Message.receive(peer);
        assertEquals(3, request.pcid());
        assertEquals(commandOf(GoldenPdus.STORE_RQ), withDatasetType0(request.command()));
        if (request.data().length == 0) {
          request = Message.receive(peer);
        }
        assertArrayEquals(DATASET, request.data());
        peer.send(GoldenPdus.STORE_RSP);
        assertTrue(store.next());

        as.release();
        peer.expect(GoldenPdus.RELEASE_RQ).send(GoldenPdus.RELEASE_RP);
        Node.awaitClose(as);
        peer.expectClosed();
      }
    }
  }

  @Test
  void requestorTellsWhyItWasRejected() throws Exception {
    try (Node node = new Node();
        ServerSocket server = Peer.listen()) {
      Future<Association> connecting = later(() -> node.associate(server.getLocalPort()));
      try (Peer peer = Peer.accept(server)) {
        peer.expectType(Peer.PDU_RQ);
        peer.send(GoldenPdus.REJECT_CALLING);
        AAssociateRJ rj =
            (AAssociateRJ)
                assertThrows(Exception.class, () -> connecting.get(5, TimeUnit.SECONDS)).getCause();
        assertEquals(AAssociateRJ.RESULT_REJECTED_PERMANENT, rj.getResult());
        assertEquals(AAssociateRJ.SOURCE_SERVICE_USER, rj.getSource());
        assertEquals(AAssociateRJ.REASON_CALLING_AET_NOT_RECOGNIZED, rj.getReason());
        peer.expectClosed();
      }
    }
  }

  @Test
  void requestorAbortsAsServiceUser() throws Exception {
    try (Node node = new Node();
        ServerSocket server = Peer.listen()) {
      Future<Association> connecting = later(() -> node.associate(server.getLocalPort()));
      try (Peer peer = Peer.accept(server)) {
        peer.expectType(Peer.PDU_RQ);
        peer.send(GoldenPdus.ASSOCIATE_AC);
        connecting.get(5, TimeUnit.SECONDS).abort();
        peer.expect(GoldenPdus.ABORT_BY_USER).expectClosed();
      }
    }
  }

  static <T> Future<T> later(java.util.concurrent.Callable<T> what) {
    FutureTask<T> task = new FutureTask<>(what);
    CompletableFuture.runAsync(task);
    return task;
  }

  static byte[] withCalled(String called) {
    byte[] rq = GoldenPdus.ASSOCIATE_RQ.clone();
    System.arraycopy(Hex.bytes("'" + called + "'"), 0, rq, 10, 16);
    return rq;
  }

  private static void sendSlowly(Peer peer, byte[] pdu) throws Exception {
    for (byte b : pdu) {
      peer.send(new byte[] {b});
    }
  }

  private static Attributes commandOf(byte[] pdu) throws Exception {
    return Message.command(Arrays.copyOfRange(pdu, 12, pdu.length));
  }

  /** Any value but 0101H announces a data set, PS3.7 section E.1. */
  private static Attributes withDatasetType0(Attributes command) {
    assertTrue(command.getInt(Tag.CommandDataSetType, 0x101) != 0x101);
    command.setInt(Tag.CommandDataSetType, org.dcm4che3.data.VR.US, 0);
    return command;
  }

  /** The PDVs of one P-DATA-TF put together. */
  record Message(int pcid, Attributes command, byte[] data) {
    static Message receive(Peer peer) throws Exception {
      byte[] pdu = peer.expectType(Peer.PDU_DATA);
      ByteArrayOutputStream command = new ByteArrayOutputStream();
      ByteArrayOutputStream data = new ByteArrayOutputStream();
      int pcid = 0;
      for (int at = 6; at < pdu.length; ) {
        int length = java.nio.ByteBuffer.wrap(pdu, at, 4).getInt();
        pcid = pdu[at + 4];
        ((pdu[at + 5] & 1) != 0 ? command : data).write(pdu, at + 6, length - 2);
        at += 4 + length;
      }
      return new Message(
          pcid, command.size() == 0 ? null : command(command.toByteArray()), data.toByteArray());
    }

    static Attributes command(byte[] bytes) throws Exception {
      try (DicomInputStream in =
          new DicomInputStream(new ByteArrayInputStream(bytes), UID.ImplicitVRLittleEndian)) {
        return in.readCommand();
      }
    }
  }
}
