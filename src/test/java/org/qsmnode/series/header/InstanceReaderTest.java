package org.qsmnode.series.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.series.find.Headers;
import org.qsmnode.series.find.Recognition;
import org.qsmnode.series.find.RecognitionSettings;

class InstanceReaderTest {

  @TempDir Path directory;

  private Path write(String name, Attributes dataset, String transferSyntax) throws Exception {
    int frames = dataset.getInt(Tag.NumberOfFrames, 1);
    int bytes = 2 * frames * dataset.getInt(Tag.Rows, 0) * dataset.getInt(Tag.Columns, 0);
    dataset.setBytes(Tag.PixelData, VR.OW, new byte[bytes]);
    Path file = directory.resolve(name);
    Attributes meta =
        Attributes.createFileMetaInformation(
            dataset.getString(Tag.SOPInstanceUID),
            dataset.getString(Tag.SOPClassUID),
            transferSyntax);
    try (DicomOutputStream out =
        new DicomOutputStream(Files.newOutputStream(file), UID.ExplicitVRLittleEndian)) {
      out.writeDataset(meta, dataset);
    }
    return file;
  }

  @Test
  void everyTransferSyntaxGivesTheSameFacts() throws Exception {
    Attributes ge = Headers.classic("1.2.3.4", 5, 6, 7.5, 8);
    ge.setString(Tag.Manufacturer, VR.LO, "GE MEDICAL SYSTEMS");
    ge.setInt("GEMS_PARM_01", 0x0043102F, VR.SS, 3);
    ge.setInt("GEMS_RELA_01", 0x0021104F, VR.SS, 120);
    ge.setInt("GEMS_ACQU_01", 0x0019107E, VR.SS, 5);
    IndexedInstance explicit =
        InstanceReader.index(write("a", new Attributes(ge), UID.ExplicitVRLittleEndian));
    assertEquals(3, explicit.frames().get(0).kind().geRawType());
    assertEquals(120, explicit.expectation().slices());
    assertEquals(5, explicit.expectation().echoes());
    for (String other :
        List.of(
            UID.ImplicitVRLittleEndian,
            UID.ExplicitVRBigEndian,
            UID.DeflatedExplicitVRLittleEndian)) {
      IndexedInstance read = InstanceReader.index(write("b", new Attributes(ge), other));
      assertEquals(other, read.transferSyntaxUid());
      assertEquals(explicit.frames(), read.frames(), other);
      assertEquals(explicit.expectation(), read.expectation(), other);
      assertEquals(explicit.scanner(), read.scanner(), other);
    }
  }

  @Test
  void anObjectInMemoryIsReadAndRefusedAsItsFileIs() throws Exception {
    Attributes object = Headers.classic("1.2.3.4", 5, 6, 7.5, 8);
    Path file = write("a", object, UID.ExplicitVRLittleEndian);
    byte[] behindOtherBytes = new byte[7 + (int) Files.size(file)];
    System.arraycopy(Files.readAllBytes(file), 0, behindOtherBytes, 7, behindOtherBytes.length - 7);
    ByteBuffer whole = ByteBuffer.wrap(behindOtherBytes, 7, behindOtherBytes.length - 7);
    assertEquals(InstanceReader.index(file), InstanceReader.index(whole));
    ByteBuffer cut = ByteBuffer.wrap(behindOtherBytes, 7, behindOtherBytes.length - 8);
    assertEquals(
        ReasonCode.UNREADABLE,
        assertThrows(RefusedException.class, () -> InstanceReader.index(cut)).reason().code());
  }

  @Test
  void philipsAndSiemensPrivateFactsOfAFrameAreFoundInTheirItems() {
    Attributes object = Headers.enhanced("1.2.3.4", 8, Headers.allFrames());
    Attributes item = object.getSequence(Tag.PerFrameFunctionalGroupsSequence).get(0);
    Attributes philips = new Attributes();
    philips.setString("Philips MR Imaging DD 001", 0x20051011, VR.CS, "M");
    philips.setFloat("Philips MR Imaging DD 001", 0x2005100E, VR.FL, 0.25f);
    philips.setString(Tag.RescaleType, VR.LO, "normalized");
    item.newSequence("Philips MR Imaging DD 005", 0x2005140F, 1).add(philips);
    FrameKind kind = Headers.index(object).frames().get(0).kind();
    assertEquals("M", kind.philipsType());
    assertEquals(0.25, kind.scale().philipsScaleSlope());
    assertEquals("normalized", kind.scale().type());

    Attributes xa = Headers.enhanced("1.2.3.4", 8, Headers.allFrames());
    Attributes siemens = new Attributes();
    siemens.setString("SIEMENS MR SDI 02", 0x00211175, VR.CS, "ORIGINAL", "PRIMARY", "P", "ND");
    siemens.setString("SIEMENS MR SDI 02", 0x00211106, VR.LO, "12_1_1_1");
    xa.getSequence(Tag.PerFrameFunctionalGroupsSequence)
        .get(0)
        .newSequence("SIEMENS MR SDI 02", 0x002111FE, 1)
        .add(siemens);
    FrameKind frame = Headers.index(xa).frames().get(0).kind();
    assertEquals(List.of("ORIGINAL", "PRIMARY", "P", "ND"), frame.vendorImageType());
    assertEquals(FactText.digest("12"), frame.coil());
    assertEquals("", Headers.index(xa).frames().get(1).kind().coil());
  }

