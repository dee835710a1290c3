package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.CommonExtendedNegotiation;
import org.dcm4che3.net.pdu.ExtendedNegotiation;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.pdu.UserIdentityAC;
import org.dcm4che3.net.pdu.UserIdentityRQ;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roles, windows and identities two nodes agree upon (PS3.7 Annex D). */
@Timeout(20)
class UserInformationTest {

  private static final String IVLE = UID.ImplicitVRLittleEndian;
  private static final String EVLE = UID.ExplicitVRLittleEndian;

  private Node scp;
  private Node scu;

  @BeforeEach
  void makeNodes() throws Exception {
    scp = new Node();
    scu = new Node();
    scu.connection.setReleaseTimeout(3000);
    scp.start();
  }

  @AfterEach
  void closeNodes() throws Exception {
    scu.close();
    scp.close();
  }

  private AAssociateAC negotiate(AAssociateRQ rq) throws Exception {
    Association as = scu.associate(scp.port(), rq);
    as.release();
    as.waitForSocketClose();
    return as.getAAssociateAC();
  }

  private static AAssociateRQ proposing(String sopClass, String... transferSyntaxes) {
    AAssociateRQ rq = new AAssociateRQ();
    rq.addPresentationContext(new PresentationContext(1, sopClass, transferSyntaxes));
    return rq;
  }

  @ParameterizedTest
  @CsvSource({
    // proposed SCU, SCP; supported as SCP, SCU; accepted SCU, SCP
    "true, false, true, true, true, false",
    "false, true, true, true, false, true",
    "true, true, true, true, true, true",
    "true, true, true, false, true, false",
    "true, true, false, true, false, true",
  })
  void rolesAreWhatBothSidesCan(
      boolean proposeSCU,
      boolean proposeSCP,
      boolean supportSCP,
      boolean supportSCU,
      boolean expectSCU,
      boolean expectSCP)
      throws Exception {
    if (supportSCP) {
      scp.accept(UID.CTImageStorage, EVLE);
    }
    if (supportSCU) {
      scp.ae.addTransferCapability(
          new TransferCapability(null, UID.CTImageStorage, TransferCapability.Role.SCU, EVLE));
    }
    AAssociateRQ rq = proposing(UID.CTImageStorage, EVLE);
    rq.addRoleSelection(new RoleSelection(UID.CTImageStorage, proposeSCU, proposeSCP));
    Association as = scu.associate(scp.port(), rq);
    Association there = scp.device.listOpenAssociations()[0];
    assertTrue(as.getAAssociateAC().getPresentationContext(1).isAccepted());
    RoleSelection roles = as.getAAssociateAC().getRoleSelectionFor(UID.CTImageStorage);
    assertEquals(expectSCU, roles.isSCU());
    assertEquals(expectSCP, roles.isSCP());
    assertEquals(expectSCU, as.isSCUFor(UID.CTImageStorage));
    assertEquals(expectSCP, as.isSCPFor(UID.CTImageStorage));
    assertEquals(expectSCP, there.isSCUFor(UID.CTImageStorage));
    assertEquals(expectSCU, there.isSCPFor(UID.CTImageStorage));
  }

  @Test
  void withoutRoleSelectionTheRequestorIsTheUser() throws Exception {
    Association as = scu.associate(scp.port());
    assertTrue(as.isSCUFor(UID.MRImageStorage));
    assertFalse(as.isSCPFor(UID.MRImageStorage));
    assertTrue(as.isRequestor());
    assertEquals("TESTSCP", as.getRemoteAET());
  }

