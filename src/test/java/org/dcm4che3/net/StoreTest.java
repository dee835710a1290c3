package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.dcm4che3.StandInOnly;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.service.DicomServiceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** C-STORE between two nodes (PS3.7 section 9.1.1). */
@Timeout(30)
class StoreTest {

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

  private static DataWriter bytes(byte[] bytes) {
    return new InputStreamDataWriter(new ByteArrayInputStream(bytes));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static DimseRSP store(Association as, String iuid, DataWriter data) throws Exception {
    return as.cstore(UID.MRImageStorage, iuid, Priority.NORMAL, data, UID.ExplicitVRLittleEndian);
  }

  private static int statusOf(DimseRSP rsp) throws Exception {
    assertTrue(rsp.next());
    Attributes command = rsp.getCommand();
    assertFalse(rsp.next());
    return command.getInt(Tag.Status, -1);
  }

  @ParameterizedTest
  @CsvSource({
    // receive length of the SCP, send length of the SCU, pack, object size
    "16384, 16378, true, 100000",
    "16384, 16378, false, 100000",
    "131072, 131072, true, 1000000",
    "131072, 16378, true, 71001",
    "0, 131072, true, 300000",
    "128, 131072, true, 5001",
    "13, 131072, false, 1000",
    "8, 131072, true, 200",
    "16384, 16378, true, 0",
    "16384, 16378, true, 16262",
  })
  void objectsOfAnySizeArriveWholeThroughPdusOfAnyLength(
      int receive, int send, boolean pack, int size) throws Exception {
    scp.connection.setReceivePDULength(receive);
    scu.connection.setSendPDULength(send);
    scu.connection.setPackPDV(pack);
    scp.start();
    Association as = scu.associate(scp.port());
    byte[] object = random(size);
    assertEquals(Status.Success, statusOf(store(as, "1.2.3", bytes(object))));
    assertArrayEquals(object, scp.stored.get(0).dataset());
    DataWriter inPieces =
        (out, tsuid) -> {
          for (int at = 0; at < object.length; at += 777) {
            out.write(object, at, Math.min(777, object.length - at));
          }
        };
    assertEquals(Status.Success, statusOf(store(as, "1.2.4", inPieces)));
    assertArrayEquals(object, scp.stored.get(1).dataset());
    DataWriter singly =
        (out, tsuid) -> {
          out.copyFrom(new ByteArrayInputStream(object), object.length / 2);
          for (int at = object.length / 2; at < object.length; at++) {
            out.write(object[at]);
          }
        };
    assertEquals(Status.Success, statusOf(store(as, "1.2.5", singly)));
    assertArrayEquals(object, scp.stored.get(2).dataset());
  }

  @Test
  void noPduExceedsWhatThePeerAnnounced() throws Exception {
    try (ServerSocket server = Peer.listen()) {
      scu.connection.setSendPDULength(100000);
      Future<Association> connecting =
          GoldenPduTest.later(() -> scu.associate(server.getLocalPort()));
      try (Peer peer = Peer.accept(server)) {
        peer.expectType(Peer.PDU_RQ);
        byte[] ac = GoldenPdus.ASSOCIATE_AC.clone();
        java.nio.ByteBuffer.wrap(ac).putInt(ac.length - 35, 1000);
        peer.send(ac);
        Association as = connecting.get(5, TimeUnit.SECONDS);
        Future<DimseRSP> storing =
            GoldenPduTest.later(() -> store(as, "1.2.35", bytes(random(20000))));
        int received = 0;
        while (received < 20000) {
          byte[] pdu = peer.expectType(Peer.PDU_DATA);
          assertTrue(pdu.length - 6 <= 1000, () -> "PDU of " + (pdu.length - 6));
          for (int at = 6; at < pdu.length; ) {
            int length = java.nio.ByteBuffer.wrap(pdu, at, 4).getInt();
            received += (pdu[at + 5] & 1) == 0 ? length - 2 : 0;
            at += 4 + length;
          }
        }
        assertEquals(20000, received);
        storing.get(5, TimeUnit.SECONDS);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.840.10008.1.2",
        "1.2.840.10008.1.2.1",
        "1.2.840.10008.1.2.2",
        "1.2.840.10008.1.2.1.99"
      })
  void dataSetReadsTheSameInEverySyntax(String syntax) throws Exception {
    AtomicReference<Attributes> read = new AtomicReference<>();
    scp.accept(UID.CTImageStorage, syntax)
        .storing((as, pc, rq, data) -> read.set(data.readDataset(pc.getTransferSyntax())))
        .start();
    AAssociateRQ rq = new AAssociateRQ();
    rq.addPresentationContextFor(UID.CTImageStorage, syntax);
    Association as = scu.associate(scp.port(), rq);
    Attributes object = new Attributes(syntax.equals(UID.ExplicitVRBigEndian));
    object.setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage);
    object.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", "M");
    object.setInt(Tag.Rows, VR.US, 512);
    object.setDouble(Tag.PixelSpacing, VR.DS, 0.5, 0.75);
    for (int i = 0; i < 2; i++) {
      DimseRSP rsp =
          as.cstore(
              UID.CTImageStorage, "1.2.3", Priority.NORMAL, new DataWriterAdapter(object), syntax);
      assertEquals(Status.Success, statusOf(rsp));
      assertEquals(512, read.get().getInt(Tag.Rows, 0));
      assertArrayEquals(
          new String[] {"ORIGINAL", "PRIMARY", "M"}, read.get().getStrings(Tag.ImageType));
      assertArrayEquals(new double[] {0.5, 0.75}, read.get().getDoubles(Tag.PixelSpacing));
    }
  }

  @Test
  void whatTheServiceLeavesUnreadIsSkipped() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    AtomicLong skipped = new AtomicLong();
    scp.storing(
            (as, pc, rq, data) -> {
              switch (calls.incrementAndGet()) {
                case 1 -> {}
                case 2 -> data.readNBytes(1000);
                case 3 -> data.copyTo(new ByteArrayOutputStream(), 70001);
                case 4 -> data.skipNBytes(99000);
                case 5 -> skipped.set(data.skipAll());
                default -> data.close();
              }
            })
        .start();
    Association as = scu.associate(scp.port());
    for (int i = 0; i < 6; i++) {
      assertEquals(Status.Success, statusOf(store(as, "1.2." + i, bytes(random(100000)))));
    }
    assertEquals(100000, skipped.get());
    assertEquals(Status.Success, statusOf(as.cecho()));
  }

