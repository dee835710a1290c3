package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.dcm4che3.StandInOnly;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which contexts, titles and numbers of associations are accepted (PS3.8 section 9.3.3). */
@Timeout(20)
class NegotiationTest {

  private static final String IVLE = UID.ImplicitVRLittleEndian;
  private static final String EVLE = UID.ExplicitVRLittleEndian;
  private static final String EVBE = UID.ExplicitVRBigEndian;
  private static final String DEFLATED = UID.DeflatedExplicitVRLittleEndian;
  private static final String RLE = UID.RLELossless;

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

  // ---- presentation contexts

  @ParameterizedTest
  @CsvSource({
    // SOP class, proposed syntaxes, result, syntax
    "1.2.840.10008.5.1.4.1.1.4, 1.2.840.10008.1.2.1, 0, 1.2.840.10008.1.2.1",
    "1.2.840.10008.5.1.4.1.1.4, 1.2.840.10008.1.2|1.2.840.10008.1.2.1, 0, 1.2.840.10008.1.2.1",
    "1.2.840.10008.5.1.4.1.1.4, 1.2.840.10008.1.2, 4,",
    "1.2.840.10008.5.1.4.1.1.4, 1.2.840.10008.1.2.4.50, 4,",
    "1.2.840.10008.5.1.4.1.1.2, 1.2.840.10008.1.2.1, 3,",
    "1.2.3.4.5, 1.2.840.10008.1.2, 3,",
    "1.2.840.10008.1.1, 1.2.840.10008.1.2, 0, 1.2.840.10008.1.2",
  })
  void acceptorAnswersEachContext(String sopClass, String proposed, int result, String syntax)
      throws Exception {
    PresentationContext pc =
        negotiate(proposing(sopClass, proposed.split("\\|"))).getPresentationContext(1);
    assertEquals(result, pc.getResult());
    assertEquals(result == 0, pc.isAccepted());
    if (syntax != null) {
      assertEquals(syntax, pc.getTransferSyntax());
    }
  }

  @Test
  void acceptorsPreferenceBeatsTheOrderOfTheProposal() throws Exception {
    scp.accept(UID.CTImageStorage, IVLE, EVLE, EVBE);
    scp.ae.setPreferredTransferSyntaxes(EVBE, EVLE, IVLE);
    assertEquals(
        EVBE,
        negotiate(proposing(UID.CTImageStorage, IVLE, EVLE, EVBE))
            .getPresentationContext(1)
            .getTransferSyntax());
    assertEquals(
        EVLE,
        negotiate(proposing(UID.CTImageStorage, DEFLATED, IVLE, EVLE))
            .getPresentationContext(1)
            .getTransferSyntax());
  }

  @Test
  void wildcardsAcceptAnyClassAndAnySyntax() throws Exception {
    scp.accept("*", "*");
    AAssociateRQ rq = proposing("1.2.3.4.5", RLE);
    rq.addPresentationContext(new PresentationContext(3, UID.MRImageStorage, RLE));
    AAssociateAC ac = negotiate(rq);
    assertEquals(RLE, ac.getPresentationContext(1).getTransferSyntax());
    assertEquals(
        PresentationContext.TRANSFER_SYNTAX_NOT_SUPPORTED,
        ac.getPresentationContext(3).getResult(),
        "what is declared for a class goes before the wildcard");
  }

  @Test
  void eachOf128ContextsGetsItsAnswer() throws Exception {
    AAssociateRQ rq = new AAssociateRQ();
    for (int i = 0; i < 128; i++) {
      rq.addPresentationContext(
          i % 2 == 0
              ? new PresentationContext(2 * i + 1, UID.MRImageStorage, EVLE)
              : new PresentationContext(2 * i + 1, "1.2.3." + i, EVLE, IVLE));
    }
    AAssociateAC ac = negotiate(rq);
    assertEquals(128, ac.getNumberOfPresentationContexts());
    for (int i = 0; i < 128; i++) {
      assertEquals(i % 2 == 0 ? 0 : 3, ac.getPresentationContext(2 * i + 1).getResult());
    }
  }

  @Test
  void associationFindsItsContextsByClassAndSyntax() throws Exception {
    scp.accept(UID.CTImageStorage, IVLE, EVLE);
    AAssociateRQ rq = new AAssociateRQ();
    assertTrue(rq.addPresentationContextFor(UID.CTImageStorage, IVLE));
    assertTrue(rq.addPresentationContextFor(UID.CTImageStorage, EVLE));
    assertFalse(rq.addPresentationContextFor(UID.CTImageStorage, EVLE));
    rq.addPresentationContextFor(UID.SecondaryCaptureImageStorage, EVLE);
    Association as = scu.associate(scp.port(), rq);
    assertEquals(Set.of(IVLE, EVLE), as.getTransferSyntaxesFor(UID.CTImageStorage));
    assertTrue(as.getTransferSyntaxesFor(UID.SecondaryCaptureImageStorage).isEmpty());
    assertEquals(EVLE, as.pcFor(UID.CTImageStorage, EVLE).getTransferSyntax());
    assertThrows(
        NoPresentationContextException.class, () -> as.pcFor(UID.CTImageStorage, DEFLATED));
    assertThrows(
        NoPresentationContextException.class,
        () -> as.pcFor(UID.SecondaryCaptureImageStorage, null));
    assertThrows(NoPresentationContextException.class, as::cecho);
    as.release();
    as.waitForSocketClose();
  }

  // ---- titles and limits

