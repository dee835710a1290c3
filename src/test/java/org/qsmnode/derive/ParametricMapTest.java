package org.qsmnode.derive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.series.pixels.SourceStack;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

class ParametricMapTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-04T05:06:07.089Z"), ZoneOffset.UTC);

  /** No standard code says what the derivation is, which the validator remarks on (PS3.16 7203). */
  private static final String OWN_CODE =
      "Warning -"
          + " <.*/DerivationCodeSequence\\(0008,9215\\)\\[1]/CodingSchemeDesignator\\(0008,0102\\)\\[1]>"
          + " - Unrecognized defined term = <99QSMNODE>";

  @TempDir Path folder;

  private List<DerivedSeriesFiles> write(SourceStack sources, DerivedMaps maps) throws IOException {
    return new DerivedSeries(DerivationSettings.defaults(), CLOCK)
        .writeFloat(sources, maps, Maps.IDENTITY, Maps.FACTS, folder);
  }

  private static float[] values(Attributes object) {
    byte[] bytes = object.getSafeBytes(Tag.FloatPixelData);
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  @Test
  void everyVoxelOfTheMaskIsTheMapToTheLastBit() throws IOException {
    DerivedMaps maps = Maps.both();
    List<DerivedSeriesFiles> written = write(SourceHeaders.classic(SourceHeaders::rich), maps);
    assertEquals(
        List.of(DerivedKind.MEAN_FLOAT, DerivedKind.STANDARD_DEVIATION_FLOAT),
        written.stream().map(DerivedSeriesFiles::kind).toList());
    for (DerivedSeriesFiles series : written) {
      boolean mean = series.kind() == DerivedKind.MEAN_FLOAT;
      Attributes object = Maps.read(series.files().get(0));
      float[] found = values(object);
      Volume map = mean ? maps.meanPpm() : maps.sdPpm().orElseThrow();
      assertEquals(map.data().length, found.length);
      for (int i = 0; i < found.length; i++) {
        float expected = maps.mask().data()[i] ? (float) (1000.0 * map.data()[i]) : mean ? 0 : -1;
        assertEquals(expected, found[i], "voxel " + i);
      }
      assertEquals(!mean, object.containsValue(Tag.FloatPixelPaddingValue));
      Attributes mapping =
          object
              .getNestedDataset(Tag.SharedFunctionalGroupsSequence)
              .getNestedDataset(Tag.RealWorldValueMappingSequence);
      assertEquals(1, mapping.getDouble(Tag.RealWorldValueSlope, 0));
      assertEquals(
          "[ppb]",
          mapping.getNestedDataset(Tag.MeasurementUnitsCodeSequence).getString(Tag.CodeValue));
    }
  }

  @Test
  void framesLieWhereTheSlicesLieAndNameTheirSources() throws IOException {
    SourceStack sources = SourceHeaders.classic(SourceHeaders::rich);
    Attributes object = Maps.read(write(sources, Maps.both()).get(0).files().get(0));
    assertEquals(UID.ParametricMapStorage, object.getString(Tag.SOPClassUID));
    assertEquals(SourceHeaders.NZ, object.getInt(Tag.NumberOfFrames, 0));
    Sequence frames = object.getSequence(Tag.PerFrameFunctionalGroupsSequence);
    assertEquals(SourceHeaders.NZ, frames.size());
    for (int z = 0; z < SourceHeaders.NZ; z++) {
      Attributes source = SourceHeaders.rich(z);
      assertArrayEquals(
          source.getSafeBytes(Tag.ImagePositionPatient),
          frames
              .get(z)
              .getNestedDataset(Tag.PlanePositionSequence)
              .getSafeBytes(Tag.ImagePositionPatient));
      Sequence named =
          frames
              .get(z)
              .getNestedDataset(Tag.DerivationImageSequence)
              .getSequence(Tag.SourceImageSequence);
      assertEquals(sources.slices().get(z).references().size(), named.size());
    }
    int referenced = 0;
    for (Attributes series : object.getSequence(Tag.ReferencedSeriesSequence)) {
      referenced += series.getSequence(Tag.ReferencedInstanceSequence).size();
    }
    assertEquals(
        sources.slices().stream().mapToInt(slice -> slice.references().size()).sum(), referenced);
    Attributes measures =
        object
            .getNestedDataset(Tag.SharedFunctionalGroupsSequence)
            .getNestedDataset(Tag.PixelMeasuresSequence);
    assertArrayEquals(
        SourceHeaders.rich(0).getSafeBytes(Tag.PixelSpacing),
        measures.getSafeBytes(Tag.PixelSpacing));
  }

  @Test
  void patientAndStudyAreThoseOfTheSourceAndNothingElseOfItSurvives() throws IOException {
    for (DerivedSeriesFiles series :
        write(SourceHeaders.classic(SourceHeaders::rich), Maps.both())) {
      Attributes source = SourceHeaders.rich(0);
      Attributes object = Maps.read(series.files().get(0));
      for (int tag :
          new int[] {
            Tag.PatientName,
            Tag.PatientID,
            Tag.StudyInstanceUID,
            Tag.AccessionNumber,
            Tag.FrameOfReferenceUID
          }) {
        assertArrayEquals(source.getSafeBytes(tag), object.getSafeBytes(tag));
      }
      assertFalse(object.contains(Tag.EchoTime));
      String bytes =
          new String(Files.readAllBytes(series.files().get(0)), StandardCharsets.ISO_8859_1);
      assertFalse(bytes.contains("hidden") || bytes.contains("Hidden"));
      assertEquals(
          series.kind() == DerivedKind.MEAN_FLOAT ? 673 : 674, object.getInt(Tag.SeriesNumber, 0));
    }
  }

  @Test
  void theSameInputGivesTheSameBytesUnderUidsOfTheirOwn() throws IOException {
    SourceStack sources = SourceHeaders.classic(SourceHeaders::rich);
    List<DerivedSeriesFiles> first = write(sources, Maps.both());
    byte[] before = Files.readAllBytes(first.get(0).files().get(0));
    assertEquals(first, write(sources, Maps.both()));
    assertArrayEquals(before, Files.readAllBytes(first.get(0).files().get(0)));
    List<DerivedSeriesFiles> classic =
        new DerivedSeries(DerivationSettings.defaults(), CLOCK)
            .write(sources, Maps.both(), Maps.IDENTITY, Maps.FACTS, folder);
    assertNotEquals(classic.get(0).seriesInstanceUid(), first.get(0).seriesInstanceUid());
    assertEquals(classic.get(0).studyInstanceUid(), first.get(0).studyInstanceUid());
  }

  @Test
  void aVoxelWithoutAFiniteValueIsBackgroundAndCounted() throws IOException {
    DerivedMaps maps = Maps.both();
    int inside = 0;
    while (!maps.mask().data()[inside]) {
      inside++;
    }
    maps.meanPpm().data()[inside] = Float.NaN;
    DerivedSeriesFiles mean = write(SourceHeaders.classic(SourceHeaders::rich), maps).get(0);
    assertEquals(1, mean.notFiniteVoxels());
    assertEquals(0, values(Maps.read(mean.files().get(0)))[inside]);
  }

  @Test
  void theValidatorHasNoRemarkButThatTheDerivationHasACodeOfOurOwn() throws Exception {
    ValidatorTest.findValidator();
    for (SourceStack sources :
        List.of(
            SourceHeaders.classic(SourceHeaders::rich),
            SourceHeaders.classic(SourceHeaders::minimal),
            EnhancedHeaders.stack())) {
      for (DerivedSeriesFiles series : write(sources, Maps.both())) {
        for (String line : ValidatorTest.remarks(series.files().get(0)).split("\n")) {
          assertTrue(line.equals("ParametricMap") || line.matches(OWN_CODE), line);
        }
      }
    }
  }

  @Test
  void theReferenceIsAClassicSeriesThatSaysSo() throws Exception {
    DerivedMaps maps = Maps.both();
    DerivationIdentity other =
        new DerivationIdentity("tv", "lambda=1", "0.1.0", List.of(), "ab".repeat(32));
    DerivedSeriesFiles series =
        new DerivedSeries(DerivationSettings.defaults(), CLOCK)
            .writeReference(
                SourceHeaders.classic(SourceHeaders::rich),
                maps.meanPpm(),
                new Mask(maps.mask().grid(), maps.mask().data()),
                other,
                Maps.FACTS,
                folder);
    assertEquals(DerivedObjects.REFERENCE, series.kind().objects());
    Attributes image = Maps.read(series.files().get(0));
    assertEquals("REFERENCE", image.getString(Tag.ImageType, 4));
    assertEquals(675, image.getInt(Tag.SeriesNumber, 0));
    assertTrue(image.getString(Tag.DerivationDescription, "").contains("Method tv"));
    assertEquals(VR.OW, image.getVR(Tag.PixelData));
    ValidatorTest.findValidator();
    assertEquals("MRImage", ValidatorTest.remarks(series.files().get(1)));
  }
}
