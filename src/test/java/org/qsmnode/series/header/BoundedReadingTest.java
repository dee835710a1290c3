package org.qsmnode.series.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.series.find.Headers;

/**
 * What a peer sends decides neither how much memory its reading takes nor what the ledger keeps.
 */
class BoundedReadingTest {

  private static final long MIB = 1L << 20;

  @TempDir Path directory;

  @Test
  void aBigPrivateElementOfRawDataIsNotRead() throws Exception {
    Attributes raw = identity(UID.RawDataStorage);
    Path file = directory.resolve("raw");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(meta(UID.RawDataStorage, UID.ExplicitVRLittleEndian));
      out.write(encoded(raw));
      out.write(header(0x00290010, "LO", 8));
      out.write("SIEMENS ".getBytes(StandardCharsets.US_ASCII));
      out.write(header(0x00291010, "OB", 1500 * MIB));
    }
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(sparse.length() + 1500 * MIB);
    }
    long before = allocated();
    assertEquals("1.2.3.4", InstanceReader.index(file).sopInstanceUid());
    assertTrue(allocated() - before < 8 * MIB, "memory does not depend on the element");
  }

  @Test
  void aBigElementOfAnImageThatRecognitionDoesNotReadIsPassedOverAtAnyLevel() throws Exception {
    Attributes image = image();
    Path file = directory.resolve("image");
    byte[] nested = new byte[(int) (8 * MIB)];
    Arrays.fill(nested, (byte) 'A');
    Attributes item = new Attributes();
    item.setBytes(Tag.TextValue, VR.UT, nested);
    image.newSequence(Tag.ContentSequence, 1).add(item);
    image.setBytes(0x00287FE0, VR.UT, nested);
    write(file, image, UID.ExplicitVRLittleEndian);
    long before = allocated();
    IndexedInstance read = InstanceReader.index(file);
    assertTrue(allocated() - before < 8 * MIB, "memory does not depend on the elements");
    assertEquals(1, read.frames().size());
  }

  @Test
  void aTextThatRecognitionReadsIsRefusedWhereNoSoundOneIsSoLong() throws Exception {
    Attributes image = image();
    byte[] text = new byte[(int) (21 * MIB)];
    Arrays.fill(text, (byte) 'A');
    image.setBytes(Tag.ProtocolName, VR.UT, text);
    Path file = directory.resolve("protocol");
    write(file, image, UID.ExplicitVRLittleEndian);
    assertUnreadable(file);
  }

  @Test
  void aDeflatedBombIsKnownByTheLengthThatItDeclares() throws Exception {
    Path file = directory.resolve("bomb");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(meta(UID.MRImageStorage, UID.DeflatedExplicitVRLittleEndian));
      try (OutputStream deflated =
          new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED, true), 1 << 16)) {
        deflated.write(encoded(identity(UID.MRImageStorage)));
        deflated.write(header(0x00400280, "UT", 128 * MIB));
        byte[] text = new byte[1 << 20];
        for (int i = 0; i < 128; i++) {
          deflated.write(text);
        }
      }
    }
    assertTrue(Files.size(file) < MIB, "the bomb is small");
    long before = allocated();
    assertUnreadable(file);
    assertTrue(allocated() - before < 8 * MIB, "the bomb was not unfolded");
  }

  @Test
  void pixelDataThatAreShorterThanTheySayAreUnreadableAlsoDeflated() throws Exception {
    for (long length : new long[] {0xFFFFFFF0L, 0x80000000L, 32 * MIB}) {
      ByteArrayOutputStream dataSet = new ByteArrayOutputStream();
      dataSet.write(encoded(image()));
      dataSet.write(header(Tag.PixelData, "OW", length));
      dataSet.write(new byte[100]);
      Path plain = directory.resolve("plain");
      Path deflated = directory.resolve("deflated");
      try (OutputStream out = Files.newOutputStream(plain)) {
        out.write(meta(UID.MRImageStorage, UID.ExplicitVRLittleEndian));
        out.write(dataSet.toByteArray());
      }
      try (OutputStream out = Files.newOutputStream(deflated)) {
        out.write(meta(UID.MRImageStorage, UID.DeflatedExplicitVRLittleEndian));
        try (OutputStream packed =
            new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED, true))) {
          packed.write(dataSet.toByteArray());
        }
      }
      assertUnreadable(plain);
      assertUnreadable(deflated);
    }
  }

  @Test
  void pixelDataThatAreFewerThanRowsAndColumnsSayAreUnreadable() throws Exception {
    Attributes image = image();
    image.setInt(Tag.Rows, VR.US, 2048);
    image.setInt(Tag.Columns, VR.US, 2048);
    Path file = directory.resolve("few");
    write(file, image, UID.ExplicitVRLittleEndian);
    assertUnreadable(file);
  }

  @Test
  void framesAndValuesBeyondAnyAcquisitionAreUnreadable() throws Exception {
    Attributes enhanced = identity(UID.EnhancedMRImageStorage);
    enhanced.setInt(Tag.NumberOfFrames, VR.IS, Integer.MAX_VALUE);
    Sequence frames = enhanced.newSequence(Tag.PerFrameFunctionalGroupsSequence, 0);
    for (int i = 0; i <= BoundedInput.MOST_ITEMS; i++) {
      frames.add(new Attributes(0));
    }
    Path file = directory.resolve("frames");
    write(file, enhanced, UID.ExplicitVRLittleEndian);
    assertUnreadable(file);

    Attributes image = image();
    image.setString(
        Tag.ImageType,
        VR.CS,
        Collections.nCopies(1 + FactText.MOST_VALUES, "M").toArray(String[]::new));
    write(file, image, UID.ExplicitVRLittleEndian);
    assertUnreadable(file);
  }

  @Test
  void sequencesWithinEachOtherEndWithAReasonAndNotWithTheStack() throws Exception {
    Path file = directory.resolve("deep");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(meta(UID.MRImageStorage, UID.ExplicitVRLittleEndian));
      out.write(encoded(identity(UID.MRImageStorage)));
      for (int i = 0; i < 100_000; i++) {
        out.write(header(0x00401234, "SQ", 0xFFFFFFFFL));
        out.write(new byte[] {(byte) 0xFE, (byte) 0xFF, 0, (byte) 0xE0, -1, -1, -1, -1});
      }
    }
    assertUnreadable(file);
  }

  @Test
  void theLargestFactsThatAreWrittenCanBeRead() {
    List<String> tokens = Collections.nCopies(FactText.MOST_VALUES, FactText.digest("TOKEN"));
    List<FrameFacts> frames = new ArrayList<>();
    for (int i = 0; i < BoundedInput.MOST_ITEMS; i++) {
      FrameKind kind =
          new FrameKind(
              "MAGNITUDE",
              tokens,
              tokens,
              String.join("\\", tokens),
              0,
              -1.0 / 3 - i % 4097,
              new org.qsmnode.volume.Vector3(-1.0 / 3, -1.0 / 7, -1.0 / 9),
              new org.qsmnode.volume.Vector3(-1.0 / 3, -1.0 / 7, -1.0 / 9),
              -1.0 / 3,
              -1.0 / 3,
              -1.0 / 3,
              new ValueScale(-1.0 / 3, -1.0 / 3, "x", -1.0 / 3, -1.0 / 3, "y", -1.0 / 3),
              "coil",
              i);
      frames.add(
          new FrameFacts(
              i + 1, new org.qsmnode.volume.Vector3(-1e300 / 3, -1e300 / 7, -1e300 / 9), kind));
    }
    IndexedInstance small = Headers.index(Headers.classic("1.2.3.4", 5, 6, 7.5, 8));
    IndexedInstance large =
        new IndexedInstance(
            small.sopInstanceUid(),
            small.sopClassUid(),
            small.studyInstanceUid(),
            small.frameOfReferenceUid(),
            small.transferSyntaxUid(),
            false,
            small.place(),
            small.scanner(),
            small.scan(),
            small.expectation(),
            small.pixels(),
            frames.size(),
            distinct(frames));
    String json = large.toJson();
    assertTrue(json.length() < IndexedInstanceJson.MOST_CHARACTERS, json.length() + " characters");
    assertEquals(large, IndexedInstance.fromJson(json));
  }

  /** As many kinds as one object may have, the temporal position taken from the first of a kind. */
  private static List<FrameFacts> distinct(List<FrameFacts> frames) {
    List<FrameFacts> result = new ArrayList<>(frames.size());
    for (int i = 0; i < frames.size(); i++) {
      FrameFacts frame = frames.get(i);
      result.add(
          new FrameFacts(frame.frameNumber(), frame.positionMm(), frames.get(i % 4097).kind()));
    }
    return result;
  }

  @Test
  void whatPeopleTypedIntoAHeaderDoesNotStandInTheFacts() {
    String typed = "DOE JOHN";
    Attributes image = Headers.classic("1.2.3.4", 5, 6, 7.5, 8);
    image.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", "M", typed);
    for (int tag :
        new int[] {
          Tag.ProtocolName,
          Tag.SeriesDescription,
          Tag.SequenceName,
          Tag.ScanningSequence,
          Tag.MRAcquisitionType,
          Tag.ImagedNucleus,
          Tag.PatientPosition,
          Tag.RescaleType,
          Tag.ComplexImageComponent
        }) {
      image.setString(tag, VR.LO, typed);
    }
    assertFalse(Headers.index(image).toJson().contains("DOE"));
  }

  @Test
  void equalTextsHaveEqualDigestsAndADigestIsItsOwn() {
    String digest = FactText.digest("QSM head");
    assertEquals(digest, FactText.digest("QSM head"));
    assertEquals(digest, FactText.digest(digest));
    assertFalse(digest.equals(FactText.digest("QSM head 2")));
    assertEquals("", FactText.digest(""));
  }

  private static void assertUnreadable(Path file) {
    RefusedException refused =
        assertThrows(RefusedException.class, () -> InstanceReader.index(file));
    assertEquals(ReasonCode.UNREADABLE, refused.reason().code());
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static Attributes identity(String sopClass) {
    Attributes identity = new Attributes();
    identity.setString(Tag.SOPClassUID, VR.UI, sopClass);
    identity.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4");
    identity.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3");
    identity.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3.1");
    return identity;
  }

  private static Attributes image() {
    return Headers.classic("1.2.3.4", 5, 6, 7.5, 8);
  }

  private static byte[] meta(String sopClass, String syntax) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
      out.writeFileMetaInformation(
          Attributes.createFileMetaInformation("1.2.3.4", sopClass, syntax));
    }
    return bytes.toByteArray();
  }

  private static byte[] encoded(Attributes dataSet) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
      out.writeDataset(null, dataSet);
    }
    return bytes.toByteArray();
  }

  private static void write(Path file, Attributes dataSet, String syntax) throws IOException {
    Attributes whole = new Attributes(dataSet);
    whole.setBytes(Tag.PixelData, VR.OW, new byte[64 * 64 * 2]);
    Attributes meta =
        Attributes.createFileMetaInformation("1.2.3.4", dataSet.getString(Tag.SOPClassUID), syntax);
    try (DicomOutputStream out =
        new DicomOutputStream(Files.newOutputStream(file), UID.ExplicitVRLittleEndian)) {
      out.writeDataset(meta, whole);
    }
  }

  /** An element's header in Explicit VR Little Endian; a length of 32 bits except for LO. */
  private static byte[] header(int tag, String vr, long length) {
    boolean isShort = vr.equals("LO");
    ByteBuffer bytes = ByteBuffer.allocate(isShort ? 8 : 12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) (tag >>> 16)).putShort((short) tag);
    bytes.put(vr.getBytes(StandardCharsets.US_ASCII));
    if (isShort) {
      bytes.putShort((short) length);
    } else {
      bytes.putShort((short) 0).putInt((int) length);
    }
    return bytes.array();
  }
}
