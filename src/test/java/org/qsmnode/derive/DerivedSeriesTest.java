package org.qsmnode.derive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.series.header.OwnIdentity;
import org.qsmnode.series.pixels.SourceStack;

class DerivedSeriesTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-04T05:06:07.089Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private List<DerivedSeriesFiles> write(SourceStack sources, DerivationSettings settings)
      throws IOException {
    return new DerivedSeries(settings, CLOCK)
        .write(sources, Maps.both(), Maps.IDENTITY, Maps.FACTS, folder);
  }

  private List<DerivedSeriesFiles> writeRich() throws IOException {
    return write(SourceHeaders.classic(SourceHeaders::rich), DerivationSettings.defaults());
  }

  @Test
  void copiedAttributesKeepTheirBytes() throws IOException {
    List<DerivedSeriesFiles> written = writeRich();
    for (DerivedSeriesFiles series : written) {
      for (int z = 0; z < SourceHeaders.NZ; z++) {
        Attributes source = SourceHeaders.rich(z);
        Attributes derived = Maps.read(series.files().get(z));
        int compared = 0;
        for (int tag : CopiedTags.all()) {
          if (source.getVR(tag) != VR.SQ && source.contains(tag)) {
            assertArrayEquals(source.getSafeBytes(tag), derived.getSafeBytes(tag));
            compared++;
          }
        }
        assertTrue(compared > 35, "compared " + compared);
      }
    }
    byte[] spacing = Maps.read(written.get(0).files().get(0)).getSafeBytes(Tag.PixelSpacing);
    assertEquals("1.10000\\.9000000  ", new String(spacing, StandardCharsets.US_ASCII));
  }

  @Test
  void nothingElseOfTheSourceSurvives() throws IOException {
    for (DerivedSeriesFiles series : writeRich()) {
      Attributes derived = Maps.read(series.files().get(0));
      String bytes =
          new String(Files.readAllBytes(series.files().get(0)), StandardCharsets.ISO_8859_1);
      assertFalse(bytes.contains("hidden"), "private or patient comments");
      assertFalse(bytes.contains("Hidden"), "operator or performing physician");
      for (int tag :
          new int[] {
            Tag.EchoNumbers,
            Tag.SAR,
            Tag.Laterality,
            Tag.RescaleSlope,
            Tag.RescaleIntercept,
            Tag.ReferencedPerformedProcedureStepSequence,
            Tag.PatientComments,
            Tag.DerivationCodeSequence
          }) {
        assertFalse(derived.contains(tag));
      }
    }
  }

  @Test
  void valuesArePpbWithTheirMeaning() throws IOException {
    List<DerivedSeriesFiles> written = writeRich();
    Attributes mean = Maps.read(written.get(0).files().get(1));
    Attributes sd = Maps.read(written.get(1).files().get(1));
    assertArrayEquals(
        new String[] {"DERIVED", "PRIMARY", "OTHER", "QSM", "MEAN"},
        mean.getStrings(Tag.ImageType));
    assertArrayEquals(
        new String[] {"DERIVED", "PRIMARY", "OTHER", "QSM", "STD_DEV"},
        sd.getStrings(Tag.ImageType));
    assertEquals(1, mean.getInt(Tag.PixelRepresentation, 0));
    assertFalse(mean.contains(Tag.PixelPaddingValue));
    assertEquals(-1, sd.getInt(Tag.PixelPaddingValue, 0));
    assertEquals(VR.SS, sd.getVR(Tag.PixelPaddingValue));
    assertEquals(671, mean.getInt(Tag.SeriesNumber, 0));
    assertEquals(672, sd.getInt(Tag.SeriesNumber, 0));
    assertEquals("QSM mean [ppb] gre für QSM", mean.getString(Tag.SeriesDescription));
    assertEquals("QSM SD [ppb] gre für QSM", sd.getString(Tag.SeriesDescription));
    Attributes map = mean.getNestedDataset(Tag.RealWorldValueMappingSequence);
    assertEquals(1, map.getDouble(Tag.RealWorldValueSlope, 0));
    assertEquals(VR.SS, map.getVR(Tag.RealWorldValueFirstValueMapped));
    assertEquals(-32767, map.getInt(Tag.RealWorldValueFirstValueMapped, 0));
    assertEquals(
        "[ppb]", map.getNestedDataset(Tag.MeasurementUnitsCodeSequence).getString(Tag.CodeValue));
    Sequence quantity = map.getSequence(Tag.QuantityDefinitionSequence);
    assertEquals(
        "126396",
        quantity.get(0).getNestedDataset(Tag.ConceptCodeSequence).getString(Tag.CodeValue));
    assertEquals(
        "373098007",
        quantity.get(1).getNestedDataset(Tag.ConceptCodeSequence).getString(Tag.CodeValue));
    short[] stored = Maps.pixels(mean);
    int first = SourceHeaders.NX * SourceHeaders.NY;
    for (int i = 0; i < stored.length; i++) {
      boolean inside = Maps.both().mask().data()[first + i];
      float ppm = Maps.both().meanPpm().data()[first + i];
      assertEquals(inside ? Math.round(ppm * 1000) : 0, stored[i]);
    }
  }

  @Test
  void everySourceOfTheSliceIsReferencedAndNoOther() throws IOException {
    Attributes image = Maps.read(writeRich().get(0).files().get(2));
    Set<String> expected = new HashSet<>();
    for (int echo = 0; echo < 3; echo++) {
      expected.add("1.2.3.4." + (2 + 10 * echo));
      expected.add("1.2.3.5." + (2 + 10 * echo));
    }
    Set<String> sources = new HashSet<>();
    for (Attributes item : image.getSequence(Tag.SourceImageSequence)) {
      sources.add(item.getString(Tag.ReferencedSOPInstanceUID));
      assertFalse(item.contains(Tag.ReferencedFrameNumber));
    }
    assertEquals(expected, sources);
    Set<String> inSeries = new HashSet<>();
    Sequence series = image.getSequence(Tag.ReferencedSeriesSequence);
    assertEquals(2, series.size());
    for (Attributes item : series) {
      String uid = item.getString(Tag.SeriesInstanceUID);
      for (Attributes reference : item.getSequence(Tag.ReferencedInstanceSequence)) {
        String instance = reference.getString(Tag.ReferencedSOPInstanceUID);
        assertTrue(instance.startsWith(uid + "."));
        inSeries.add(instance);
      }
    }
    assertEquals(expected, inSeries);
  }

  @Test
  void anEnhancedSourceBecomesClassicImages() throws IOException {
    List<DerivedSeriesFiles> written =
        write(EnhancedHeaders.stack(), DerivationSettings.defaults());
    Attributes image = Maps.read(written.get(0).files().get(3));
    assertEquals(UID.MRImageStorage, image.getString(Tag.SOPClassUID));
    assertEquals(
        "-10.50\\-20.0\\6.000",
        new String(image.getSafeBytes(Tag.ImagePositionPatient), StandardCharsets.US_ASCII));
    assertEquals(
        "1.100000\\0.90 ",
        new String(image.getSafeBytes(Tag.PixelSpacing), StandardCharsets.US_ASCII));
    assertEquals("山田^太郎", image.getString(Tag.PatientName));
    assertEquals("29.5", image.getString(Tag.RepetitionTime));
    assertEquals("15.0", image.getString(Tag.FlipAngle));
    assertEquals("127.74851234567", image.getString(Tag.ImagingFrequency));
    assertEquals("20240105", image.getString(Tag.AcquisitionDate));
    assertEquals("111213.5", image.getString(Tag.AcquisitionTime));
    assertEquals("GR", image.getString(Tag.ScanningSequence));
    assertArrayEquals(new String[] {"SP", "OSP"}, image.getStrings(Tag.SequenceVariant));
    assertEquals(
        "12738006", image.getNestedDataset(Tag.AnatomicRegionSequence).getString(Tag.CodeValue));
    assertFalse(image.contains(Tag.PerFrameFunctionalGroupsSequence));
    assertFalse(image.contains(Tag.NumberOfFrames));
    Sequence sources = image.getSequence(Tag.SourceImageSequence);
    assertEquals(1, sources.size());
    assertArrayEquals(new int[] {4, 8, 12, 16}, sources.get(0).getInts(Tag.ReferencedFrameNumber));
    assertEquals(
        "101112.130000", Maps.read(written.get(0).files().get(0)).getString(Tag.AcquisitionTime));
  }

  @Test
  void aLegacyConvertedSourceKeepsItsUnassignedAttributes() throws IOException {
    Attributes object = new Attributes(EnhancedHeaders.object());
    object.setString(Tag.SOPClassUID, VR.UI, UID.LegacyConvertedEnhancedMRImageStorage);
    Attributes shared = new Attributes();
    object
        .getNestedDataset(Tag.SharedFunctionalGroupsSequence)
        .newSequence(Tag.UnassignedSharedConvertedAttributesSequence, 1)
        .add(shared);
    shared.setString(Tag.ScanningSequence, VR.CS, "GR", "RM");
    shared.setString(Tag.SequenceVariant, VR.CS, "SS");
    Attributes perFrame = new Attributes();
    object
        .getNestedDataset(Tag.PerFrameFunctionalGroupsSequence, 1)
        .newSequence(Tag.UnassignedPerFrameConvertedAttributesSequence, 1)
        .add(perFrame);
    perFrame.setBytes(Tag.SliceLocation, VR.DS, SourceHeaders.ascii("12.500"));
    Attributes image =
        SourceHeader.copy(SourceHeaders.readBack(object), 2, new DerivedUids("2.25"));
    assertArrayEquals(new String[] {"GR", "RM"}, image.getStrings(Tag.ScanningSequence));
    assertEquals("SS", image.getString(Tag.SequenceVariant));
    assertEquals("12.500", image.getString(Tag.SliceLocation));
  }

  @Test
  void filesSayWhoWroteThemAndHow() throws IOException {
    Path file = writeRich().get(0).files().get(0);
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      Attributes meta = in.readFileMetaInformation();
      Attributes image = in.readDataset();
      assertEquals(UID.ExplicitVRLittleEndian, meta.getString(Tag.TransferSyntaxUID));
      assertEquals(
          OwnIdentity.IMPLEMENTATION_CLASS_UID, meta.getString(Tag.ImplementationClassUID));
      assertEquals(
          image.getString(Tag.SOPInstanceUID), meta.getString(Tag.MediaStorageSOPInstanceUID));
      assertTrue(
          OwnIdentity.isOwn(
              image.getString(Tag.Manufacturer, ""),
              image.getString(Tag.ManufacturerModelName, "")));
      Sequence equipment = image.getSequence(Tag.ContributingEquipmentSequence);
      assertEquals("Example Scanner Makers", equipment.get(0).getString(Tag.Manufacturer));
      assertEquals("Model 7", equipment.get(0).getString(Tag.ManufacturerModelName));
      assertEquals(OwnIdentity.MANUFACTURER, equipment.get(1).getString(Tag.Manufacturer));
      String description = image.getString(Tag.DerivationDescription, "");
      for (String part :
          List.of("gaussian", "0.1.0", "0123456789abcdef", "4.1 8.3 12.5", "M/P", "chopper")) {
        assertTrue(description.contains(part), part);
      }
    }
  }

  @Test
  void theSameInputGivesTheSameBytes() throws IOException {
    List<DerivedSeriesFiles> first = writeRich();
    List<byte[]> before = new java.util.ArrayList<>();
    for (DerivedSeriesFiles series : first) {
      for (Path file : series.files()) {
        before.add(Files.readAllBytes(file));
      }
    }
    List<DerivedSeriesFiles> second = writeRich();
    assertEquals(first, second);
    int i = 0;
    for (DerivedSeriesFiles series : second) {
      for (Path file : series.files()) {
        assertArrayEquals(before.get(i++), Files.readAllBytes(file));
      }
    }
    assertEquals(2 * SourceHeaders.NZ, i);
  }

  @Test
  void theSourceHeaderIsLeftAsItWas() throws IOException {
    SourceStack sources = SourceHeaders.classic(SourceHeaders::rich);
    Attributes header = sources.slices().get(0).header();
    Attributes before = new Attributes(header);
    write(sources, DerivationSettings.defaults());
    assertTrue(header.getValue(Tag.PatientID) instanceof byte[]);
    assertTrue(header.getValue(Tag.SeriesDescription) instanceof byte[]);
    assertEquals(before, header);
  }

  @Test
  void aMethodWithoutStandardDeviationWritesOneSeriesAndRemovesAnOlderOther() throws IOException {
    writeRich();
    assertTrue(Files.exists(folder.resolve("qsm-sd/0001.dcm")));
    DerivedMaps both = Maps.both();
    List<DerivedSeriesFiles> written =
        new DerivedSeries(DerivationSettings.defaults(), CLOCK)
            .write(
                SourceHeaders.classic(SourceHeaders::rich),
                new DerivedMaps(both.meanPpm(), Optional.empty(), both.mask()),
                Maps.IDENTITY,
                Maps.FACTS,
                folder);
    assertEquals(1, written.size());
    assertFalse(Files.exists(folder.resolve("qsm-sd")));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("qsm-mean")), left.toList());
    }
  }

  @Test
  void leftoversOfAnInterruptedRunDoNotMatter() throws IOException {
    Files.createDirectories(folder.resolve(".qsm-mean.part"));
    Files.writeString(folder.resolve(".qsm-mean.part/0001.dcm"), "half");
    Files.createDirectories(folder.resolve("qsm-mean"));
    Files.writeString(folder.resolve("qsm-mean/9999.dcm"), "old");
    writeRich();
    try (Stream<Path> files = Files.list(folder.resolve("qsm-mean"))) {
      assertEquals(SourceHeaders.NZ, files.count());
    }
  }

  @Test
  void timesAreInTheSourcesOffsetOrTheSourcesOwn() throws IOException {
    Attributes image = Maps.read(writeRich().get(0).files().get(0));
    assertEquals("20260304", image.getString(Tag.ContentDate));
    assertEquals("105107.089", image.getString(Tag.ContentTime));
    DerivationSettings defaults = DerivationSettings.defaults();
    DerivationSettings source =
        new DerivationSettings(
            defaults.uidRoot(),
            defaults.stationName(),
            defaults.deviceSerialNumber(),
            defaults.meanWindow(),
            defaults.sdWindow(),
            DerivationSettings.ContentDate.SOURCE);
    Attributes shifted =
        Maps.read(write(SourceHeaders.classic(SourceHeaders::rich), source).get(0).files().get(0));
    assertEquals("20240301", shifted.getString(Tag.ContentDate));
    assertEquals("000102.5", shifted.getString(Tag.InstanceCreationTime));
    assertNotEquals(defaults.canonical(), source.canonical());
  }

  @Test
  void aMapOfOtherSizeThanTheSourceIsRefused() {
    SourceStack sources =
        SourceHeaders.classic(
            z -> {
              Attributes header = new Attributes(SourceHeaders.rich(z));
              header.setInt(Tag.Rows, VR.US, 17);
              return header;
            });
    assertThrows(
        IllegalArgumentException.class, () -> write(sources, DerivationSettings.defaults()));
  }

  @Test
  void seriesNumbersThatDoNotFitFallBack() throws IOException {
    for (String number : new String[] {"", "21474837", "-3"}) {
      SourceStack sources =
          SourceHeaders.classic(
              z -> {
                Attributes header = new Attributes(SourceHeaders.rich(z));
                header.setString(Tag.SeriesNumber, VR.IS, number);
                return header;
              });
      List<DerivedSeriesFiles> written = write(sources, DerivationSettings.defaults());
      assertEquals(9071, Maps.read(written.get(0).files().get(0)).getInt(Tag.SeriesNumber, 0));
      assertEquals(9072, Maps.read(written.get(1).files().get(0)).getInt(Tag.SeriesNumber, 0));
    }
  }

  @Test
  void longDescriptionsAreCutInTheSourcesCharacterSet() throws IOException {
    SourceStack sources =
        SourceHeaders.classic(
            z -> {
              Attributes header = new Attributes(SourceHeaders.rich(z));
              header.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
              header.setString(Tag.SeriesDescription, VR.LO, "é".repeat(60));
              return SourceHeaders.readBack(header);
            });
    Attributes image =
        Maps.read(write(sources, DerivationSettings.defaults()).get(0).files().get(0));
    assertTrue(image.getSafeBytes(Tag.SeriesDescription).length <= 64);
    assertTrue(image.getString(Tag.SeriesDescription).startsWith("QSM mean [ppb] ééééé"));
    assertFalse(image.getString(Tag.SeriesDescription).contains("\ufffd"));
  }
}
