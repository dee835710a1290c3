package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.ExtendedNegotiation;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCFindSCP;
import org.dcm4che3.net.service.BasicQueryTask;
import org.dcm4che3.net.service.DicomServiceException;
import org.dcm4che3.net.service.QueryRetrieveLevel2;
import org.dcm4che3.net.service.QueryTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** C-FIND from both sides (PS3.7 section 9.1.2, PS3.4 section C.4.1). */
@Timeout(30)
class QueryTest {

  private static final String FIND = UID.StudyRootQueryRetrieveInformationModelFind;
  private static final EnumSet<QueryRetrieveLevel2> STUDY_ROOT =
      EnumSet.of(QueryRetrieveLevel2.STUDY, QueryRetrieveLevel2.SERIES, QueryRetrieveLevel2.IMAGE);

  @TempDir Path folder;
  private final CountDownLatch cancelRequests = new CountDownLatch(1);
  private Node scp;
  private Node scu;

  @BeforeEach
  void makeNodes() {
    scp = new Node();
    scu = new Node();
    scu.connection.setResponseTimeout(5000);
    scp.accept(FIND, UID.ExplicitVRLittleEndian);
  }

  @AfterEach
  void closeNodes() throws Exception {
    scu.close();
    scp.close();
  }

  /** Makes the task that answers a query. */
  private interface Answering {
    QueryTask task(Association as, PresentationContext pc, Attributes rq, Attributes keys)
        throws DicomServiceException;
  }

  private void answering(Answering answering) throws Exception {
    scp.services.addDicomService(
        new BasicCFindSCP(FIND) {
          @Override
          protected QueryTask calculateMatches(
              Association as, PresentationContext pc, Attributes rq, Attributes keys)
              throws DicomServiceException {
            return answering.task(as, pc, rq, keys);
          }
        });
    scp.start();
  }

  /** Answers with studies 1.2.1, 1.2.2 and so on. */
  private class Studies extends BasicQueryTask {
    private final Iterator<Integer> numbers;

    Studies(Association as, PresentationContext pc, Attributes rq, Attributes keys, int count) {
      super(as, pc, rq, keys);
      numbers = IntStream.rangeClosed(1, count).iterator();
    }

    @Override
    protected boolean hasMoreMatches() throws DicomServiceException {
      return numbers.hasNext();
    }

    @Override
    protected Attributes nextMatch() throws DicomServiceException {
      Attributes match = new Attributes();
      match.setString(Tag.StudyInstanceUID, VR.UI, "1.2." + numbers.next());
      match.setString(Tag.StudyID, VR.SH, "not asked for");
      match.setString(Tag.QueryRetrieveLevel, VR.CS, "STUDY");
      return match;
    }

    @Override
    public void onCancelRQ(Association association) {
      super.onCancelRQ(association);
      cancelRequests.countDown();
    }
  }

  private static Attributes keys() {
    Attributes keys = new Attributes();
    keys.setString(Tag.QueryRetrieveLevel, VR.CS, "STUDY");
    keys.setNull(Tag.StudyInstanceUID, VR.UI);
    return keys;
  }

  private Association open(int port) throws Exception {
    return open(port, new AAssociateRQ());
  }

  private Association open(int port, AAssociateRQ rq) throws Exception {
    rq.addPresentationContextFor(FIND, UID.ExplicitVRLittleEndian);
    return scu.associate(port, rq);
  }

  /** Collects the study UIDs of all matches; what is left is the final response. */
  private static List<String> studies(DimseRSP rsp) throws Exception {
    List<String> uids = new ArrayList<>();
    while (rsp.next() && rsp.getDataset() != null) {
      uids.add(rsp.getDataset().getString(Tag.StudyInstanceUID));
    }
    return uids;
  }

  private static int status(DimseRSP rsp) {
    return rsp.getCommand().getInt(Tag.Status, -1);
  }

