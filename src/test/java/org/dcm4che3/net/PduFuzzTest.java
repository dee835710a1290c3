package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.StandInOnly;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of spoiled dialogues, the same for the same seed, against a living node. */
@Timeout(60)
class PduFuzzTest {

  private static final int DIALOGUES = 500;
  private static final long HEAP_ALLOWANCE = 64L << 20;

  private static final byte[][] DIALOGUE = {
    GoldenPdus.ASSOCIATE_RQ,
    GoldenPdus.ECHO_RQ,
    GoldenPdus.STORE_RQ,
    GoldenPdus.STORE_DATA,
    GoldenPdus.RELEASE_RQ
  };

  private static final byte[][] ANSWERS = {
    GoldenPdus.ASSOCIATE_AC, GoldenPdus.ECHO_RSP, GoldenPdus.STORE_RSP, GoldenPdus.RELEASE_RP
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void spoiledDialoguesNeitherCrashNorHangNorLeak(long seed) throws Exception {
    try (Node node = new Node()) {
      node.connection.setRequestTimeout(1000);
      node.connection.setIdleTimeout(1000);
      node.connection.setSocketCloseDelay(10);
      node.storing((as, pc, rq, data) -> data.skipAll());
      node.start();
      Random random = new Random(seed);
      int threads = Thread.activeCount();
      long heap = usedHeap();
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < DIALOGUES; i++) {
        byte[] script = spoiled(random, DIALOGUE);
        running.add(GoldenPduTest.later(() -> play(node.port(), script)));
        if (running.size() == 4) {
          for (Future<Void> each : running) {
            each.get(20, TimeUnit.SECONDS);
          }
          running.clear();
        }
      }
      Node.eventually("all ended", () -> node.device.getNumberOfOpenAssociations() == 0);
      try (Peer peer = Peer.associate(node.port())) {
        peer.send(GoldenPdus.ECHO_RQ).expect(GoldenPdus.ECHO_RSP);
        peer.send(GoldenPdus.STORE_RQ).send(GoldenPdus.STORE_DATA).expect(GoldenPdus.STORE_RSP);
      }
      long grown = usedHeap() - heap;
      assertTrue(grown < HEAP_ALLOWANCE, () -> "heap grew by " + (grown >> 20) + " MB");
      Node.eventually("threads ended", () -> Thread.activeCount() <= threads + 10);
    }
  }

  /** The official library buffers as much as a PDU claims; see the limitations. */
  @StandInOnly
  @Test
  void lengthsThatClaimTheWorldCostNothing() throws Exception {
    try (Node node = new Node()) {
      node.connection.setIdleTimeout(2000);
      node.connection.setRequestTimeout(2000);
      node.start();
      long heap = usedHeap();
      List<Peer> peers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        byte[] rq = GoldenPdus.ASSOCIATE_RQ.clone();
        ByteBuffer.wrap(rq).putInt(2, 1 << 20);
        peers.add(Peer.connect(node.port()).send(rq));
        Peer data = Peer.associate(node.port()).send(GoldenPdus.STORE_RQ);
        peers.add(data.send(Hex.bytes("04 00 00008000 00007ffc 03 00 00")));
      }
      Thread.sleep(200);
      long grown = usedHeap() - heap;
      for (Peer peer : peers) {
        peer.close();
      }
      assertTrue(grown < HEAP_ALLOWANCE, () -> "heap grew by " + (grown >> 20) + " MB");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void spoiledAnswersNeitherHangNorLeakTheRequestor(long seed) throws Exception {
    Random random = new Random(seed);
    try (Node node = new Node();
        ServerSocket server = Peer.listen()) {
      node.connection.setAcceptTimeout(2000);
      node.connection.setResponseTimeout(2000);
      node.connection.setReleaseTimeout(2000);
      node.connection.setSocketCloseDelay(10);
      int threads = Thread.activeCount();
      for (int i = 0; i < 200; i++) {
        byte[] script = spoiled(random, ANSWERS);
        Future<Void> peer =
            GoldenPduTest.later(
                () -> {
                  try (Peer spoiler = Peer.accept(server)) {
                    spoiler.expectType(Peer.PDU_RQ);
                    answer(spoiler, script);
                  }
                  return null;
                });
        try {
          Association as = node.associate(server.getLocalPort());
          DimseRSP echo = as.cecho();
          echo.next();
          as.cstore(
                  UID.MRImageStorage,
                  "1.2.35",
                  Priority.NORMAL,
                  new InputStreamDataWriter(new ByteArrayInputStream(new byte[50000])),
                  UID.ExplicitVRLittleEndian)
              .next();
          as.release();
          as.waitForSocketClose();
        } catch (IOException expected) {
          // what a spoiled answer may lead to
        }
        peer.get(10, TimeUnit.SECONDS);
        for (Association left : node.device.listOpenAssociations()) {
          left.abort();
        }
      }
      Node.eventually("all ended", () -> node.device.getNumberOfOpenAssociations() == 0);
      Node.eventually("threads ended", () -> Thread.activeCount() <= threads + 10);
    }
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Sends a script and reads whatever comes until the node closes or has nothing more to say. */
  private static Void play(int port, byte[] script) throws IOException {
    try (Peer peer = Peer.connect(port)) {
      answer(peer, script);
    }
    return null;
  }

  private static void answer(Peer peer, byte[] script) throws IOException {
    try {
      peer.trySend(script);
      peer.socket().shutdownOutput();
      byte[] sink = new byte[4096];
      while (peer.socket().getInputStream().read(sink) >= 0) {}
    } catch (SocketTimeoutException hanging) {
      throw hanging;
    } catch (SocketException reset) {
      // closed with octets of ours unread
    }
  }

  private static byte[] spoiled(Random random, byte[]... dialogue) {
    List<byte[]> script = new ArrayList<>();
    for (byte[] pdu : dialogue) {
      script.add(pdu.clone());
    }
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int which = random.nextInt(script.size());
      byte[] pdu = script.get(which);
      switch (random.nextInt(9)) {
        case 0 -> pdu[random.nextInt(pdu.length)] ^= (byte) (1 << random.nextInt(8));
        case 1 -> pdu[random.nextInt(pdu.length)] = (byte) random.nextInt(256);
        case 2 -> ByteBuffer.wrap(pdu).putInt(random.nextInt(pdu.length - 3), random.nextInt());
        case 3 ->
            ByteBuffer.wrap(pdu).putShort(random.nextInt(pdu.length - 1), (short) random.nextInt());
        case 4 -> script.remove(which);
        case 5 -> script.add(random.nextInt(script.size() + 1), pdu.clone());
        case 6 -> script.set(which, java.util.Arrays.copyOf(pdu, random.nextInt(pdu.length)));
        case 7 -> ByteBuffer.wrap(pdu).putInt(2, random.nextInt(1 << 18));
        default -> {
          byte[] noise = new byte[random.nextInt(2000)];
          random.nextBytes(noise);
          script.set(which, noise);
        }
      }
      if (script.isEmpty()) {
        script.add(GoldenPdus.UNRECOGNIZED);
      }
      script.replaceAll(each -> each.length < 6 ? GoldenPdus.UNRECOGNIZED.clone() : each);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    script.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }
}