  @Test
  void perFrameValuesComeBeforeSharedOnes() {
    Attributes object = Headers.enhanced("1.2.3.4", 8, Headers.allFrames());
    Attributes item = object.getSequence(Tag.PerFrameFunctionalGroupsSequence).get(3);
    Headers.group(
        item,
        Tag.PixelMeasuresSequence,
        g -> {
          g.setDouble(Tag.PixelSpacing, VR.DS, 0.5, 0.25);
          g.setDouble(Tag.SliceThickness, VR.DS, 3);
        });
    IndexedInstance index = Headers.index(object);
    assertEquals(0.5, index.frames().get(3).kind().rowSpacingMm());
    assertEquals(0.25, index.frames().get(3).kind().columnSpacingMm());
    assertEquals(1, index.frames().get(2).kind().rowSpacingMm());
  }

  @Test
  void filesThatAreNoDicomAreRefusedAndAbsentFilesAreErrors() throws Exception {
    Path text = Files.writeString(directory.resolve("text"), "SENTINEL^PATIENT is no DICOM file");
    RefusedException refused =
        assertThrows(RefusedException.class, () -> InstanceReader.index(text));
    assertEquals(ReasonCode.UNREADABLE, refused.reason().code());
    assertTrue(!refused.toString().contains("SENTINEL"));
    assertThrows(
        UncheckedIOException.class, () -> InstanceReader.index(directory.resolve("absent")));
  }

  @Test
  void framesThatContradictTheFunctionalGroupsAreRefused() {
    Attributes object = Headers.enhanced("1.2.3.4", 8, Headers.allFrames());
    object.setInt(Tag.NumberOfFrames, VR.IS, 95);
    assertThrows(
        RefusedException.class, () -> InstanceReader.index(object, UID.ExplicitVRLittleEndian));
  }

  @Test
  void damagedObjectsAreRefusedOrAnsweredButNeverBreakRecognition() throws Exception {
    Attributes classic = Headers.classic("1.2.3.4", 5, 6, 7.5, 8);
    classic.setInt("GEMS_PARM_01", 0x0043102F, VR.SS, 3);
    Attributes enhanced = Headers.enhanced("1.2.3.5", 8, Headers.allFrames().subList(0, 3));
    byte[][] whole = {
      Files.readAllBytes(write("c", classic, UID.ExplicitVRLittleEndian)),
      Files.readAllBytes(write("i", new Attributes(classic), UID.ImplicitVRLittleEndian)),
      Files.readAllBytes(write("e", enhanced, UID.ExplicitVRLittleEndian))
    };
    List<IndexedInstance> healthy = Headers.index(Headers.stack());
    Recognition recognition = new Recognition(RecognitionSettings.defaults());
    Random random = new Random(11);
    Path damaged = directory.resolve("damaged");
    int read = 0;
    for (int trial = 0; trial < 900; trial++) {
      byte[] bytes = whole[trial % whole.length].clone();
      for (int hit = random.nextInt(4); hit >= 0; hit--) {
        bytes[132 + random.nextInt(bytes.length - 132)] = (byte) random.nextInt(256);
      }
      Files.write(damaged, bytes);
      try {
        IndexedInstance index = InstanceReader.index(damaged);
        read++;
        assertEquals(index, IndexedInstance.fromJson(index.toJson()));
        if (trial % 10 == 0) {
          List<IndexedInstance> study = new ArrayList<>(healthy);
          study.add(index);
          assertTrue(!recognition.recognise(study).isEmpty());
        } else {
          recognition.recognise(List.of(index));
        }
      } catch (RefusedException e) {
        assertEquals(ReasonCode.UNREADABLE, e.reason().code());
      }
    }
    assertTrue(read > 150, read + " of 900 damaged objects could be read");
  }
}
