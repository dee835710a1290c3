package org.dcm4che3.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.dcm4che3.StandInOnly;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams that break the rules: what can be understood is read, the rest ends in an IOException.
 * Leniency and bounds of the official library are its own affair.
 */
class BrokenStreamTest {
  private static final String IMAGES = "08 00 40 11 53 51 00 00 FF FF FF FF ";
  private static final String ITEM = "FE FF 00 E0 FF FF FF FF ";
  private static final String UID_1 = "08 00 55 11 55 49 04 00 31 2E 31 00 ";
  private static final String END_OF_ITEM = "FE FF 0D E0 00 00 00 00 ";
  private static final String END_OF_SEQUENCE = "FE FF DD E0 00 00 00 00 ";
  private static final String ROWS = "28 00 10 00 55 53 02 00 07 00 ";

  private static byte[] hex(String bytes) {
    return HexFormat.of().parseHex(bytes.replace(" ", ""));
  }

  private static Attributes explicit(String bytes) throws IOException {
    return GoldenDataSetTest.read(hex(bytes), UID.ExplicitVRLittleEndian);
  }

  @Test
  void aSequenceOfUnknownVrAndUndefinedLengthIsImplicit() throws IOException {
    Attributes ds =
        explicit(
            "08 00 40 11 55 4E 00 00 FF FF FF FF " // (0008,1140) UN, undefined length
                + ITEM
                + "08 00 55 11 04 00 00 00 31 2E 31 00 " // implicit: (0008,1155) 1.1
                + END_OF_ITEM
                + END_OF_SEQUENCE
                + ROWS);
    assertEquals(
        "1.1",
        ds.getNestedDataset(Tag.ReferencedImageSequence).getString(Tag.ReferencedSOPInstanceUID));
    assertEquals(7, ds.getInt(Tag.Rows, 0));
  }

  @StandInOnly
  @Test
  void aMissingEndOfItemEndsWithTheSequence() throws IOException {
    Attributes ds = explicit(IMAGES + ITEM + UID_1 + END_OF_SEQUENCE + ROWS);
    assertEquals(1, ds.getSequence(Tag.ReferencedImageSequence).size());
    assertEquals(7, ds.getInt(Tag.Rows, 0));
  }

  @StandInOnly
  @Test
  void strayDelimitersArePassedOver() throws IOException {
    Attributes ds =
        explicit(
            "08 00 40 11 53 51 00 00 14 00 00 00 FE FF 00 E0 0C 00 00 00 "
                + UID_1
                + END_OF_SEQUENCE
                + ROWS
                + END_OF_ITEM);
    assertEquals(1, ds.getSequence(Tag.ReferencedImageSequence).size());
    assertEquals(7, ds.getInt(Tag.Rows, 0));
  }

  @Test
  void anUnknownVrHasALongLengthAndKeepsItsBytes() throws IOException {
    Attributes ds = explicit("19 00 01 10 5A 5A 00 00 02 00 00 00 41 42 " + ROWS);
    assertArrayEquals(new byte[] {'A', 'B'}, ds.getBytes(0x00191001));
    assertEquals(7, ds.getInt(Tag.Rows, 0));
  }

  @Test
  void everyTruncationInsideAnElementIsNoticed() throws IOException {
    byte[] golden = GoldenDataSet.bytes("explicit-le");
    int whole = 0;
    for (int length = 0; length < golden.length; length++) {
      byte[] truncated = Arrays.copyOf(golden, length);
      try {
        GoldenDataSetTest.read(truncated, UID.ExplicitVRLittleEndian);
        whole++;
      } catch (IOException expected) {
        assertTrue(length > 0);
      }
    }
    // Only after a whole element of the outermost level can an end be meant.
    assertEquals(24, whole);
  }

  @StandInOnly
  @ParameterizedTest
  @ValueSource(
      strings = {
        "E0 7F 10 00 4F 57 00 00 F0 FF FF FF 00 00", // OW of nearly 4 GB
        "E0 7F 10 00 4F 57 00 00 00 00 00 7F 00 00", // OW of nearly 2 GB
        "08 00 40 11 53 51 00 00 00 00 00 7F FE FF 00 E0 FF FF FF FF", // sequence of 2 GB
        "08 00 40 11 53 51 00 00 FF FF FF FF FE FF 00 E0 00 00 00 7F 08 00", // item of 2 GB
      })
  void lengthsBeyondTheStreamEndWithoutTheMemory(String bytes) throws IOException {
    AllocationMeter meter = new AllocationMeter();
    assertThrows(IOException.class, () -> explicit(bytes));
    assertTrue(meter.bytes() < 2_000_000, "allocated " + meter.bytes());
  }

  @Test
  void longValuesArriveWhole() throws IOException {
    byte[] value = new byte[3_000_001 + 1];
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) (i * 31);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
      out.writeAttribute(Tag.PixelData, VR.OW, value);
    }
    InputStream trickle =
        new SequenceInputStream(
            new ByteArrayInputStream(bytes.toByteArray(), 0, 1_000_000),
            new ByteArrayInputStream(bytes.toByteArray(), 1_000_000, bytes.size()));
    try (DicomInputStream in = new DicomInputStream(trickle, UID.ExplicitVRLittleEndian)) {
      assertArrayEquals(value, in.readDataset().getBytes(Tag.PixelData));
    }
  }

  @StandInOnly
  @Test
  void nestingBeyondReasonIsRefused() {
    String nested = (IMAGES + ITEM).repeat(5000);
    assertThrows(DicomStreamException.class, () -> explicit(nested));
  }

  @Test
  void nestingWithinReasonIsRead() throws IOException {
    String open = (IMAGES + ITEM).repeat(30);
    String close = (END_OF_ITEM + END_OF_SEQUENCE).repeat(30);
    Attributes ds = explicit(open + UID_1 + close);
    int depth = 0;
    for (Attributes a = ds; a != null; a = a.getNestedDataset(Tag.ReferencedImageSequence)) {
      depth++;
    }
    assertEquals(31, depth);
  }

  @StandInOnly
  @Test
  void anElementMayNotExceedItsItem() {
    assertThrows(
        IOException.class,
        () ->
            explicit(
                "08 00 40 11 53 51 00 00 10 00 00 00 FE FF 00 E0 08 00 00 00 " + UID_1 + ROWS));
  }

  @StandInOnly
  @Test
  void thousandsOfElementsOutOfOrderAreRefused() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int element = 0xffff; element > 0x2000; element--) {
      bytes.writeBytes(new byte[] {0x19, 0, (byte) element, (byte) (element >> 8), 'L', 'O', 0, 0});
    }
    assertThrows(
        DicomStreamException.class,
        () -> GoldenDataSetTest.read(bytes.toByteArray(), UID.ExplicitVRLittleEndian));
  }

  @StandInOnly
  @Test
  void aTextTooLongForItsVrIsWrittenAsUnknown() throws IOException {
    Attributes ds = new Attributes();
    ds.setString(Tag.PatientComments, VR.LT, "x".repeat(70_001));
    byte[] bytes = GoldenDataSetTest.write(ds, UID.ExplicitVRLittleEndian, GoldenDataSet.UNDEFINED);
    assertEquals(bytes.length, ds.calcLength(GoldenDataSet.UNDEFINED, true));
    Attributes read = GoldenDataSetTest.read(bytes, UID.ExplicitVRLittleEndian);
    assertEquals(VR.UN, read.getVR(Tag.PatientComments));
    assertEquals(70_001, read.getString(Tag.PatientComments).length());
  }
}