  @ParameterizedTest
  @CsvSource({
    // calling, called, result, source, reason; 0 accepts
    "FRIEND, TESTSCP, 0, 0, 0",
    "FRIEND, ALIAS, 0, 0, 0",
    "FRIEND, testscp, 1, 1, 7",
    "FRIEND, NOBODY, 1, 1, 7",
    "STRANGER, TESTSCP, 1, 1, 3",
  })
  void acceptorChecksBothTitles(String calling, String called, int result, int source, int reason)
      throws Exception {
    scp.ae.setAcceptedCallingAETitles("FRIEND");
    scp.ae.setOtherAETitles("ALIAS");
    AAssociateRQ rq = proposing(UID.Verification, IVLE);
    rq.setCallingAET(calling);
    rq.setCalledAET(called);
    if (result == 0) {
      assertEquals(called, negotiate(rq).getCalledAET());
    } else {
      assertRejected(result, source, reason, rq);
    }
  }

  private void assertRejected(int result, int source, int reason, AAssociateRQ rq) {
    AAssociateRJ rj = assertThrows(AAssociateRJ.class, () -> scu.associate(scp.port(), rq));
    assertEquals(
        result + "/" + source + "/" + reason,
        rj.getResult() + "/" + rj.getSource() + "/" + rj.getReason());
  }

  @Test
  void entityThatAcceptsNoAssociationsIsNotRecognized() {
    scp.ae.setAssociationAcceptor(false);
    AAssociateRJ rj =
        assertThrows(
            AAssociateRJ.class, () -> scu.associate(scp.port(), proposing(UID.Verification, IVLE)));
    assertEquals(AAssociateRJ.RESULT_REJECTED_PERMANENT, rj.getResult());
  }

  @Test
  void foreignApplicationContextIsRejected() {
    AAssociateRQ rq = proposing(UID.Verification, IVLE);
    rq.setApplicationContext("1.2.3.4.5");
    assertRejected(1, 1, 2, rq);
  }

  @Test
  void foreignProtocolVersionIsRejected() throws Exception {
    byte[] rq = GoldenPdus.ASSOCIATE_RQ.clone();
    rq[7] = 2;
    try (Peer peer = Peer.connect(scp.port())) {
      peer.send(rq).expect(Hex.bytes("03 00 00000004 00 01 02 02")).expectClosed();
    }
  }

  @Test
  void limitOfOpenAssociationsRejectsForTheMoment() throws Exception {
    scp.device.setLimitOpenAssociations(2);
    Association first = scu.associate(scp.port());
    Association second = scu.associate(scp.port());
    assertRejected(2, 3, 2, proposing(UID.Verification, IVLE));
    second.cecho().next();
    first.release();
    first.waitForSocketClose();
    Node.eventually("one left", () -> scp.device.getNumberOfOpenAssociations() == 1);
    scu.associate(scp.port()).cecho().next();
  }

  @Test
  void limitPerCallerLeavesOthersAlone() throws Exception {
    scp.device.setLimitAssociationsInitiatedBy("GREEDY", 1);
    AAssociateRQ rq = proposing(UID.Verification, IVLE);
    rq.setCallingAET("GREEDY");
    scu.associate(scp.port(), rq);
    AAssociateRQ again = proposing(UID.Verification, IVLE);
    again.setCallingAET("GREEDY");
    assertRejected(2, 3, 2, again);
    scu.associate(scp.port()).cecho().next();
    assertEquals(1, scp.device.getNumberOfAssociationsInitiatedBy("GREEDY"));
    assertEquals(2, scu.device.getNumberOfAssociationsInitiatedTo(Node.AET));
  }

  @Test
  void handlerOfTheProductMayReject() {
    scp.device.setAssociationHandler(
        new AssociationHandler() {
          @Override
          protected AAssociateAC negotiate(Association as, AAssociateRQ rq)
              throws java.io.IOException {
            assertEquals("127.0.0.1", as.getSocket().getInetAddress().getHostAddress());
            throw new AAssociateRJ(2, 3, 1);
          }
        });
    assertRejected(2, 3, 1, proposing(UID.Verification, IVLE));
  }

  @Test
  void monitorIsToldOfBothSides() throws Exception {
    StringBuffer told = new StringBuffer();
    AssociationMonitor monitor =
        new AssociationMonitor() {
          @Override
          public void onAssociationEstablished(Association as) {
            told.append("established ");
          }

          @Override
          public void onAssociationFailed(Association as, Throwable e) {
            told.append("failed ");
          }

          @Override
          public void onAssociationRejected(Association as, AAssociateRJ aarj) {
            told.append("rejected ");
          }

          @Override
          public void onAssociationAccepted(Association as) {
            told.append("accepted ");
          }
        };
    scp.device.setAssociationMonitor(monitor);
    negotiate(proposing(UID.Verification, IVLE));
    Node.eventually("acceptance", () -> told.toString().equals("accepted "));
    scp.ae.setAcceptedCallingAETitles("FRIEND");
    assertRejected(1, 1, 3, proposing(UID.Verification, IVLE));
    Node.eventually("rejection", () -> told.toString().equals("accepted rejected "));
    scp.device.setAssociationMonitor(null);
    scu.device.setAssociationMonitor(monitor);
    assertRejected(1, 1, 3, proposing(UID.Verification, IVLE));
    Node.eventually("failure", () -> told.toString().endsWith("failed "));
    scp.ae.setAcceptedCallingAETitles();
    negotiate(proposing(UID.Verification, IVLE));
    Node.eventually("establishment", () -> told.toString().endsWith("established "));
  }

  @StandInOnly
  @Test
  void requestorNeedsSomeoneToCall() {
    AAssociateRQ rq = proposing(UID.Verification, IVLE);
    assertThrows(
        IllegalStateException.class,
        () -> scu.ae.connect(new Connection("r", "127.0.0.1", scp.port()), rq));
  }
}
