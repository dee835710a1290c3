package org.dcm4che3.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.dcm4che3.StandInOnly;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.BulkData;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files (PS3.10 section 7), and what is read of them. */
class FileTest {

  static byte[] file(Attributes ds, String tsuid) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
      out.writeDataset(
          Attributes.createFileMetaInformation("1.2.3", UID.MRImageStorage, tsuid), ds);
    }
    return bytes.toByteArray();
  }

  private static DicomInputStream open(byte[] bytes) throws IOException {
    return new DicomInputStream(new ByteArrayInputStream(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        UID.ExplicitVRLittleEndian,
        UID.ImplicitVRLittleEndian,
        UID.ExplicitVRBigEndian,
        UID.DeflatedExplicitVRLittleEndian
      })
  void theMetaInformationSaysHowTheDataSetIsEncoded(String tsuid) throws IOException {
    byte[] file = file(GoldenDataSet.dataset(), tsuid);
    assertArrayEquals(new byte[128], Arrays.copyOf(file, 128));
    assertEquals("DICM", new String(file, 128, 4));

    try (DicomInputStream in = open(file)) {
      Attributes fmi = in.getFileMetaInformation();
      Attributes ds = in.readDataset();
      assertEquals(tsuid, fmi.getString(Tag.TransferSyntaxUID));
      assertEquals(tsuid, in.getTransferSyntax());
      assertEquals("1.2.3", fmi.getString(Tag.MediaStorageSOPInstanceUID));
      assertEquals(UID.MRImageStorage, fmi.getString(Tag.MediaStorageSOPClassUID));
      assertEquals("Müller^Jörg", ds.getString(Tag.PatientName));
      assertEquals("1.2.3", ds.getString(Tag.SOPInstanceUID));
    }
  }

  @Test
  void theGroupLengthCountsTheRestOfTheMetaInformation() throws IOException {
    byte[] file = file(new Attributes(), UID.ExplicitVRLittleEndian);
    assertArrayEquals(new byte[] {2, 0, 0, 0, 'U', 'L', 4, 0}, Arrays.copyOfRange(file, 132, 140));
    assertEquals(file.length - 144, file[140] & 0xff);
  }

  /** The official library gives one of these files up: its end comes too early. */
  @StandInOnly
  @ParameterizedTest
  @ValueSource(ints = {0, 20, 100, 250})
  void aWrongGroupLengthDoesNotMatter(int length) throws IOException {
    byte[] file = file(GoldenDataSet.dataset(), UID.ImplicitVRLittleEndian);
    file[140] = (byte) length;
    try (DicomInputStream in = open(file)) {
      assertEquals("Müller^Jörg", in.readDataset().getString(Tag.PatientName));
    }
  }

  @Test
  void aDataSetAloneShowsItsTransferSyntax() throws IOException {
    for (String listing : new String[] {"explicit-le", "implicit-le", "explicit-be"}) {
      try (DicomInputStream in = open(GoldenDataSet.bytes(listing))) {
        assertNull(in.getFileMetaInformation());
        assertEquals("Müller^Jörg", in.readDataset().getString(Tag.PatientName), listing);
      }
    }
  }

  @Test
  void metaInformationWithoutPreambleIsRead() throws IOException {
    byte[] file = file(GoldenDataSet.dataset(), UID.ImplicitVRLittleEndian);
    try (DicomInputStream in = open(Arrays.copyOfRange(file, 132, file.length))) {
      assertEquals("Müller^Jörg", in.readDataset().getString(Tag.PatientName));
      assertEquals(UID.ImplicitVRLittleEndian, in.getTransferSyntax());
    }
  }

  @Test
  void otherFilesAreRefused() {
    for (String text : new String[] {"", "x", "# a text of some length, but no data set"}) {
      assertThrows(
          IOException.class,
          () -> {
            try (DicomInputStream in = open(text.getBytes())) {
              in.readDataset();
            }
          });
    }
  }

  @Test
  void readingStopsBeforeThePixelData() throws IOException {
    try (DicomInputStream in = open(file(GoldenDataSet.dataset(), UID.ExplicitVRLittleEndian))) {
      Attributes header = in.readDatasetUntilPixelData();
      assertFalse(header.contains(Tag.PixelData));
      assertTrue(header.contains(Tag.GraphicData));
      assertEquals(Tag.PixelData, in.tag());
      assertEquals(4, in.length());
      byte[] pixels = new byte[4];
      in.readFully(pixels);
      assertArrayEquals(new byte[] {(byte) 0xd4, (byte) 0xfe, (byte) 0xd0, 0x07}, pixels);
    }
  }

  @Test
  void readingStopsWhereThePredicateSays() throws IOException {
    try (DicomInputStream in = open(file(GoldenDataSet.dataset(), UID.ExplicitVRLittleEndian))) {
      Attributes header =
          in.readDataset(dis -> Integer.compareUnsigned(dis.tag(), Tag.PatientName) >= 0);
      assertFalse(header.contains(Tag.PatientName));
      assertTrue(header.contains(Tag.SourceImageSequence));
      assertTrue(
          header.getNestedDataset(Tag.ReferencedSeriesSequence).contains(Tag.SeriesInstanceUID));
    }
  }

  @Test
  void pixelDataStaysInTheFileIfSoAsked(@TempDir Path directory) throws IOException {
    File file = directory.resolve("a b.dcm").toFile();
    Files.write(file.toPath(), file(GoldenDataSet.dataset(), UID.ExplicitVRLittleEndian));
    Attributes ds;
    try (DicomInputStream in = new DicomInputStream(file)) {
      in.setIncludeBulkData(DicomInputStream.IncludeBulkData.URI);
      ds = in.readDataset();
    }
    BulkData pixels = assertInstanceOf(BulkData.class, ds.getValue(Tag.PixelData));
    assertEquals(4, pixels.length());
    assertEquals(file, pixels.getFile());
    assertArrayEquals(
        new byte[] {(byte) 0xd4, (byte) 0xfe, (byte) 0xd0, 0x07}, ds.getBytes(Tag.PixelData));
    assertArrayEquals(
        GoldenDataSet.bytes("explicit-be"),
        GoldenDataSetTest.write(ds, UID.ExplicitVRBigEndian, GoldenDataSet.UNDEFINED));
  }

  @Test
  void pixelDataIsLeftOutIfSoAsked() throws IOException {
    try (DicomInputStream in = open(file(GoldenDataSet.dataset(), UID.ExplicitVRLittleEndian))) {
      in.setIncludeBulkData(DicomInputStream.IncludeBulkData.NO);
      assertFalse(in.readDataset().containsValue(Tag.PixelData));
    }
  }

  @Test
  void fragmentsKeepTheirBytes() throws IOException {
    Attributes ds = new Attributes();
    ds.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
    Fragments fragments = ds.newFragments(Tag.PixelData, VR.OB, 3);
    fragments.add(new byte[0]);
    fragments.add(new byte[] {1, 2, 3, 4});
    fragments.add(new byte[] {5, 6});
    byte[] file = file(ds, UID.RLELossless);
    byte[] expected = {
      (byte) 0xe0,
      0x7f,
      0x10,
      0,
      'O',
      'B',
      0,
      0,
      -1,
      -1,
      -1,
      -1, // (7FE0,0010), undefined length
      (byte) 0xfe,
      -1,
      0,
      (byte) 0xe0,
      0,
      0,
      0,
      0, // offset table without entries
      (byte) 0xfe,
      -1,
      0,
      (byte) 0xe0,
      4,
      0,
      0,
      0,
      1,
      2,
      3,
      4,
      (byte) 0xfe,
      -1,
      0,
      (byte) 0xe0,
      2,
      0,
      0,
      0,
      5,
      6,
      (byte) 0xfe,
      -1,
      (byte) 0xdd,
      (byte) 0xe0,
      0,
      0,
      0,
      0 // end
    };
    assertArrayEquals(
        expected, Arrays.copyOfRange(file, file.length - expected.length, file.length));
    try (DicomInputStream in = open(file)) {
      Fragments read = assertInstanceOf(Fragments.class, in.readDataset().getValue(Tag.PixelData));
      assertEquals(3, read.size());
      assertArrayEquals(new byte[] {1, 2, 3, 4}, (byte[]) read.get(1));
      assertArrayEquals(new byte[] {5, 6}, (byte[]) read.get(2));
    }
  }

  @Test
  void aCommandHasItsGroupLength() throws IOException {
    Attributes echo = new Attributes();
    echo.setString(Tag.AffectedSOPClassUID, VR.UI, UID.Verification);
    echo.setInt(Tag.CommandField, VR.US, 0x0030);
    echo.setInt(Tag.MessageID, VR.US, 1);
    echo.setInt(Tag.CommandDataSetType, VR.US, 0x0101);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes, UID.ImplicitVRLittleEndian)) {
      out.writeCommand(echo);
    }
    byte[] command = bytes.toByteArray();
    assertArrayEquals(new byte[] {0, 0, 0, 0, 4, 0, 0, 0, 56, 0, 0, 0}, Arrays.copyOf(command, 12));
    assertEquals(56 + 12, command.length);
    try (DicomInputStream in =
        new DicomInputStream(new ByteArrayInputStream(command), UID.ImplicitVRLittleEndian)) {
      assertEquals(0x0030, in.readCommand().getInt(Tag.CommandField, 0));
    }
  }
}