  @Test
  void aSkipEndsWithItsFragment() throws Exception {
    AtomicLong skipped = new AtomicLong();
    scp.connection.setReceivePDULength(4096);
    scp.storing((as, pc, rq, data) -> skipped.set(data.skip(99000))).start();
    Association as = scu.associate(scp.port());
    assertEquals(Status.Success, statusOf(store(as, "1.2.3", bytes(random(100000)))));
    assertTrue(skipped.get() > 0 && skipped.get() <= 4096, () -> "skipped: " + skipped);
  }

  @Test
  void serviceExceptionIsTheResponse() throws Exception {
    scp.storing(
            (as, pc, rq, data) -> {
              throw new DicomServiceException(
                      Status.OutOfResources, "no room left ".repeat(10).concat("\n\\"))
                  .setOffendingElements(Tag.StudyInstanceUID, Tag.SeriesInstanceUID)
                  .setErrorID(7);
            })
        .start();
    Association as = scu.associate(scp.port());
    DimseRSP rsp = store(as, "1.2.3", bytes(random(50000)));
    assertTrue(rsp.next());
    Attributes command = rsp.getCommand();
    assertEquals(Status.OutOfResources, command.getInt(Tag.Status, -1));
    assertEquals(
        "no room left ".repeat(10).substring(0, 64).trim(),
        command.getString(Tag.ErrorComment).trim());
    assertArrayEquals(
        new int[] {Tag.StudyInstanceUID, Tag.SeriesInstanceUID},
        command.getInts(Tag.OffendingElement));
    assertEquals(7, command.getInt(Tag.ErrorID, -1));
    assertEquals(Status.Success, statusOf(as.cecho()), "the association goes on");
  }

  @StandInOnly
  @Test
  void otherExceptionsOfAServiceEndTheAssociation() throws Exception {
    scp.storing(
            (as, pc, rq, data) -> {
              throw new IllegalStateException("broken");
            })
        .start();
    Association as = scu.associate(scp.port());
    DimseRSP rsp = store(as, "1.2.3", bytes(random(50000)));
    assertThrows(IOException.class, rsp::next);
    scp.storing(scp::keep);
    assertEquals(Status.Success, statusOf(scu.associate(scp.port()).cecho()));
  }

  @Test
  void requestWithoutServiceGetsAFailureStatus() throws Exception {
    scp.accept("1.2.3.4.5", UID.ImplicitVRLittleEndian).start();
    AAssociateRQ rq = new AAssociateRQ();
    rq.addPresentationContextFor("1.2.3.4.5", UID.ImplicitVRLittleEndian);
    scp.services.removeDimseRQHandler("*");
    Association as = scu.associate(scp.port(), rq);
    int status =
        statusOf(
            as.cstore(
                "1.2.3.4.5",
                "1.2.3",
                Priority.NORMAL,
                bytes(new byte[100]),
                UID.ImplicitVRLittleEndian));
    assertTrue(status == Status.SOPclassNotSupported || status == Status.NoSuchSOPclass);
  }

  @Test
  void originatorOfAMoveIsNamed() throws Exception {
    scp.start();
    Association as = scu.associate(scp.port());
    DimseRSP rsp =
        as.cstore(
            UID.MRImageStorage,
            "1.2.3",
            Priority.HIGH,
            "MOVER",
            42,
            bytes(new byte[10]),
            UID.ExplicitVRLittleEndian);
    assertEquals(Status.Success, statusOf(rsp));
    Attributes command = scp.stored.get(0).command();
    assertEquals("MOVER", command.getString(Tag.MoveOriginatorApplicationEntityTitle));
    assertEquals(42, command.getInt(Tag.MoveOriginatorMessageID, 0));
    assertEquals(Priority.HIGH, command.getInt(Tag.Priority, -1));
  }

  @Test
  void acceptorNamesTheSourceInTheFileMetaInformation() throws Exception {
    AtomicReference<Attributes> fmi = new AtomicReference<>();
    scp.storing(
            (as, pc, rq, data) ->
                fmi.set(
                    as.createFileMetaInformation(
                        rq.getString(Tag.AffectedSOPInstanceUID),
                        rq.getString(Tag.AffectedSOPClassUID),
                        pc.getTransferSyntax())))
        .start();
    assertEquals(
        Status.Success, statusOf(store(scu.associate(scp.port()), "1.2.3", bytes(new byte[2]))));
    assertEquals("1.2.3", fmi.get().getString(Tag.MediaStorageSOPInstanceUID));
    assertEquals(UID.MRImageStorage, fmi.get().getString(Tag.MediaStorageSOPClassUID));
    assertEquals(UID.ExplicitVRLittleEndian, fmi.get().getString(Tag.TransferSyntaxUID));
    assertEquals(Node.AET, fmi.get().getString(Tag.SourceApplicationEntityTitle));
  }
}
