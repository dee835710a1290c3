package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An independent implementation on the other side: echoscu, storescu, dcmsend, storescp of DCMTK.
 */
@Timeout(60)
class DcmtkPeersTest {

  private static final int IMAGES = 5;

  @TempDir Path folder;
  private Node node;

  @BeforeEach
  void makeNode() {
    node = new Node();
    node.connection.setReceivePDULength(65536);
    node.connection.setReleaseTimeout(5000);
    node.connection.setResponseTimeout(5000);
  }

  @AfterEach
  void closeNode() throws Exception {
    node.close();
  }

  private int run(String name, String... arguments) throws Exception {
    return Dcmtk.run(folder, name, arguments);
  }

  private static Attributes image(int number) {
    byte[] pixels = new byte[2 * 64 * 64];
    new Random(number).nextBytes(pixels);
    Attributes image = new Attributes();
    image.setString(Tag.SOPClassUID, VR.UI, UID.MRImageStorage);
    image.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4." + number);
    image.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3");
    image.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3.4");
    image.setString(Tag.Modality, VR.CS, "MR");
    image.setString(Tag.InstanceNumber, VR.IS, Integer.toString(number));
    image.setInt(Tag.SamplesPerPixel, VR.US, 1);
    image.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    image.setInt(Tag.Rows, VR.US, 64);
    image.setInt(Tag.Columns, VR.US, 64);
    image.setInt(Tag.BitsAllocated, VR.US, 16);
    image.setInt(Tag.BitsStored, VR.US, 16);
    image.setInt(Tag.HighBit, VR.US, 15);
    image.setInt(Tag.PixelRepresentation, VR.US, 0);
    image.setBytes(Tag.PixelData, VR.OW, pixels);
    return image;
  }

  private Path images() throws IOException {
    Path images = Files.createDirectory(folder.resolve("images"));
    for (int number = 1; number <= IMAGES; number++) {
      Attributes image = image(number);
      try (DicomOutputStream out =
          new DicomOutputStream(images.resolve(number + ".dcm").toFile())) {
        out.writeDataset(image.createFileMetaInformation(UID.ExplicitVRLittleEndian), image);
      }
    }
    return images;
  }

  private static void assertImage(Attributes expected, Attributes actual) throws IOException {
    for (int tag : expected.tags()) {
      if (tag == Tag.PixelData) {
        Attributes pixels = new Attributes(actual, tag);
        assertEquals(
            sum(expected.getInts(Tag.PixelData)), sum(pixels.getInts(Tag.PixelData)), "pixels");
      } else {
        assertEquals(expected.getString(tag), actual.getString(tag), () -> "element " + tag);
      }
    }
  }

  private static long sum(int[] words) {
    long sum = 0;
    for (int i = 0; i < words.length; i++) {
      sum = 31 * sum + (words[i] & 0xffff);
    }
    return sum;
  }

  @Test
  void echoscuGetsItsAnswer() throws Exception {
    node.start();
    assertEquals(
        0, run("echoscu", "--repeat", "5", "-aec", Node.AET, "127.0.0.1", "" + node.port()));
    assertTrue(run("echoscu", "-aec", "NOBODY", "127.0.0.1", "" + node.port()) != 0);
    assertTrue(run("echoscu", "--abort", "-aec", Node.AET, "127.0.0.1", "" + node.port()) <= 1);
  }

  @ParameterizedTest
  @CsvSource({
    "-xe, 1.2.840.10008.1.2.1",
    "-xi, 1.2.840.10008.1.2",
    "-xb, 1.2.840.10008.1.2.2",
    "-xd, 1.2.840.10008.1.2.1.99",
  })
  void storescuDeliversInEverySyntax(String option, String syntax) throws Exception {
    node.accept(UID.MRImageStorage, syntax).start();
    int exit =
        run(
            "storescu",
            option,
            "+sd",
            "-aec",
            Node.AET,
            "127.0.0.1",
            "" + node.port(),
            images().toString());
    assertEquals(0, exit);
    assertEquals(IMAGES, node.stored.size());
    for (Node.Stored stored : node.stored) {
      assertEquals(syntax, stored.transferSyntax());
      Attributes received;
      try (DicomInputStream in =
          new DicomInputStream(new ByteArrayInputStream(stored.dataset()), syntax)) {
        received = in.readDataset();
      }
      int number = received.getInt(Tag.InstanceNumber, 0);
      assertImage(image(number), received);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4096", "16384", "131072"})
  void dcmsendDeliversThroughPdusOfAnyLength(String length) throws Exception {
    node.connection.setReceivePDULength(Integer.parseInt(length));
    node.start();
    int exit =
        run(
            "dcmsend",
            "--max-send-pdu",
            length,
            "+sd",
            "-aec",
            Node.AET,
            "127.0.0.1",
            "" + node.port(),
            images().toString());
    assertEquals(0, exit);
    assertEquals(IMAGES, node.stored.size());
  }

  @Test
  void storescpTakesWhatTheRequestorSends() throws Exception {
    Path received = Files.createDirectory(folder.resolve("received"));
    int port = Node.freePort();
    Process storescp =
        Dcmtk.start(
            folder, "storescp", List.of("-od", received.toString(), "-aet", "STORESCP", "" + port));
    try {
      Association as = openWhenListening(port);
      assertEquals(0, statusOf(as.cecho()));
      for (int number = 1; number <= IMAGES; number++) {
        assertEquals(
            0,
            statusOf(
                as.cstore(
                    UID.MRImageStorage,
                    "1.2.3.4." + number,
                    Priority.NORMAL,
                    new DataWriterAdapter(image(number)),
                    UID.ExplicitVRLittleEndian)));
      }
      as.release();
      as.waitForSocketClose();
    } finally {
      Dcmtk.stop(storescp);
    }
    try (Stream<Path> files = Files.list(received)) {
      List<Path> sorted = files.sorted(Comparator.comparing(Path::toString)).toList();
      assertEquals(IMAGES, sorted.size());
      for (Path file : sorted) {
        try (DicomInputStream in = new DicomInputStream(file.toFile())) {
          Attributes image = in.readDataset();
          assertImage(image(image.getInt(Tag.InstanceNumber, 0)), image);
        }
      }
    }
  }

  private static int statusOf(DimseRSP rsp) throws Exception {
    assertTrue(rsp.next());
    return rsp.getCommand().getInt(Tag.Status, -1);
  }

  private Association openWhenListening(int port) throws Exception {
    Association[] open = new Association[1];
    Node.eventually(
        "storescp listens",
        () -> {
          try {
            AAssociateRQ rq = new AAssociateRQ();
            rq.setCalledAET("STORESCP");
            rq.addPresentationContextFor(UID.Verification, UID.ImplicitVRLittleEndian);
            rq.addPresentationContextFor(UID.MRImageStorage, UID.ExplicitVRLittleEndian);
            open[0] = node.associate(port, rq);
            return true;
          } catch (java.net.ConnectException e) {
            return false;
          }
        });
    return open[0];
  }
}
