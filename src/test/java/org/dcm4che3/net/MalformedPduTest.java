package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.dcm4che3.StandInOnly;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PDUs that lie about themselves end their association and nothing else. */
@Timeout(20)
class MalformedPduTest {

  private Node node;

  @BeforeEach
  void startNode() throws Exception {
    node = new Node().start();
    node.connection.setRequestTimeout(2000);
  }

  @AfterEach
  void answersStill() throws Exception {
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(GoldenPdus.ECHO_RQ).expect(GoldenPdus.ECHO_RSP);
    }
    assertEquals(0, node.stored.size(), "nothing malformed was stored");
    node.close();
  }

  // ---- A-ASSOCIATE-RQ

  @ParameterizedTest
  @CsvSource({
    // offset of a two-octet length, its false value
    "76, 0xffff", // application context item
    "101, 0x00ff", // presentation context item within the PDU, beyond its sub-items
    "101, 0xffff", // presentation context item
    "109, 0x00ff", // abstract syntax
    "232, 0xffff", // user information
  })
  void requestWithAFalseItemLengthIsAborted(int offset, String length) throws Exception {
    assertAborted(offset, length);
  }

  /** The official library takes this request. */
  @StandInOnly
  @Test
  void requestWithAFalseLengthWithinTheUserInformationIsAborted() throws Exception {
    assertAborted(236, "0xffff");
  }

  private void assertAborted(int offset, String length) throws Exception {
    byte[] rq = GoldenPdus.ASSOCIATE_RQ.clone();
    ByteBuffer.wrap(rq).putShort(offset, Integer.decode(length).shortValue());
    try (Peer peer = Peer.connect(node.port())) {
      peer.send(rq).expectAbortOrClosed();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 67})
  void requestShorterThanItsFixedPartIsAborted(int length) throws Exception {
    byte[] rq = Arrays.copyOf(GoldenPdus.ASSOCIATE_RQ, 6 + length);
    ByteBuffer.wrap(rq).putInt(2, length);
    try (Peer peer = Peer.connect(node.port())) {
      peer.send(rq).expectAbortOrClosed();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x7fffffff, 0xffffffff, 0x10000000})
  void requestThatClaimsGigabytesGetsNoMemory(int length) throws Exception {
    byte[] rq = GoldenPdus.ASSOCIATE_RQ.clone();
    ByteBuffer.wrap(rq).putInt(2, length);
    try (Peer peer = Peer.connect(node.port())) {
      peer.send(rq).expectAbortOrClosed();
    }
  }

  /** PS3.8 section 9.3.2.2 wants odd ids; tools exist that propose even ones. */
  @Test
  void requestWithAnEvenContextIdIsAccepted() throws Exception {
    byte[] rq = GoldenPdus.ASSOCIATE_RQ.clone();
    rq[103] = 2;
    byte[] echo = GoldenPdus.ECHO_RQ.clone();
    echo[10] = 2;
    byte[] answer = GoldenPdus.ECHO_RSP.clone();
    answer[10] = 2;
    try (Peer peer = Peer.connect(node.port())) {
      peer.send(rq).expectType(Peer.PDU_AC);
      peer.send(echo).expect(answer);
    }
  }

  @StandInOnly
  @Test
  void requestWithAContextIdOfZeroIsAborted() throws Exception {
    byte[] rq = GoldenPdus.ASSOCIATE_RQ.clone();
    rq[103] = 0;
    try (Peer peer = Peer.connect(node.port())) {
      peer.send(rq).expectType(Peer.PDU_ABORT);
    }
  }

  @StandInOnly
  @Test
  void titleWithAControlCharacterIsRefused() throws Exception {
    byte[] rq = GoldenPdus.ASSOCIATE_RQ.clone();
    rq[12] = '\n';
    try (Peer peer = Peer.connect(node.port())) {
      peer.send(rq);
      byte type = peer.receive()[0];
      assertTrue(type == Peer.PDU_ABORT || type == Peer.PDU_RJ);
    }
  }

  @Test
  void unknownItemsAreSkipped() throws Exception {
    ByteArrayOutputStream rq = new ByteArrayOutputStream();
    rq.writeBytes(GoldenPdus.ASSOCIATE_RQ);
    rq.writeBytes(Hex.bytes("7f 00 0003 010203"));
    byte[] bytes = rq.toByteArray();
    ByteBuffer.wrap(bytes).putInt(2, bytes.length - 6);
    try (Peer peer = Peer.connect(node.port())) {
      peer.send(bytes).expectType(Peer.PDU_AC);
    }
  }

  // ---- P-DATA-TF

  @StandInOnly
  @Test
  void dataLongerThanAnnouncedIsAborted() throws Exception {
    try (Peer peer = Peer.associate(node.port())) {
      int tooLong = 32768 + 2;
      ByteBuffer pdu = ByteBuffer.allocate(6 + tooLong);
      pdu.put((byte) 4).put((byte) 0).putInt(tooLong).putInt(tooLong - 4).put((byte) 3);
      peer.send(GoldenPdus.STORE_RQ).trySend(pdu.array()).expectAbortOrClosed();
      Node.eventually("store fails", () -> node.failures.size() == 1);
    }
  }

  @Test
  void dataOfExactlyTheLengthAnnouncedIsTaken() throws Exception {
    try (Peer peer = Peer.associate(node.port())) {
      ByteBuffer pdu = ByteBuffer.allocate(6 + 32768);
      pdu.put((byte) 4).put((byte) 0).putInt(32768).putInt(32764).put((byte) 3).put((byte) 2);
      peer.send(GoldenPdus.STORE_RQ).send(pdu.array()).expect(GoldenPdus.STORE_RSP);
      assertEquals(32762, node.stored.get(0).dataset().length);
      node.stored.clear();
    }
  }

  @StandInOnly
  @ParameterizedTest
  @ValueSource(
      strings = {
        "04 00 00000000", // no PDV
        "04 00 00000003 000000", // less than the length of a PDV
        "04 00 00000006 00000000 01 03", // PDV without its own header
        "04 00 00000006 00000001 01 03", // PDV with half its header
        "04 00 00000006 00000003 01 03", // PDV longer than the PDU
        "04 00 00000006 ffffffff 01 03", // PDV of 4 GB
        "04 00 00000008 00000003 01 03 00 00" // octets left behind the PDV
      })
  void dataWithoutAWellFormedPdvIsAborted(String pdu) throws Exception {
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(Hex.bytes(pdu)).expectAbortOrClosed();
    }
  }

  @Test
  void dataSetWithoutCommandIsAborted() throws Exception {
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(GoldenPdus.STORE_DATA).expectAbortOrClosed();
    }
  }

  @Test
  void dataSetTheCommandDoesNotAnnounceIsAborted() throws Exception {
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(GoldenPdus.ECHO_RQ).expect(GoldenPdus.ECHO_RSP);
      peer.send(GoldenPdus.STORE_DATA).expectAbortOrClosed();
    }
  }

  @Test
  void commandInPlaceOfTheAnnouncedDataSetIsAborted() throws Exception {
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(GoldenPdus.STORE_RQ).send(GoldenPdus.ECHO_RQ).expectAbortOrClosed();
    }
  }

  @StandInOnly
  @Test
  void dataSetInAnotherContextThanItsCommandIsAborted() throws Exception {
    byte[] data = GoldenPdus.STORE_DATA.clone();
    data[10] = 1;
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(GoldenPdus.STORE_RQ).send(data).expectAbortOrClosed();
    }
  }

  @Test
  void contextThatWasNotAcceptedIsAborted() throws Exception {
    byte[] echo = GoldenPdus.ECHO_RQ.clone();
    echo[10] = 7;
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(echo).expectAbortOrClosed();
    }
  }

  @Test
  void commandThatIsNoCommandIsAborted() throws Exception {
    byte[] echo = GoldenPdus.ECHO_RQ.clone();
    Arrays.fill(echo, 12, echo.length, (byte) 0xff);
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(echo).expectAbortOrClosed();
    }
  }

  @StandInOnly
  @Test
  void commandFieldOutsideTheStandardIsAborted() throws Exception {
    byte[] echo = GoldenPdus.ECHO_RQ.clone();
    echo[12 + 12 + 26 + 8] = 0x77;
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(echo).expectAbortOrClosed();
    }
  }

  @StandInOnly
  @Test
  void responseToNoRequestIsAborted() throws Exception {
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(GoldenPdus.ECHO_RSP).expectAbortOrClosed();
    }
  }

  @StandInOnly
  @Test
  void releaseOfTheWrongLengthIsAborted() throws Exception {
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(Hex.bytes("05 00 00000005 0000000000")).expectAbortOrClosed();
    }
  }

  @Test
  @StandInOnly
  void dataSetOfAnEchoIsSkippedUnread() throws Exception {
    byte[] echo = GoldenPdus.ECHO_RQ.clone();
    echo[echo.length - 2] = 0;
    echo[echo.length - 1] = 0;
    byte[] garbage = Hex.bytes("04 00 00000010 0000000c 01 02 ff ff ff ff ff ff ff ff ff ff");
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(echo).send(garbage).expect(GoldenPdus.ECHO_RSP);
    }
  }

  @Test
  void fragmentsWithoutContentAreSkipped() throws Exception {
    try (Peer peer = Peer.associate(node.port())) {
      peer.send(GoldenPdus.STORE_RQ);
      for (int i = 0; i < 1000; i++) {
        peer.send(Hex.bytes("04 00 00000006 00000002 03 00"));
      }
      peer.send(GoldenPdus.STORE_DATA).expect(GoldenPdus.STORE_RSP);
      assertEquals(48, node.stored.get(0).dataset().length);
      node.stored.clear();
    }
  }

  @StandInOnly
  @Test
  void lengthTooSmallForAnyFragmentIsRefused() throws Exception {
    byte[] rq = GoldenPdus.ASSOCIATE_RQ.clone();
    ByteBuffer.wrap(rq).putInt(238, 6);
    try (Peer peer = Peer.connect(node.port())) {
      peer.send(rq).expectAbortOrClosed();
    }
  }
}
