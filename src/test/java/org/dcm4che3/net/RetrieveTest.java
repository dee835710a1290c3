package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.service.BasicCGetSCP;
import org.dcm4che3.net.service.BasicCMoveSCP;
import org.dcm4che3.net.service.BasicRetrieveTask;
import org.dcm4che3.net.service.DicomServiceException;
import org.dcm4che3.net.service.InstanceLocator;
import org.dcm4che3.net.service.RetrieveTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** C-GET and C-MOVE from both sides (PS3.7 sections 9.1.3, 9.1.4; PS3.4 sections C.4.2, C.4.3). */
@Timeout(30)
class RetrieveTest {

  private static final String GET = UID.StudyRootQueryRetrieveInformationModelGet;
  private static final String MOVE = UID.StudyRootQueryRetrieveInformationModelMove;
  private static final String EVLE = UID.ExplicitVRLittleEndian;

  @TempDir Path folder;
  private final List<InstanceLocator> instances = new ArrayList<>();
  private final CountDownLatch cancelRequests = new CountDownLatch(1);
  private Node scp;
  private Node scu;
  private volatile BasicRetrieveTask<InstanceLocator> task;

  @BeforeEach
  void makeNodes() throws Exception {
    scp = new Node();
    scu = new Node();
    scu.start();
    for (Node node : List.of(scp, scu)) {
      node.connection.setRetrieveTimeout(5000);
      node.connection.setResponseTimeout(5000);
    }
    scp.accept(GET, EVLE).accept(MOVE, EVLE);
    scp.ae.addTransferCapability(
        new TransferCapability(null, UID.MRImageStorage, TransferCapability.Role.SCU, EVLE));
    scp.services.addDicomService(
        new BasicCGetSCP(GET) {
          @Override
          protected RetrieveTask calculateMatches(
              Association as, PresentationContext pc, Attributes rq, Attributes keys) {
            return taskOf(Dimse.C_GET_RQ, as, pc, rq, as);
          }
        });
    scp.services.addDicomService(
        new BasicCMoveSCP(MOVE) {
          @Override
          protected RetrieveTask calculateMatches(
              Association as, PresentationContext pc, Attributes rq, Attributes keys)
              throws DicomServiceException {
            if (!"THERE".equals(rq.getString(Tag.MoveDestination))) {
              throw new DicomServiceException(Status.MoveDestinationUnknown);
            }
            try {
              return taskOf(Dimse.C_MOVE_RQ, as, pc, rq, scp.associate(scu.port()));
            } catch (Exception e) {
              throw new DicomServiceException(Status.UnableToPerformSubOperations, e);
            }
          }
        });
    scp.start();
  }

  @AfterEach
  void closeNodes() throws Exception {
    scu.close();
    scp.close();
  }

  private RetrieveTask taskOf(
      Dimse dimse, Association as, PresentationContext pc, Attributes rq, Association storeas) {
    task =
        new BasicRetrieveTask<>(dimse, as, pc, rq, instances, storeas) {
          @Override
          public void onCancelRQ(Association association) {
            super.onCancelRQ(association);
            cancelRequests.countDown();
          }
        };
    task.setSendPendingRSP(true);
    return task;
  }

  private Attributes image(int number) {
    Attributes image = new Attributes();
    image.setString(Tag.SOPClassUID, VR.UI, UID.MRImageStorage);
    image.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4." + number);
    image.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3");
    image.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3.4");
    image.setString(Tag.PatientID, VR.LO, "P");
    image.setBytes(Tag.PixelData, VR.OW, new byte[1000]);
    return image;
  }

  private void have(int count) throws IOException {
    for (int i = 1; i <= count; i++) {
      Attributes image = image(i);
      Path file = folder.resolve(i + ".dcm");
      try (DicomOutputStream out = new DicomOutputStream(file.toFile())) {
        out.writeDataset(image.createFileMetaInformation(EVLE), image);
      }
      instances.add(
          new InstanceLocator(UID.MRImageStorage, "1.2.3.4." + i, EVLE, file.toUri().toString()));
    }
  }

  private void haveOneMoreThatIsLost() {
    instances.add(
        new InstanceLocator(
            UID.MRImageStorage, "1.2.3.4.99", EVLE, folder.resolve("lost").toUri().toString()));
  }

  private static Attributes keys() {
    Attributes keys = new Attributes();
    keys.setString(Tag.QueryRetrieveLevel, VR.CS, "STUDY");
    keys.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3");
    return keys;
  }

  private Association open(int port, String called, boolean withRole) throws Exception {
    AAssociateRQ rq = new AAssociateRQ();
    rq.setCalledAET(called);
    rq.addPresentationContextFor(GET, EVLE);
    rq.addPresentationContextFor(MOVE, EVLE);
    rq.addPresentationContextFor(UID.MRImageStorage, EVLE);
    if (withRole) {
      rq.addRoleSelection(new RoleSelection(UID.MRImageStorage, true, true));
    }
    return scu.associate(port, rq);
  }

