package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dcm4che3.StandInOnly;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.pdu.PresentationContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More than one operation at a time on one association (PS3.7 section D.3.3.3). */
@Timeout(30)
class AsynchronousOperationsTest {

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

  private static int statusOf(DimseRSP rsp) throws Exception {
    assertTrue(rsp.next());
    Attributes command = rsp.getCommand();
    assertFalse(rsp.next());
    return command.getInt(Tag.Status, -1);
  }

  @Test
  void requestorKeepsWithinTheWindow() throws Exception {
    scu.connection.setMaxOpsInvoked(3);
    try (ServerSocket server = Peer.listen()) {
      Future<Association> connecting =
          GoldenPduTest.later(() -> scu.associate(server.getLocalPort()));
      try (Peer peer = Peer.accept(server)) {
        peer.expectType(Peer.PDU_RQ);
        peer.send(withWindow(GoldenPdus.ASSOCIATE_AC, 2));
        Association as = connecting.get(5, TimeUnit.SECONDS);
        DimseRSP first = as.cecho();
        DimseRSP second = as.cecho();
        Future<DimseRSP> third = GoldenPduTest.later(as::cecho);
        int one = GoldenPduTest.Message.receive(peer).command().getInt(Tag.MessageID, 0);
        int two = GoldenPduTest.Message.receive(peer).command().getInt(Tag.MessageID, 0);
        peer.expectSilence(150);
        peer.send(echoResponse(two));
        assertTrue(second.next());
        int three = GoldenPduTest.Message.receive(peer).command().getInt(Tag.MessageID, 0);
        peer.send(echoResponse(three)).send(echoResponse(one));
        assertTrue(first.next());
        assertTrue(third.get(5, TimeUnit.SECONDS).next());
        as.waitForOutstandingRSP();
      }
    }
  }

  @Test
  void withoutAWindowOneOperationIsUnderWayAtATime() throws Exception {
    AtomicInteger current = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    scp.storing(
            (as, pc, rq, data) -> {
              most.accumulateAndGet(current.incrementAndGet(), Math::max);
              scp.keep(as, pc, rq, data);
              current.decrementAndGet();
            })
        .start();
    Association as = scu.associate(scp.port());
    Map<Integer, Integer> statuses = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      as.cstore(
          UID.MRImageStorage,
          "1.2." + i,
          Priority.NORMAL,
          bytes(random(1000)),
          UID.ExplicitVRLittleEndian,
          new DimseRSPHandler(as.nextMessageID()) {
            @Override
            public void onDimseRSP(Association a, Attributes cmd, Attributes data) {
              statuses.put(getMessageID(), cmd.getInt(Tag.Status, -1));
            }
          });
    }
    as.waitForOutstandingRSP();
    assertEquals(200, statuses.size());
    assertEquals(java.util.Set.of(0), java.util.Set.copyOf(statuses.values()));
    assertEquals(1, most.get());
    assertEquals(200, as.getNumberOfSent(Dimse.C_STORE_RQ));
    assertEquals(200, as.getNumberOfReceived(Dimse.C_STORE_RSP));
  }

  @Test
  void acceptorMayAnswerOutOfOrderWithinTheWindow() throws Exception {
    scp.connection.setMaxOpsPerformed(4);
    scu.connection.setMaxOpsInvoked(4);
    CountDownLatch all = new CountDownLatch(4);
    scp.device.setDimseRQHandler(
        new DimseRQHandler() {
          @Override
          public void onDimseRQ(
              Association as,
              PresentationContext pc,
              Dimse dimse,
              Attributes cmd,
              PDVInputStream data) {
            scp.device.execute(
                () -> {
                  all.countDown();
                  try {
                    assertTrue(all.await(5, TimeUnit.SECONDS));
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  as.tryWriteDimseRSP(pc, Commands.mkEchoRSP(cmd, Status.Success));
                });
          }

          @Override
          public void onClose(Association as) {}
        });
    scp.start();
    Association as = scu.associate(scp.port());
    DimseRSP[] echoes = {as.cecho(), as.cecho(), as.cecho(), as.cecho()};
    for (DimseRSP echo : echoes) {
      assertEquals(Status.Success, statusOf(echo));
    }
  }

  @Test
  void severalThreadsShareOneAssociation() throws Exception {
    scp.start();
    scu.connection.setMaxOpsInvoked(4);
    Association as = scu.associate(scp.port());
    Future<?>[] threads = new Future<?>[4];
    for (int t = 0; t < threads.length; t++) {
      String prefix = "1.2." + t + ".";
      threads[t] =
          GoldenPduTest.later(
              () -> {
                for (int i = 0; i < 50; i++) {
                  byte[] object = random(40000 + i);
                  assertEquals(Status.Success, statusOf(store(as, prefix + i, bytes(object))));
                }
                return null;
              });
    }
    for (Future<?> thread : threads) {
      thread.get(20, TimeUnit.SECONDS);
    }
    assertEquals(200, scp.stored.size());
    for (Node.Stored stored : scp.stored) {
      assertArrayEquals(random(stored.dataset().length), stored.dataset());
    }
  }

  @Test
  @StandInOnly
  void handlerOfAResponseMaySendTheNextRequest() throws Exception {
    scp.start();
    Association as = scu.associate(scp.port());
    CountDownLatch remaining = new CountDownLatch(20);
    sendNext(as, remaining);
    assertTrue(remaining.await(10, TimeUnit.SECONDS));
    as.waitForOutstandingRSP();
    assertEquals(20, scp.stored.size());
  }

  private static void sendNext(Association as, CountDownLatch remaining) throws Exception {
    as.cstore(
        UID.MRImageStorage,
        "1.2." + remaining.getCount(),
        Priority.NORMAL,
        bytes(random(5000)),
        UID.ExplicitVRLittleEndian,
        new DimseRSPHandler(as.nextMessageID()) {
          @Override
          public void onDimseRSP(Association a, Attributes cmd, Attributes data) {
            remaining.countDown();
            if (remaining.getCount() > 0) {
              try {
                sendNext(as, remaining);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            }
          }
        });
  }

  /** An A-ASSOCIATE-AC with an asynchronous operations window for the requestor. */
  private static byte[] withWindow(byte[] ac, int invoked) {
    byte[] item = Hex.bytes("53 00 0004 000" + invoked + " 0001");
    byte[] bytes = Arrays.copyOf(ac, ac.length + item.length);
    System.arraycopy(item, 0, bytes, ac.length, item.length);
    java.nio.ByteBuffer.wrap(bytes)
        .putInt(2, bytes.length - 6)
        .putShort(ac.length - 41, (short) (39 + item.length));
    return bytes;
  }

  private static byte[] echoResponse(int msgId) {
    byte[] rsp = GoldenPdus.ECHO_RSP.clone();
    rsp[12 + 12 + 26 + 10 + 8] = (byte) msgId;
    return rsp;
  }
}