  @Test
  void eachMatchIsPendingAndTheEndSuccess() throws Exception {
    answering((as, pc, rq, keys) -> new Studies(as, pc, rq, keys, 3));
    DimseRSP rsp = open(scp.port()).cfind(FIND, Priority.NORMAL, keys(), null, 0);
    for (int i = 1; i <= 3; i++) {
      assertTrue(rsp.next());
      assertEquals(Status.Pending, status(rsp));
      assertEquals("1.2." + i, rsp.getDataset().getString(Tag.StudyInstanceUID));
      assertFalse(rsp.getDataset().contains(Tag.StudyID));
    }
    assertTrue(rsp.next());
    assertEquals(Status.Success, status(rsp));
    assertNull(rsp.getDataset());
    assertFalse(rsp.next());
  }

  @Test
  void anOptionalKeyThatIsNotUsedIsWarnedOf() throws Exception {
    answering(
        (as, pc, rq, keys) -> {
          BasicQueryTask task = new Studies(as, pc, rq, keys, 1);
          task.setOptionalKeysNotSupported(true);
          return task;
        });
    DimseRSP rsp = open(scp.port()).cfind(FIND, Priority.NORMAL, keys(), null, 0);
    assertTrue(rsp.next());
    assertEquals(Status.PendingWarning, status(rsp));
    assertEquals(List.of(), studies(rsp));
  }

