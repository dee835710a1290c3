package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.service.BasicCGetSCP;
import org.dcm4che3.net.service.BasicCMoveSCP;
import org.dcm4che3.net.service.DicomServiceException;
import org.dcm4che3.net.service.RetrieveTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** C-GET and C-MOVE (PS3.7 sections 9.1.3, 9.1.4; PS3.4 sections C.4.2, C.4.3). */
@Timeout(30)
class RetrieveTest {

  private static final String GET = UID.StudyRootQueryRetrieveInformationModelGet;
  private static final String MOVE = UID.StudyRootQueryRetrieveInformationModelMove;
  private static final String EVLE = UID.ExplicitVRLittleEndian;

  @TempDir Path folder;
  private final CountDownLatch canceled = new CountDownLatch(1);
  private Node scp;
  private Node scu;

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
            return new UntilCanceled(as, pc, rq);
          }
        });
    scp.services.addDicomService(
        new BasicCMoveSCP(MOVE) {
          @Override
          protected RetrieveTask calculateMatches(
              Association as, PresentationContext pc, Attributes rq, Attributes keys)
              throws DicomServiceException {
            throw new DicomServiceException(Status.MoveDestinationUnknown);
          }
        });
    scp.start();
  }

  @AfterEach
  void closeNodes() throws Exception {
    scu.close();
    scp.close();
  }

  /** Answers that one object is left until it is canceled. */
  private final class UntilCanceled implements RetrieveTask {
    private final Association as;
    private final PresentationContext pc;
    private final Attributes rq;

    UntilCanceled(Association as, PresentationContext pc, Attributes rq) {
      this.as = as;
      this.pc = pc;
      this.rq = rq;
    }

    @Override
    public void run() {
      as.tryWriteDimseRSP(pc, response(Status.Pending));
      try {
        canceled.await(5, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      as.tryWriteDimseRSP(pc, response(Status.Cancel));
    }

    private Attributes response(int status) {
      Attributes rsp = Commands.mkRSP(rq, status, Dimse.C_GET_RQ);
      rsp.setInt(Tag.NumberOfRemainingSuboperations, VR.US, 1);
      return rsp;
    }

    @Override
    public void onCancelRQ(Association association) {
      canceled.countDown();
    }
  }

  private static Attributes image(int number) {
    Attributes image = new Attributes();
    image.setString(Tag.SOPClassUID, VR.UI, UID.MRImageStorage);
    image.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4." + number);
    image.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3");
    image.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3.4");
    image.setString(Tag.PatientID, VR.LO, "P");
    image.setBytes(Tag.PixelData, VR.OW, new byte[1000]);
    return image;
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

  private static void assertEnd(DimseRSP rsp, int completed) throws Exception {
    List<Attributes> all = new ArrayList<>();
    while (rsp.next()) {
      all.add(rsp.getCommand());
    }
    Attributes end = all.get(all.size() - 1);
    assertEquals(Status.Success, end.getInt(Tag.Status, -1));
    assertEquals(completed, end.getInt(Tag.NumberOfCompletedSuboperations, -1));
  }

  @Test
  void aGetIsCanceledBetweenItsResponses() throws Exception {
    Association as = open(scp.port(), Node.AET, true);
    DimseRSP rsp = as.cget(GET, Priority.NORMAL, keys(), null);
    assertTrue(rsp.next());
    assertEquals(Status.Pending, rsp.getCommand().getInt(Tag.Status, -1));
    rsp.cancel(as);
    assertTrue(rsp.next());
    assertEquals(Status.Cancel, rsp.getCommand().getInt(Tag.Status, -1));
    assertEquals(0, canceled.getCount());
  }

  @Test
  void anUnknownDestinationIsRefused() throws Exception {
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
  void dcmqrscpFindsMovesAndGets() throws Exception {
    int port = Node.freePort();
    Process archive = Dcmtk.archive(folder, "ARCHIVE", port, Node.AET, scu.port());
    try {
      Association as = open(port, "ARCHIVE", true);
      for (int i = 1; i <= 3; i++) {
        DimseRSP rsp =
            as.cstore(UID.MRImageStorage, "1.2.3.4." + i, 0, new DataWriterAdapter(image(i)), EVLE);
        assertTrue(rsp.next());
        assertEquals(Status.Success, rsp.getCommand().getInt(Tag.Status, -1));
      }
      assertEnd(as.cmove(MOVE, Priority.NORMAL, keys(), null, Node.AET), 3);
      assertEquals(3, scu.stored.size());
      assertEnd(as.cget(GET, Priority.NORMAL, keys(), null), 3);
      assertEquals(6, scu.stored.size());
      as.release();
      Node.awaitClose(as);
    } finally {
      Dcmtk.stop(archive);
    }
  }
}
