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
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** C-STORE that breaks off on one side or the other. */
@Timeout(30)
class BrokenTransferTest {

  private Node scp;
  private Node scu;

  @BeforeEach
  void makeNodes() {
    scp = new Node();
    scu = new Node();
  }

  @AfterEach
  void closeNodes() throws Exception {
    scu.close();
    scp.close();
  }

  private static DataWriter bytes(byte[] bytes) {
    return new InputStreamDataWriter(new ByteArrayInputStream(bytes));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static DimseRSP store(Association as, String iuid, DataWriter data) throws Exception {
    return as.cstore(UID.MRImageStorage, iuid, Priority.NORMAL, data, UID.ExplicitVRLittleEndian);
  }

  @Test
  void storeFailsWhenThePeerDropsTheConnectionMidTransfer() throws Exception {
    scp.start();
    try (Peer peer = Peer.associate(scp.port())) {
      peer.send(GoldenPdus.STORE_RQ)
          .send(Arrays.copyOf(GoldenPdus.STORE_DATA, GoldenPdus.STORE_DATA.length - 20));
    }
    Node.eventually("close is told", () -> scp.closed.size() == 1);
    assertEquals(0, scp.stored.size());
  }

  @Test
  void storeFailsWhenThePeerAbortsMidTransfer() throws Exception {
    scp.start();
    try (Peer peer = Peer.associate(scp.port())) {
      peer.send(GoldenPdus.STORE_RQ).send(GoldenPdus.ABORT_BY_USER);
      Node.eventually("close is told", () -> scp.closed.size() == 1);
      assertEquals(0, scp.stored.size());
    }
  }

  @Test
  void handlerIsToldWhenTheConnectionDropsBeforeTheResponse() throws Exception {
    try (ServerSocket server = Peer.listen()) {
      Future<Association> connecting =
          GoldenPduTest.later(() -> scu.associate(server.getLocalPort()));
      Association as;
      CountDownLatch told = new CountDownLatch(1);
      try (Peer peer = Peer.accept(server)) {
        peer.expectType(Peer.PDU_RQ);
        peer.send(GoldenPdus.ASSOCIATE_AC);
        as = connecting.get(5, TimeUnit.SECONDS);
        as.cstore(
            UID.MRImageStorage,
            "1.2.3",
            Priority.NORMAL,
            bytes(new byte[100]),
            UID.ExplicitVRLittleEndian,
            new DimseRSPHandler(as.nextMessageID()) {
              @Override
              public void onClose(Association a) {
                told.countDown();
              }
            });
        peer.expectType(Peer.PDU_DATA);
      }
      assertTrue(told.await(5, TimeUnit.SECONDS));
      as.waitForOutstandingRSP();
      assertThrows(IOException.class, () -> store(as, "1.2.4", bytes(new byte[1])));
    }
  }

  @Test
  void senderFailsWhenTheConnectionDropsMidTransfer() throws Exception {
    try (ServerSocket server = Peer.listen()) {
      Future<Association> connecting =
          GoldenPduTest.later(() -> scu.associate(server.getLocalPort()));
      try (Peer peer = Peer.accept(server)) {
        peer.expectType(Peer.PDU_RQ);
        peer.send(GoldenPdus.ASSOCIATE_AC);
        Association as = connecting.get(5, TimeUnit.SECONDS);
        InputStream endless =
            new InputStream() {
              @Override
              public int read() {
                return 0;
              }
            };
        CountDownLatch told = new CountDownLatch(1);
        Future<Object> storing =
            GoldenPduTest.later(
                () -> {
                  as.cstore(
                      UID.MRImageStorage,
                      "1.2.3",
                      Priority.NORMAL,
                      new InputStreamDataWriter(endless),
                      UID.ExplicitVRLittleEndian,
                      new DimseRSPHandler(as.nextMessageID()) {
                        @Override
                        public void onClose(Association a) {
                          told.countDown();
                        }
                      });
                  return null;
                });
        peer.expectType(Peer.PDU_DATA);
        peer.close();
        Exception e = assertThrows(Exception.class, () -> storing.get(10, TimeUnit.SECONDS));
        assertInstanceOf(IOException.class, e.getCause());
        assertTrue(told.await(5, TimeUnit.SECONDS));
      }
    }
  }

  @Test
  void sourceThatFailsMidTransferLeavesNoHalfObject() throws Exception {
    scp.start();
    Association as = scu.associate(scp.port());
    DataWriter failing =
        (out, tsuid) -> {
          out.write(random(100000));
          throw new IOException("source failed");
        };
    IOException e = assertThrows(IOException.class, () -> store(as, "1.2.3", failing));
    assertEquals("source failed", e.getMessage());
    as.abort();
    Node.eventually("close is told", () -> scp.closed.size() == 1);
    assertEquals(0, scp.stored.size());
  }
}
