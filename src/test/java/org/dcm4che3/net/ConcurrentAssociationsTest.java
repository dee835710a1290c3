package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dcm4che3.StandInOnly;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many associations at once, slow peers among them, and an orderly end. */
@Timeout(30)
class ConcurrentAssociationsTest {

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

  private static void store(Association as, String iuid, byte[] object) throws Exception {
    DimseRSP rsp =
        as.cstore(
            UID.MRImageStorage,
            iuid,
            Priority.NORMAL,
            new InputStreamDataWriter(new ByteArrayInputStream(object)),
            UID.ExplicitVRLittleEndian);
    assertTrue(rsp.next());
  }

  @Test
  void objectsOfManyAssociationsDoNotMix() throws Exception {
    scp.start();
    List<Future<Void>> senders = new ArrayList<>();
    for (int n = 0; n < 8; n++) {
      int sender = n;
      senders.add(
          GoldenPduTest.later(
              () -> {
                Association as = scu.associate(scp.port());
                for (int i = 0; i < 20; i++) {
                  byte[] object = new byte[30000 + sender];
                  Arrays.fill(object, (byte) sender);
                  store(as, "1.2." + sender + "." + i, object);
                }
                as.release();
                as.waitForSocketClose();
                return null;
              }));
    }
    for (Future<Void> sender : senders) {
      sender.get(20, TimeUnit.SECONDS);
    }
    assertEquals(160, scp.stored.size());
    for (Node.Stored stored : scp.stored) {
      int sender = Integer.parseInt(stored.instanceUid().split("\\.")[2]);
      byte[] object = new byte[30000 + sender];
      Arrays.fill(object, (byte) sender);
      assertArrayEquals(object, stored.dataset());
    }
    Node.eventually("all ended", () -> scp.device.getNumberOfOpenAssociations() == 0);
    assertEquals(8, scp.closed.size());
    assertEquals(0, scu.device.getNumberOfOpenAssociations());
  }

  @Test
  void slowPeersHoldUpNobody() throws Exception {
    scp.start();
    List<Peer> slow = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      slow.add(Peer.connect(scp.port()));
      slow.add(Peer.connect(scp.port()).send(Arrays.copyOf(GoldenPdus.ASSOCIATE_RQ, 50)));
      slow.add(Peer.associate(scp.port()));
      slow.add(Peer.associate(scp.port()).send(GoldenPdus.STORE_RQ));
      slow.add(
          Peer.associate(scp.port())
              .send(GoldenPdus.STORE_RQ)
              .send(Arrays.copyOf(GoldenPdus.STORE_DATA, 30)));
    }
    Association as = scu.associate(scp.port());
    long start = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      store(as, "1.2." + i, new byte[1000]);
    }
    assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(5));
    for (Peer peer : slow) {
      peer.close();
    }
  }

  @Test
  void peerThatReadsNoResponsesHoldsUpNobody() throws Exception {
    scp.connection.setSendTimeout(5000);
    scp.connection.setSendBufferSize(4096);
    scp.start();
    try (Peer deaf = Peer.associate(scp.port())) {
      Future<Void> flood =
          GoldenPduTest.later(
              () -> {
                for (int i = 0; i < 100000; i++) {
                  deaf.send(GoldenPdus.ECHO_RQ);
                }
                return null;
              });
      Association as = scu.associate(scp.port());
      for (int i = 0; i < 20; i++) {
        assertTrue(as.cecho().next());
      }
      deaf.close();
      assertThrows(Exception.class, () -> flood.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void listenersAndPropertiesBelongToOneAssociation() throws Exception {
    scp.start();
    Association one = scu.associate(scp.port());
    Association two = scu.associate(scp.port());
    CountDownLatch ended = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    AssociationListener removed = as -> calls.incrementAndGet();
    one.addAssociationListener(as -> ended.countDown());
    two.addAssociationListener(removed);
    two.removeAssociationListener(removed);
    one.setProperty("key", 1);
    one.setProperty(Random.class, new Random(1));
    assertTrue(one.containsProperty("key"));
    assertFalse(two.containsProperty("key"));
    assertEquals(1, one.clearProperty("key"));
    assertTrue(one.getProperty(Random.class) instanceof Random);
    assertTrue(one.getSerialNo() != two.getSerialNo());
    one.release();
    assertTrue(ended.await(5, TimeUnit.SECONDS));
    two.release();
    two.waitForSocketClose();
    assertEquals(0, calls.get());
  }

  /** The thread that accepts may take one more caller before it sees that its socket is closed. */
  private boolean isTurnedAway() {
    try {
      scu.associate(scp.port()).abort();
      return false;
    } catch (IOException e) {
      return true;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void unboundConnectionTakesNobodyNewButServesWhoIsThere() throws Exception {
    scp.start();
    Association as = scu.associate(scp.port());
    store(as, "1.2.3", new byte[100]);
    scp.device.unbindConnections();
    assertFalse(scp.connection.isListening());
    Node.eventually("nobody new", () -> isTurnedAway());
    store(as, "1.2.4", new byte[100]);
    Future<Boolean> drained =
        GoldenPduTest.later(
            () -> {
              scp.device.waitForNoOpenConnections();
              return true;
            });
    Thread.sleep(100);
    assertFalse(drained.isDone());
    as.release();
    assertTrue(drained.get(5, TimeUnit.SECONDS));
    assertEquals(2, scp.stored.size());
    scp.device.bindConnections();
    store(scu.associate(scp.port()), "1.2.5", new byte[100]);
  }

  @Test
  void associationsCanBeOpenedAndClosedByTheHundred() throws Exception {
    scp.start();
    for (int i = 0; i < 300; i++) {
      Association as = scu.associate(scp.port());
      if (i % 3 == 0) {
        as.abort();
      } else {
        as.release();
      }
    }
    Node.eventually("all ended", () -> scp.device.getNumberOfOpenAssociations() == 0);
    Node.eventually("all ended", () -> scu.device.getNumberOfOpenAssociations() == 0);
  }

  @Test
  @StandInOnly
  void silentConnectionsCannotTakeAllThreads() throws Exception {
    scp.connection.setBacklog(400);
    scp.connection.setRequestTimeout(60000);
    scp.start();
    Association established = scu.associate(scp.port());
    int threads = Thread.activeCount();
    List<Peer> silent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      silent.add(Peer.connect(scp.port()));
    }
    silent.get(299).expectClosed();
    assertTrue(Thread.activeCount() - threads <= 260, "threads");
    store(established, "1.2.3", new byte[1000]);
    for (Peer peer : silent) {
      peer.close();
    }
    Node.eventually(
        "room again",
        () -> {
          try (Peer peer = Peer.connect(scp.port()).trySend(GoldenPdus.ASSOCIATE_RQ)) {
            return peer.receive()[0] == Peer.PDU_AC;
          } catch (IOException refused) {
            return false;
          }
        });
  }

  @Test
  void blacklistedPeersAreTurnedAway() throws Exception {
    scp.connection.setBlacklist(new String[] {"127.0.0.1"});
    scp.start();
    try (Peer peer = Peer.connect(scp.port())) {
      peer.expectClosed();
    }
    scp.connection.setBlacklist(new String[0]);
    Peer.associate(scp.port()).close();
  }
}