  private static List<Attributes> responses(DimseRSP rsp) throws Exception {
    List<Attributes> all = new ArrayList<>();
    while (rsp.next()) {
      all.add(rsp.getCommand());
    }
    return all;
  }

  private static void assertEnd(
      List<Attributes> responses, int status, int completed, int warning, int failed) {
    Attributes end = responses.get(responses.size() - 1);
    assertEquals(status, end.getInt(Tag.Status, -1));
    assertEquals(completed, end.getInt(Tag.NumberOfCompletedSuboperations, -1), "completed");
    assertEquals(warning, end.getInt(Tag.NumberOfWarningSuboperations, -1), "warning");
    assertEquals(failed, end.getInt(Tag.NumberOfFailedSuboperations, -1), "failed");
    for (Attributes rsp : responses.subList(0, responses.size() - 1)) {
      assertEquals(Status.Pending, rsp.getInt(Tag.Status, -1));
    }
  }

  private static DimseRSP get(Association as) throws Exception {
    return as.cget(GET, Priority.NORMAL, keys(), null);
  }

  @Test
  void aGetStoresOnItsOwnAssociationAndTellsOfEachObject() throws Exception {
    have(4);
    DimseRSP rsp = get(open(scp.port(), Node.AET, true));
    List<Attributes> responses = responses(rsp);
    assertEnd(responses, Status.Success, 4, 0, 0);
    assertEquals(
        List.of(3, 2, 1),
        responses.subList(0, 3).stream()
            .map(r -> r.getInt(Tag.NumberOfRemainingSuboperations, -1))
            .toList());
    assertFalse(responses.get(3).contains(Tag.NumberOfRemainingSuboperations));
    assertNull(rsp.getDataset());
    assertEquals(4, scu.stored.size());
    assertEquals(0, scu.stored.get(0).command().getInt(Tag.MoveOriginatorMessageID, 0));
  }

  @Test
  void objectsThatFailAreCountedAndNamed() throws Exception {
    have(2);
    haveOneMoreThatIsLost();
    scu.storing(
        (as, pc, rq, data) -> {
          if (rq.getString(Tag.AffectedSOPInstanceUID).endsWith(".1")) {
            throw new DicomServiceException(Status.OutOfResources);
          }
          scu.keep(as, pc, rq, data);
        });
    DimseRSP rsp = open(scp.port(), Node.AET, true).cmove(MOVE, 0, keys(), null, "THERE");
    assertEnd(responses(rsp), Status.OneOrMoreFailures, 1, 0, 2);
    assertArrayEquals(
        new String[] {"1.2.3.4.1", "1.2.3.4.99"},
        Stream.of(rsp.getDataset().getStrings(Tag.FailedSOPInstanceUIDList))
            .sorted()
            .toArray(String[]::new));
  }

  @Test
  void warningsOfTheReceiverAreCountedAsSuch() throws Exception {
    have(2);
    scu.storing(
        (as, pc, rq, data) -> {
          throw new DicomServiceException(Status.CoercionOfDataElements);
        });
    DimseRSP rsp = get(open(scp.port(), Node.AET, true));
    assertEnd(responses(rsp), Status.OneOrMoreFailures, 0, 2, 0);
  }

  @Test
  void aGetWithoutTheRoleForStorageFailsAltogether() throws Exception {
    have(2);
    DimseRSP rsp = get(open(scp.port(), Node.AET, false));
    assertEnd(responses(rsp), Status.UnableToPerformSubOperations, 0, 0, 2);
    assertEquals(0, scu.stored.size());
  }

