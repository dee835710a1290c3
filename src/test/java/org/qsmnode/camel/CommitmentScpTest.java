package org.qsmnode.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A consumer that promises to keep objects (PS3.4 annex J). */
@Timeout(60)
class CommitmentScpTest {

  private static final ReferencedInstance KEPT =
      new ReferencedInstance(UID.MRImageStorage, "1.2.3.1");
  private static final ReferencedInstance LOST =
      new ReferencedInstance(UID.MRImageStorage, "1.2.3.2");

  @TempDir Path folder;
  private final TestNode node = new TestNode();
  private final TestNode requestor = new TestNode();
  private final BlockingQueue<CommitmentResult> results = new LinkedBlockingQueue<>();
  private final CountDownLatch looked = new CountDownLatch(1);

  @BeforeEach
  void start() throws Exception {
    CommitmentListener listener = (peer, result) -> results.add(result);
    requestor
        .with("services", new ConsumerServices(null, listener, null, event -> {}))
        .start(Files.createDirectory(folder.resolve("requestor")));
    PeerAddress back = new PeerAddress("NODE", "127.0.0.1", requestor.port());
    CommitmentProvider provider =
        new CommitmentProvider(
            this::reason, Map.of("TESTSCU", new MoveDestination(back, DicomSecurity.NONE)));
    node.with("services", new ConsumerServices(null, null, provider, event -> {}))
        .start(Files.createDirectory(folder.resolve("node")));
  }

  private int reason(ReferencedInstance instance) {
    try {
      looked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return instance.equals(KEPT) ? 0 : 0x0112;
  }

  @AfterEach
  void stop() throws Exception {
    looked.countDown();
    node.close();
    requestor.close();
  }

  private CommitmentScu scu() {
    return new CommitmentScu(node.options(), node.executor, node.timers);
  }

  @Test
  void whoWaitsGetsTheResultOnTheSameAssociation() throws Exception {
    looked.countDown();
    CommitmentResult result =
        scu().request("1.2.7", List.of(KEPT, LOST), Duration.ofSeconds(20)).orElseThrow();
    assertEquals(new CommitmentResult("1.2.7", List.of(KEPT), Map.of(LOST, 0x0112)), result);
    assertEquals(0, results.size());
  }

  @Test
  void whoHasLeftIsCalledBack() throws Exception {
    assertEquals(Optional.empty(), scu().request("1.2.8", List.of(KEPT), Duration.ZERO));
    looked.countDown();
    assertEquals(
        new CommitmentResult("1.2.8", List.of(KEPT), Map.of()), results.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void requestsThatMeanNothingAreRefused() throws Exception {
    Requestor opening = new Requestor(node.options(), node.executor, node.timers);
    Association association = opening.open(opening.request(UID.StorageCommitmentPushModel));
    String instance = UID.StorageCommitmentPushModelInstance;
    assertEquals(Status.NoSuchActionType, action(association, instance, 2, references("1.2.9")));
    assertEquals(Status.NoSuchObjectInstance, action(association, "1.2.3", 1, references("1.2.9")));
    assertEquals(Status.InvalidArgumentValue, action(association, instance, 1, new Attributes()));
    assertEquals(Status.Success, action(association, instance, 1, references("1.2.9")));
    association.release();
  }

  private static Attributes references(String transaction) {
    Attributes information = new Attributes();
    information.setString(Tag.TransactionUID, VR.UI, transaction);
    information.newSequence(Tag.ReferencedSOPSequence, 1).add(KEPT.item());
    return information;
  }

  private static int action(
      Association association, String instance, int type, Attributes information) throws Exception {
    DimseRSP response =
        association.naction(UID.StorageCommitmentPushModel, instance, type, information, null);
    response.next();
    return response.getCommand().getInt(Tag.Status, -1);
  }
}
