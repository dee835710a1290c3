package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.StandInOnly;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.service.AbstractDicomService;
import org.dcm4che3.net.service.DicomServiceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** N-ACTION and N-EVENT-REPORT, as storage commitment uses them (PS3.7 10.1, PS3.4 Annex J). */
@Timeout(30)
class NotificationTest {

  private static final String CLASS = UID.StorageCommitmentPushModel;
  private static final String INSTANCE = UID.StorageCommitmentPushModelInstance;
  private static final String IVLE = UID.ImplicitVRLittleEndian;

  private final CompletableFuture<Attributes> action = new CompletableFuture<>();
  private final CompletableFuture<Attributes> event = new CompletableFuture<>();
  private volatile Association requesting;
  private Node scp;
  private Node scu;

  @BeforeEach
  void makeNodes() throws Exception {
    scp = new Node();
    scu = new Node();
    scp.connection.setResponseTimeout(5000);
    scu.connection.setResponseTimeout(5000);
    scp.accept(CLASS, IVLE);
    scu.ae.addTransferCapability(
        new TransferCapability(null, CLASS, TransferCapability.Role.SCU, IVLE));
    scp.services.addDicomService(
        new AbstractDicomService(CLASS) {
          @Override
          protected void onDimseRQ(
              Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data)
              throws IOException {
            if (dimse != Dimse.N_ACTION_RQ) {
              throw new DicomServiceException(Status.UnrecognizedOperation);
            }
            if (cmd.getInt(Tag.ActionTypeID, 0) != 1) {
              throw new DicomServiceException(Status.NoSuchActionType);
            }
            requesting = as;
            as.writeDimseRSP(pc, Commands.mkNActionRSP(cmd, Status.Success));
            action.complete(data);
          }
        });
    scu.services.addDicomService(
        new AbstractDicomService(CLASS) {
          @Override
          protected void onDimseRQ(
              Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data)
              throws IOException {
            data.setInt(Tag.EventTypeID, VR.US, cmd.getInt(Tag.EventTypeID, 0));
            as.writeDimseRSP(pc, Commands.mkNEventReportRSP(cmd, Status.Success));
            event.complete(data);
          }
        });
    scp.start();
    scu.start();
  }

  @AfterEach
  void closeNodes() throws Exception {
    scu.close();
    scp.close();
  }

  private static Attributes transaction() {
    Attributes data = new Attributes();
    data.setString(Tag.TransactionUID, VR.UI, "1.2.3");
    return data;
  }

  private Association open() throws Exception {
    AAssociateRQ rq = new AAssociateRQ();
    rq.addPresentationContextFor(CLASS, IVLE);
    return scu.associate(scp.port(), rq);
  }

  private Association openFromTheProvider(boolean withRole) throws Exception {
    AAssociateRQ rq = new AAssociateRQ();
    rq.addPresentationContextFor(CLASS, IVLE);
    if (withRole) {
      rq.addRoleSelection(new RoleSelection(CLASS, false, true));
    }
    return scp.associate(scu.port(), rq);
  }

  private static Attributes answer(DimseRSP rsp) throws Exception {
    assertTrue(rsp.next());
    return rsp.getCommand();
  }

  @Test
  void anActionIsAnswered() throws Exception {
    Attributes rsp = answer(open().naction(CLASS, INSTANCE, 1, transaction(), null));
    assertEquals(Status.Success, rsp.getInt(Tag.Status, -1));
    assertEquals(CLASS, rsp.getString(Tag.AffectedSOPClassUID));
    assertEquals(INSTANCE, rsp.getString(Tag.AffectedSOPInstanceUID));
    assertEquals("1.2.3", action.get(5, TimeUnit.SECONDS).getString(Tag.TransactionUID));
  }

  @Test
  void anActionOfAnotherTypeIsRefused() throws Exception {
    Attributes rsp = answer(open().naction(CLASS, INSTANCE, 2, transaction(), null));
    assertEquals(Status.NoSuchActionType, rsp.getInt(Tag.Status, -1));
  }

  @Test
  void anEventIsReportedOnTheAssociationOfTheAction() throws Exception {
    Association as = open();
    answer(as.naction(CLASS, INSTANCE, 1, transaction(), null));
    action.get(5, TimeUnit.SECONDS);
    Attributes rsp = answer(requesting.neventReport(CLASS, INSTANCE, 2, transaction(), null));
    assertEquals(Status.Success, rsp.getInt(Tag.Status, -1));
    assertEquals("1.2.3", event.get(5, TimeUnit.SECONDS).getString(Tag.TransactionUID));
    assertTrue(as.isReadyForDataTransfer());
  }

  @Test
  void anEventIsReportedOnAnAssociationOfTheProvider() throws Exception {
    Association as = openFromTheProvider(true);
    Attributes rsp = answer(as.neventReport(CLASS, INSTANCE, 1, transaction(), null));
    assertEquals(Status.Success, rsp.getInt(Tag.Status, -1));
    assertEquals(1, event.get(5, TimeUnit.SECONDS).getInt(Tag.EventTypeID, 0));
    assertThrows(
        NoRoleSelectionException.class, () -> as.naction(CLASS, INSTANCE, 1, transaction(), null));
  }

  @Test
  void aProviderWithoutTheRoleGetsNoContext() throws Exception {
    Association as = openFromTheProvider(false);
    assertThrows(
        NoPresentationContextException.class,
        () -> as.neventReport(CLASS, INSTANCE, 1, transaction(), null));
  }

  @Test
  @StandInOnly
  void aRequestInTheOtherRoleIsRefused() throws Exception {
    Association as = openFromTheProvider(true);
    FutureDimseRSP rsp = new FutureDimseRSP(as.nextMessageID());
    Attributes cmd = Commands.mkNActionRQ(rsp.getMessageID(), CLASS, INSTANCE, 1, null);
    as.invoke(as.pcFor(CLASS, null), cmd, null, rsp, 0, 5000);
    assertEquals(Status.SOPclassNotSupported, answer(rsp).getInt(Tag.Status, -1));
    assertTrue(as.isReadyForDataTransfer());
  }
}