  @Test
  void aCancelLeavesTheRestUndone() throws Exception {
    have(50);
    DimseRSP[] rsp = new DimseRSP[1];
    Association as = open(scp.port(), Node.AET, true);
    CountDownLatch requested = new CountDownLatch(1);
    scu.storing(
        (a, pc, rq, data) -> {
          scu.keep(a, pc, rq, data);
          if (scu.stored.size() == 3) {
            await(requested);
            rsp[0].cancel(as);
          }
        });
    rsp[0] = get(as);
    requested.countDown();
    List<Attributes> responses = responses(rsp[0]);
    Attributes end = responses.get(responses.size() - 1);
    assertEquals(Status.Cancel, end.getInt(Tag.Status, -1));
    int completed = end.getInt(Tag.NumberOfCompletedSuboperations, -1);
    assertTrue(completed >= 3 && completed < 50, () -> "completed: " + completed);
    assertEquals(50 - completed, end.getInt(Tag.NumberOfRemainingSuboperations, -1));
    assertEquals(0, cancelRequests.getCount());
    assertEquals(completed, scu.stored.size());
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aReceiverThatEndsTheAssociationFailsTheRest() throws Exception {
    have(3);
    scu.storing(
        (as, pc, rq, data) -> {
          if (!scu.stored.isEmpty()) {
            throw new IOException("broken");
          }
          scu.keep(as, pc, rq, data);
        });
    Association as = open(scp.port(), Node.AET, true);
    DimseRSP rsp = as.cmove(MOVE, Priority.NORMAL, keys(), null, "THERE");
    assertEnd(responses(rsp), Status.OneOrMoreFailures, 1, 0, 2);
    assertEquals(List.of("1.2.3.4.1"), task.getCompleted().stream().map(i -> i.iuid).toList());
  }

  @Test
  void aMoveNamesItsOriginatorToTheDestination() throws Exception {
    have(2);
    Association as = open(scp.port(), Node.AET, false);
    DimseRSP rsp = as.cmove(MOVE, Priority.NORMAL, keys(), null, "THERE");
    assertEnd(responses(rsp), Status.Success, 2, 0, 0);
    Attributes store = scu.stored.get(0).command();
    assertEquals(Node.AET, store.getString(Tag.MoveOriginatorApplicationEntityTitle));
    assertEquals(1, store.getInt(Tag.MoveOriginatorMessageID, 0));
    Node.eventually(
        "the association to the destination ends",
        () -> scp.device.getNumberOfAssociationsInitiatedTo(Node.AET) == 0);
  }

  @Test
  void anUnknownDestinationIsRefused() throws Exception {
    have(1);
    Association as = open(scp.port(), Node.AET, false);
    DimseRSP rsp = as.cmove(MOVE, Priority.NORMAL, keys(), null, "NOWHERE");
    assertTrue(rsp.next());
    assertEquals(Status.MoveDestinationUnknown, rsp.getCommand().getInt(Tag.Status, -1));
  }

  @Test
  void aStoreInARoleThatWasNotNegotiatedIsRefused() throws Exception {
    Association as = open(scp.port(), Node.AET, false);
    assertThrows(
        NoRoleSelectionException.class,
        () ->
            scp.device.listOpenAssociations()[0].cstore(
                UID.MRImageStorage, "1.2", 0, new DataWriterAdapter(image(1)), EVLE));
    assertTrue(as.isReadyForDataTransfer());
  }

  @Test
  void getscuStoresEveryObject() throws Exception {
    have(3);
    Path received = Files.createDirectory(folder.resolve("received"));
    int exit =
        Dcmtk.run(
            folder,
            "getscu",
            "-S",
            "-aec",
            Node.AET,
            "-od",
            received.toString(),
            "-k",
            "QueryRetrieveLevel=STUDY",
            "-k",
            "StudyInstanceUID=1.2.3",
            "127.0.0.1",
            "" + scp.port());
    assertEquals(0, exit);
    try (Stream<Path> files = Files.list(received)) {
      assertEquals(3, files.count());
    }
  }

  @Test
  void movescuGetsTheFinalCounts() throws Exception {
    have(3);
    int exit =
        Dcmtk.run(
            folder,
            "movescu",
            "-v",
            "-S",
            "-aec",
            Node.AET,
            "-aem",
            "THERE",
            "-k",
            "QueryRetrieveLevel=STUDY",
            "-k",
            "StudyInstanceUID=1.2.3",
            "127.0.0.1",
            "" + scp.port());
    assertEquals(0, exit);
    assertEquals(3, scu.stored.size());
    assertTrue(Dcmtk.log(folder, "movescu").contains("Success"));
  }

  @Test
  void dcmqrscpFindsMovesAndGets() throws Exception {
    int port = Node.freePort();
    Process archive = Dcmtk.archive(folder, "ARCHIVE", port, Node.AET, scu.port());
    try {
      Association as = open(port, "ARCHIVE", true);
      for (int i = 1; i <= 3; i++) {
        DimseRSP rsp =
            as.cstore(UID.MRImageStorage, "1.2.3.4." + i, 0, new DataWriterAdapter(image(i)), EVLE);
        assertEnd(rsp);
      }
      DimseRSP move = as.cmove(MOVE, Priority.NORMAL, keys(), null, Node.AET);
      assertEnd(responses(move), Status.Success, 3, 0, 0);
      assertEquals(3, scu.stored.size());
      assertEnd(responses(get(as)), Status.Success, 3, 0, 0);
      assertEquals(6, scu.stored.size());
      as.release();
      as.waitForSocketClose();
    } finally {
      Dcmtk.stop(archive);
    }
  }

  private static void assertEnd(DimseRSP rsp) throws Exception {
    assertTrue(rsp.next());
    assertEquals(Status.Success, rsp.getCommand().getInt(Tag.Status, -1));
  }
}
