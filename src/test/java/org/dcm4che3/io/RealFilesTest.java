package org.dcm4che3.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;

/** Files of real scanners, read, written and read again. */
class RealFilesTest {
  private static final Path SHARED =
      Path.of(System.getProperty("qsmnode.sharedData", "../shared/data"));
  private static final int FILES_PER_FOLDER = 6;

  private static List<Path> files() throws IOException {
    assumeTrue(
        Files.isDirectory(SHARED), "no real files: " + SHARED + " is absent (qsmnode.sharedData)");
    List<Path> files;
    try (Stream<Path> folders = Files.walk(SHARED)) {
      files =
          folders
              .filter(Files::isDirectory)
              .flatMap(RealFilesTest::someDicomFiles)
              .sorted()
              .toList();
    }
    assertTrue(files.size() > 20, "real files found: " + files.size());
    return files;
  }

  private static Stream<Path> someDicomFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".dcm"))
          .sorted()
          .limit(FILES_PER_FOLDER)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] encoded(Attributes ds, String tsuid, DicomEncodingOptions options)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
      out.setEncodingOptions(options);
      out.writeDataset(
          Attributes.createFileMetaInformation(
              ds.getString(Tag.SOPInstanceUID), ds.getString(Tag.SOPClassUID), tsuid),
          ds);
    }
    return bytes.toByteArray();
  }

  @Test
  void everyFileReadsBackEqualFromEveryExplicitEncoding() throws IOException {
    for (Path file : files()) {
      Attributes ds;
      try (DicomInputStream in = new DicomInputStream(file.toFile())) {
        ds = in.readDataset();
      }
      assertTrue(ds.containsValue(Tag.SOPInstanceUID), file.toString());
      boolean encapsulated = ds.getValue(Tag.PixelData) instanceof org.dcm4che3.data.Fragments;
      for (String tsuid :
          encapsulated
              ? List.of(UID.RLELossless)
              : List.of(
                  UID.ExplicitVRLittleEndian,
                  UID.ExplicitVRBigEndian,
                  UID.DeflatedExplicitVRLittleEndian)) {
        for (DicomEncodingOptions options :
            List.of(GoldenDataSet.UNDEFINED, GoldenDataSet.DEFINED)) {
          byte[] bytes = encoded(ds, tsuid, options);
          try (DicomInputStream in = new DicomInputStream(new ByteArrayInputStream(bytes))) {
            assertEquals(ds, in.readDataset(), file + " " + tsuid);
          }
        }
      }
    }
  }

  private static void dropPrivate(Attributes ds) {
    ds.removePrivateAttributes();
    for (int tag : ds.tags()) {
      if (ds.getVR(tag) == VR.SQ) {
        ds.getSequence(tag).forEach(RealFilesTest::dropPrivate);
      }
    }
  }

  @Test
  void standardElementsReadBackEqualFromImplicitVr() throws IOException {
    for (Path file : files()) {
      Attributes ds;
      try (DicomInputStream in = new DicomInputStream(file.toFile())) {
        ds = in.readDatasetUntilPixelData();
      }
      dropPrivate(ds);
      byte[] bytes = encoded(ds, UID.ImplicitVRLittleEndian, GoldenDataSet.UNDEFINED);
      try (DicomInputStream in = new DicomInputStream(new ByteArrayInputStream(bytes))) {
        Attributes read = in.readDataset();
        for (int tag : ds.tags()) {
          if (ds.getVR(tag) != VR.UN) {
            assertTrue(read.equalValues(ds, tag), file + " " + Integer.toHexString(tag));
          }
        }
      }
    }
  }
}
