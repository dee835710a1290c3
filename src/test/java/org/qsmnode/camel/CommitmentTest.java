package org.qsmnode.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.service.AbstractDicomService;
import org.dcm4che3.net.service.DicomServiceException;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Storage commitment with a peer that reports as a test tells it (PS3.4 annex J). */
@Timeout(30)
class CommitmentTest {

  private static final String CLASS = UID.StorageCommitmentPushModel;
  private static final ReferencedInstance ONE =
      new ReferencedInstance(UID.MRImageStorage, "1.2.3.1");
  private static final ReferencedInstance TWO =
      new ReferencedInstance(UID.MRImageStorage, "1.2.3.2");

  /** What a peer does after it has answered the request. */
  private interface After {
    void request(Association association, Attributes information) throws Exception;
  }

  @TempDir Path folder;
  private final TestNode node = new TestNode();
  private final BlockingQueue<CommitmentResult> results = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
  private final Device device = new Device("pacs");
  private final Connection connection = new Connection("pacs", "127.0.0.1");
  private final ApplicationEntity pacs = new ApplicationEntity("PACS");
  private volatile After before = (association, information) -> {};
  private volatile After after = (association, information) -> {};
  private volatile int answer = Status.Success;

  @BeforeEach
  void start() throws Exception {
    node.with(
            "services",
            new ConsumerServices(
                null,
                (peer, result) -> {
                  if (result.transactionUid().equals("1.2.9")) {
                    throw new DicomStatusException(0x0115, "transaction is not known");
                  }
                  assertEquals("PACS", peer);
                  results.add(result);
                },
                null,
                event -> {}))
        .start(folder);
    connection.setPort(ScriptedScp.freePort());
    device.setExecutor(node.executor);
    device.setScheduledExecutor(node.timers);
    device.addConnection(connection);
    device.addApplicationEntity(pacs);
    pacs.addConnection(connection);
    pacs.addTransferCapability(
        new TransferCapability(
            null, CLASS, TransferCapability.Role.SCP, UID.ImplicitVRLittleEndian));
    DicomServiceRegistry services = new DicomServiceRegistry();
    services.addDicomService(new Commitment());
    device.setDimseRQHandler(services);
    device.bindConnections();
  }

  @AfterEach
  void stop() throws Exception {
    device.unbindConnections();
    node.close();
  }

  private final class Commitment extends AbstractDicomService {

    Commitment() {
      super(CLASS);
    }

    @Override
    protected void onDimseRQ(
        Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data)
        throws IOException {
      if (answer != Status.Success) {
        throw new DicomServiceException(answer);
      }
      try {
        before.request(as, data);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      as.writeDimseRSP(pc, Commands.mkNActionRSP(cmd, Status.Success));
      node.executor.execute(
          () -> {
            try {
              after.request(as, data);
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  private CommitmentScu scu() {
    return new CommitmentScu(
        TestNode.options("PACS", connection.getPort()), node.executor, node.timers);
  }

  private static Attributes result(String transactionUid, ReferencedInstance committed) {
    Attributes information = new Attributes();
    information.setString(Tag.TransactionUID, VR.UI, transactionUid);
    information.newSequence(Tag.ReferencedSOPSequence, 1).add(committed.item());
    return information;
  }

  private Association call() throws Exception {
    AAssociateRQ request = new AAssociateRQ();
    request.setCalledAET("NODE");
    request.addPresentationContextFor(CLASS, UID.ImplicitVRLittleEndian);
    request.addRoleSelection(new RoleSelection(CLASS, false, true));
    return pacs.connect(new Connection("node", "127.0.0.1", node.port()), request);
  }

  private static int report(Association association, int type, Attributes information)
      throws Exception {
    DimseRSP response =
        association.neventReport(
            CLASS, UID.StorageCommitmentPushModelInstance, type, information, null);
    assertTrue(response.next());
    return response.getCommand().getInt(Tag.Status, -1);
  }

  @Test
  void aResultOnTheSameAssociationIsReturned() throws Exception {
    after =
        (association, information) -> {
          assertEquals(2, information.getSequence(Tag.ReferencedSOPSequence).size());
          statuses.add(report(association, 1, information));
        };
    CommitmentResult result =
        scu().request("1.2.7", List.of(ONE, TWO), Duration.ofSeconds(10)).orElseThrow();
    assertEquals("1.2.7", result.transactionUid());
    assertTrue(result.covers(List.of(ONE, TWO)));
    assertEquals(Status.Success, statuses.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void aResultOnAnAssociationOfThePeerReachesTheListener() throws Exception {
    after =
        (association, information) -> {
          Attributes partly = result(information.getString(Tag.TransactionUID), ONE);
          Sequence failed = partly.newSequence(Tag.FailedSOPSequence, 1);
          Attributes item = TWO.item();
          item.setInt(Tag.FailureReason, VR.US, 0x0112);
          failed.add(item);
          Association back = call();
          assertEquals(Status.Success, report(back, 2, partly));
          back.release();
        };
    Optional<CommitmentResult> none = scu().request("1.2.8", List.of(ONE, TWO), Duration.ZERO);
    assertEquals(Optional.empty(), none);
    CommitmentResult result = results.poll(10, TimeUnit.SECONDS);
    assertEquals(new CommitmentResult("1.2.8", List.of(ONE), Map.of(TWO, 0x0112)), result);
    assertFalse(result.covers(List.of(ONE, TWO)));
  }

  @Test
  void aResultThatOvertakesTheResponseReachesTheListener() throws Exception {
    before =
        (association, information) -> {
          Association back = call();
          statuses.add(report(back, 1, result(information.getString(Tag.TransactionUID), ONE)));
          back.release();
        };
    assertEquals(Optional.empty(), scu().request("1.2.8", List.of(ONE), Duration.ZERO));
    assertEquals(Status.Success, statuses.poll(10, TimeUnit.SECONDS));
    CommitmentResult result = results.poll(10, TimeUnit.SECONDS);
    assertEquals(new CommitmentResult("1.2.8", List.of(ONE), Map.of()), result);
  }

  @Test
  void reportsThatMeanNothingAreRefused() throws Exception {
    Association as = call();
    assertEquals(0x0115, report(as, 1, result("1.2.9", ONE)));
    assertEquals(Status.NoSuchEventType, report(as, 3, result("1.2.8", ONE)));
    assertEquals(Status.InvalidArgumentValue, report(as, 1, ONE.item()));
    assertEquals(Status.Success, report(as, 1, result("1.2.8", ONE)));
    as.release();
  }

  @Test
  void aRefusalIsAStatusAndAnAbortASendException() throws Exception {
    answer = Status.ResourceLimitation;
    DicomStatusException refused =
        assertThrows(
            DicomStatusException.class,
            () -> scu().request("1.2.7", List.of(ONE), Duration.ofSeconds(5)));
    assertEquals(Status.ResourceLimitation, refused.status());
    device.unbindConnections();
    Awaitility.await("the accepting thread sees that its socket is closed")
        .untilAsserted(
            () ->
                assertThrows(
                    DicomSendException.class,
                    () -> scu().request("1.2.7", List.of(ONE), Duration.ZERO)));
  }

  @Test
  void anAssociationThatThePeerEndsBringsNoResult() throws Exception {
    after = (association, information) -> association.abort();
    assertEquals(Optional.empty(), scu().request("1.2.7", List.of(ONE), Duration.ofSeconds(10)));
  }
}