  @ParameterizedTest
  @CsvSource({
    // requestor invoked, performed; acceptor performed, invoked; negotiated invoked, performed
    "1, 1, 8, 8, 1, 1",
    "8, 1, 1, 1, 1, 1",
    "8, 2, 4, 5, 4, 2",
    "0, 0, 3, 2, 3, 2",
    "5, 3, 0, 0, 5, 3",
    "0, 0, 0, 0, 0, 0",
  })
  void windowIsTheSmallerOfBoth(
      int invoked, int performed, int otherPerformed, int otherInvoked, int i, int p)
      throws Exception {
    scu.connection.setMaxOpsInvoked(invoked);
    scu.connection.setMaxOpsPerformed(performed);
    scp.connection.setMaxOpsPerformed(otherPerformed);
    scp.connection.setMaxOpsInvoked(otherInvoked);
    AAssociateAC ac = negotiate(proposing(UID.Verification, IVLE));
    assertEquals(i, ac.getMaxOpsInvoked());
    assertEquals(p, ac.getMaxOpsPerformed());
    assertEquals(i != 1 || p != 1, ac.isAsyncOps());
  }

  @Test
  void userIdentityAndExtendedItemsReachTheAcceptor() throws Exception {
    AtomicReference<UserIdentityRQ> seen = new AtomicReference<>();
    scp.device
        .getAssociationHandler()
        .setUserIdNegotiator(
            new UserIdentityNegotiator() {
              @Override
              public UserIdentityAC negotiate(Association as, UserIdentityRQ userIdentity) {
                seen.set(userIdentity);
                return new UserIdentityAC("ticket".getBytes(StandardCharsets.UTF_8));
              }
            });
    AAssociateRQ rq = proposing(UID.Verification, IVLE);
    rq.setUserIdentityRQ(UserIdentityRQ.usernamePasscode("reader", "säkrit".toCharArray(), true));
    rq.addExtendedNegotiation(new ExtendedNegotiation(UID.MRImageStorage, new byte[] {2, 0, 3}));
    rq.addCommonExtendedNegotiation(
        new CommonExtendedNegotiation(UID.MRImageStorage, "1.2.840.10008.4.2", "1.2.3", "1.2.4"));
    Association as = scu.associate(scp.port(), rq);
    assertEquals("reader", seen.get().getUsername());
    assertArrayEquals("säkrit".toCharArray(), seen.get().getPasscode());
    assertTrue(seen.get().isPositiveResponseRequested());
    assertEquals(UserIdentityRQ.USERNAME_PASSCODE, seen.get().getType());
    assertEquals(
        "ticket",
        new String(
            as.getAAssociateAC().getUserIdentityAC().getServerResponse(), StandardCharsets.UTF_8));
    AAssociateRQ received = scp.device.listOpenAssociations()[0].getAAssociateRQ();
    assertArrayEquals(
        new byte[] {2, 0, 3}, received.getExtNegotiationFor(UID.MRImageStorage).getInformation());
    CommonExtendedNegotiation common = received.getCommonExtendedNegotiationFor(UID.MRImageStorage);
    assertEquals("1.2.840.10008.4.2", common.getServiceClassUID());
    assertArrayEquals(new String[] {"1.2.3", "1.2.4"}, common.getRelatedGeneralSOPClassUIDs());
  }

  @Test
  void userIdentityIsConfirmedUnlessANegotiatorSaysOtherwise() throws Exception {
    AAssociateRQ rq = proposing(UID.Verification, IVLE);
    rq.setUserIdentityRQ(UserIdentityRQ.jwt("a.b.c", true));
    assertNotNull(negotiate(rq).getUserIdentityAC());
    AssociationHandler silent = new AssociationHandler();
    silent.setUserIdNegotiator(
        new UserIdentityNegotiator() {
          @Override
          public UserIdentityAC negotiate(Association as, UserIdentityRQ userIdentity) {
            return null;
          }
        });
    scp.device.setAssociationHandler(silent);
    AAssociateAC ac = negotiate(rq);
    assertNull(ac.getUserIdentityAC());
    assertNotNull(ac.getPresentationContext(1));
  }

  @Test
  void eachSideLearnsTheLengthOfTheOther() throws Exception {
    scp.connection.setReceivePDULength(131072);
    scu.connection.setReceivePDULength(4096);
    Association as = scu.associate(scp.port());
    assertEquals(131072, as.getAAssociateAC().getMaxPDULength());
    assertEquals(4096, as.getAAssociateRQ().getMaxPDULength());
  }
}