  @Test
  void aQueryIsCanceledAfterTheMatchesWanted() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    answering(
        (as, pc, rq, keys) ->
            new Studies(as, pc, rq, keys, Integer.MAX_VALUE) {
              @Override
              protected boolean hasMoreMatches() {
                return asked.incrementAndGet() > 0;
              }
            });
    DimseRSP rsp = open(scp.port()).cfind(FIND, Priority.NORMAL, keys(), null, 5);
    List<String> uids = studies(rsp);
    assertTrue(uids.size() >= 5, () -> "matches: " + uids.size());
    assertEquals(Status.Cancel, status(rsp));
    assertEquals(0, cancelRequests.getCount());
  }

  @Test
  void aRefusalCarriesItsStatus() throws Exception {
    answering(
        (as, pc, rq, keys) -> {
          throw new DicomServiceException(Status.OutOfResources, "busy");
        });
    DimseRSP rsp = open(scp.port()).cfind(FIND, Priority.NORMAL, keys(), null, 0);
    assertEquals(List.of(), studies(rsp));
    assertEquals(Status.OutOfResources, status(rsp));
    assertEquals("busy", rsp.getCommand().getString(Tag.ErrorComment));
  }

  @Test
  void aFailureInTheMiddleEndsTheQueryAndNotTheAssociation() throws Exception {
    answering(
        (as, pc, rq, keys) ->
            new Studies(as, pc, rq, keys, 5) {
              private int left = 2;

              @Override
              protected Attributes nextMatch() throws DicomServiceException {
                if (left-- > 0) {
                  return super.nextMatch();
                }
                throw new DicomServiceException(Status.UnableToProcess + 1);
              }
            });
    Association as = open(scp.port());
    DimseRSP rsp = as.cfind(FIND, Priority.NORMAL, keys(), null, 0);
    assertEquals(List.of("1.2.1", "1.2.2"), studies(rsp));
    assertEquals(Status.UnableToProcess + 1, status(rsp));
    assertEquals(List.of("1.2.1", "1.2.2"), studies(as.cfind(FIND, 0, keys(), null, 0)));
  }

  @Test
  void queryOptionsAreWhatBothSidesCan() throws Exception {
    EnumSet<QueryOption> can = EnumSet.of(QueryOption.RELATIONAL, QueryOption.TIMEZONE);
    scp.ae.getTransferCapabilityFor(FIND, TransferCapability.Role.SCP).setQueryOptions(can);
    answering((as, pc, rq, keys) -> new Studies(as, pc, rq, keys, 0));
    AAssociateRQ rq = new AAssociateRQ();
    EnumSet<QueryOption> want = EnumSet.of(QueryOption.RELATIONAL, QueryOption.FUZZY);
    byte[] proposed = QueryOption.toExtendedNegotiationInformation(want);
    assertArrayEquals(new byte[] {1, 0, 1}, proposed);
    rq.addExtendedNegotiation(new ExtendedNegotiation(FIND, proposed));
    Association as = open(scp.port(), rq);
    assertEquals(want, as.getRequestedQueryOptionsFor(FIND));
    assertEquals(EnumSet.of(QueryOption.RELATIONAL), as.getQueryOptionsFor(FIND));
    assertEquals(
        EnumSet.of(QueryOption.RELATIONAL),
        scp.device.listOpenAssociations()[0].getQueryOptionsFor(FIND));
  }

  @Test
  void anAcceptorWithoutQueryOptionsLeavesTheProposalUnanswered() throws Exception {
    answering((as, pc, rq, keys) -> new Studies(as, pc, rq, keys, 0));
    AAssociateRQ rq = new AAssociateRQ();
    rq.addExtendedNegotiation(new ExtendedNegotiation(FIND, new byte[] {1}));
    Association as = open(scp.port(), rq);
    assertEquals(EnumSet.noneOf(QueryOption.class), as.getQueryOptionsFor(FIND));
    assertEquals(0, as.getAAssociateAC().getExtendedNegotiations().size());
  }

  @Test
  void anotherOperationOfTheModelIsNotRecognised() throws Exception {
    answering((as, pc, rq, keys) -> new Studies(as, pc, rq, keys, 0));
    DimseRSP rsp = open(scp.port()).cmove(FIND, Priority.NORMAL, keys(), null, "ELSEWHERE");
    assertTrue(rsp.next());
    assertEquals(Status.UnrecognizedOperation, status(rsp));
  }

  @Test
  void aLevelNeedsOneUniqueKeyOfEachLevelAbove() throws Exception {
    Attributes keys = new Attributes();
    assertOffending(Tag.QueryRetrieveLevel, keys);
    keys.setString(Tag.QueryRetrieveLevel, VR.CS, "PATIENT");
    assertOffending(Tag.QueryRetrieveLevel, keys);
    keys.setString(Tag.QueryRetrieveLevel, VR.CS, "SERIES");
    assertOffending(Tag.StudyInstanceUID, keys);
    keys.setString(Tag.StudyInstanceUID, VR.UI, "1.2", "1.3");
    assertOffending(Tag.StudyInstanceUID, keys);
    keys.setString(Tag.StudyInstanceUID, VR.UI, "1.2");
    assertEquals(
        QueryRetrieveLevel2.SERIES,
        QueryRetrieveLevel2.validateQueryIdentifier(keys, STUDY_ROOT, false));
    assertThrows(
        DicomServiceException.class,
        () -> QueryRetrieveLevel2.validateRetrieveIdentifier(keys, STUDY_ROOT, true));
    keys.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3", "1.2.4");
    assertEquals(
        QueryRetrieveLevel2.SERIES,
        QueryRetrieveLevel2.validateRetrieveIdentifier(keys, STUDY_ROOT, false));
  }

  private static void assertOffending(int tag, Attributes keys) {
    DicomServiceException e =
        assertThrows(
            DicomServiceException.class,
            () -> QueryRetrieveLevel2.validateQueryIdentifier(keys, STUDY_ROOT, false));
    assertEquals(Status.IdentifierDoesNotMatchSOPClass, e.getStatus());
    assertEquals(tag, e.mkRSP(0, 0).getInt(Tag.OffendingElement, 0));
  }

  @Test
  void findscuGetsEveryMatch() throws Exception {
    answering((as, pc, rq, keys) -> new Studies(as, pc, rq, keys, 4));
    int exit =
        Dcmtk.run(
            folder,
            "findscu",
            "-v",
            "-S",
            "-aec",
            Node.AET,
            "-k",
            "QueryRetrieveLevel=STUDY",
            "-k",
            "StudyInstanceUID",
            "127.0.0.1",
            "" + scp.port());
    assertEquals(0, exit);
    String log = Dcmtk.log(folder, "findscu");
    for (int i = 1; i <= 4; i++) {
      assertTrue(log.contains("[1.2." + i), log);
    }
  }

  @Test
  void findscuCancelsAndGetsItsAnswer() throws Exception {
    answering((as, pc, rq, keys) -> new Studies(as, pc, rq, keys, 2_000_000));
    int exit =
        Dcmtk.run(
            folder,
            "findscu",
            "-S",
            "--cancel",
            "3",
            "-aec",
            Node.AET,
            "-k",
            "QueryRetrieveLevel=STUDY",
            "127.0.0.1",
            "" + scp.port());
    assertEquals(0, exit);
    assertEquals(0, cancelRequests.getCount());
  }
}
