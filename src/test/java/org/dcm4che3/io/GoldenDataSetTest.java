package org.dcm4che3.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data sets as bytes (PS3.5 section 7 and annex A), both ways. */
class GoldenDataSetTest {

  static Attributes read(byte[] bytes, String tsuid) throws IOException {
    try (DicomInputStream in = new DicomInputStream(new ByteArrayInputStream(bytes), tsuid)) {
      return in.readDataset();
    }
  }

  static byte[] write(Attributes ds, String tsuid, DicomEncodingOptions options)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes, tsuid)) {
      out.setEncodingOptions(options);
      out.writeDataset(null, ds);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "explicit-le, " + UID.ExplicitVRLittleEndian,
    "explicit-le-defined, " + UID.ExplicitVRLittleEndian,
    "implicit-le, " + UID.ImplicitVRLittleEndian,
    "explicit-be, " + UID.ExplicitVRBigEndian
  })
  void everyValueIsReadAsItsBytesSay(String listing, String tsuid) throws IOException {
    Attributes ds = read(GoldenDataSet.bytes(listing), tsuid);

    assertArrayEquals(new String[] {"ORIGINAL", "PRIMARY", "M"}, ds.getStrings(Tag.ImageType));
    assertEquals("1.2.3", ds.getString(Tag.SOPInstanceUID));
    assertEquals("LONG-CODE-VALUE-1", ds.getString(Tag.LongCodeValue));
    Attributes series = ds.getNestedDataset(Tag.ReferencedSeriesSequence);
    assertEquals("1.2.30", series.getString(Tag.SeriesInstanceUID));
    assertEquals(
        "1.2.31",
        series.getNestedDataset(Tag.ReferencedSOPSequence).getString(Tag.ReferencedSOPInstanceUID));
    assertEquals(2, ds.getSequence(Tag.ReferencedImageSequence).size());
    assertEquals(
        "1.2.40",
        ds.getNestedDataset(Tag.ReferencedImageSequence).getString(Tag.ReferencedSOPInstanceUID));
    assertTrue(ds.getNestedDataset(Tag.ReferencedImageSequence, 1).isEmpty());
    assertTrue(ds.contains(Tag.ReferencedSOPClassUID));
    assertFalse(ds.containsValue(Tag.ReferencedSOPClassUID));
    assertTrue(ds.contains(Tag.SourceImageSequence));
    assertFalse(ds.containsValue(Tag.SourceImageSequence));
    assertEquals("Müller^Jörg", ds.getString(Tag.PatientName));
    assertEquals("one\\not two", ds.getString(Tag.PatientComments));
    assertEquals("4.92", ds.getString(Tag.EchoTime));
    assertEquals(4.92, ds.getDouble(Tag.EchoTime, 0));
    assertEquals(4.92, ds.getDouble(Tag.EffectiveEchoTime, 0));
    assertEquals(-2, ds.getInt(GoldenDataSet.CREATOR, GoldenDataSet.PRIVATE_TAG, VR.SL, 0));
    assertEquals(-7, ds.getInt(Tag.InstanceNumber, 0));
    assertArrayEquals(new int[] {1, (int) 4_000_000_000L}, ds.getInts(Tag.DimensionIndexValues));
    assertEquals(0x00181063, ds.getInt(Tag.FrameIncrementPointer, 0));
    assertEquals(1, ds.getInt(Tag.Rows, 0));
    assertEquals(2, ds.getInt(Tag.Columns, 0));
    assertEquals("free text", ds.getString(Tag.TextValue));
    assertArrayEquals(new float[] {0.5f, -1.25f}, ds.getFloats(Tag.GraphicData));
    assertArrayEquals(
        tsuid.equals(UID.ExplicitVRBigEndian)
            ? new byte[] {(byte) 0xfe, (byte) 0xd4, 0x07, (byte) 0xd0}
            : new byte[] {(byte) 0xd4, (byte) 0xfe, (byte) 0xd0, 0x07},
        ds.getBytes(Tag.PixelData));
  }

  @Test
  void explicitVrSaysThatThePixelValueIsSigned() throws IOException {
    Attributes ds = read(GoldenDataSet.bytes("explicit-le"), UID.ExplicitVRLittleEndian);
    assertEquals(VR.SS, ds.getVR(Tag.SmallestImagePixelValue));
    assertEquals(-300, ds.getInt(Tag.SmallestImagePixelValue, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "explicit-le, " + UID.ExplicitVRLittleEndian + ", true",
    "explicit-le-defined, " + UID.ExplicitVRLittleEndian + ", false",
    "implicit-le, " + UID.ImplicitVRLittleEndian + ", true",
    "explicit-be, " + UID.ExplicitVRBigEndian + ", true"
  })
  void theDataSetIsWrittenAsTheseBytes(String listing, String tsuid, boolean undefined)
      throws IOException {
    DicomEncodingOptions options = undefined ? GoldenDataSet.UNDEFINED : GoldenDataSet.DEFINED;
    byte[] golden = GoldenDataSet.bytes(listing);

    assertArrayEquals(golden, write(GoldenDataSet.dataset(), tsuid, options));
    assertArrayEquals(golden, write(read(golden, tsuid), tsuid, options));
    assertEquals(
        golden.length,
        GoldenDataSet.dataset().calcLength(options, !tsuid.equals(UID.ImplicitVRLittleEndian)));
  }

  @Test
  void byteOrdersChangeIntoEachOther() throws IOException {
    byte[] little = GoldenDataSet.bytes("explicit-le");
    byte[] big = GoldenDataSet.bytes("explicit-be");
    assertArrayEquals(
        big,
        write(
            read(little, UID.ExplicitVRLittleEndian),
            UID.ExplicitVRBigEndian,
            GoldenDataSet.UNDEFINED));
    assertArrayEquals(
        little,
        write(
            read(big, UID.ExplicitVRBigEndian),
            UID.ExplicitVRLittleEndian,
            GoldenDataSet.UNDEFINED));
    assertEquals(
        new Attributes(read(big, UID.ExplicitVRBigEndian), false),
        read(little, UID.ExplicitVRLittleEndian));
  }

  @Test
  void aDeflatedDataSetIsEvenAndReadsBackEqual() throws IOException {
    Attributes ds = GoldenDataSet.dataset();
    byte[] deflated = write(ds, UID.DeflatedExplicitVRLittleEndian, GoldenDataSet.UNDEFINED);
    assertEquals(0, deflated.length % 2);
    assertArrayEquals(
        GoldenDataSet.bytes("explicit-le"),
        write(
            read(deflated, UID.DeflatedExplicitVRLittleEndian),
            UID.ExplicitVRLittleEndian,
            GoldenDataSet.UNDEFINED));
  }
}
