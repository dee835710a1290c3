package org.qsmnode.derive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsmnode.series.find.Encoding;
import org.qsmnode.series.pixels.Chopper;
import org.qsmnode.series.pixels.SourceReference;
import org.qsmnode.series.pixels.SourceSlice;
import org.qsmnode.series.pixels.SourceStack;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/** Headers that scanners really wrote give derived objects without a remark. */
class RealSourceTest {

  private static final Path SHARED =
      Path.of(System.getProperty("qsmnode.sharedData", "../shared/data"));

  @TempDir Path out;

  @ParameterizedTest
  @CsvSource({
    "philips-elition-brain-2echo-classic",
    "siemens-ve11-phantom-6echo",
    "siemens-ve11-fieldmap-zoo",
    "siemens-xa30-fieldmap-enhanced",
    "philips-achieva-b0map-enhanced",
    "vendor-header-templates"
  })
  void derivedObjectsAreValid(String name) throws Exception {
    Path folder = SHARED.resolve(name);
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "SKIPPED: " + folder + " is absent (real data)");
    ValidatorTest.findValidator();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(f -> f.toString().endsWith(".dcm")).sorted().toList();
    }
    assertTrue(!files.isEmpty());
    for (Path file : files.size() > 20 ? files.subList(0, 2) : files) {
      Attributes header = header(file);
      if (!String.join(" ", SourceHeader.texts(header, Tag.ScanningSequence)).contains("IR")) {
        check(header, file.getFileName().toString());
      }
    }
  }

  private static Attributes header(Path file) throws IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      return in.readDatasetUntilPixelData();
    }
  }

  private void check(Attributes header, String file) throws Exception {
    int frame = header.getString(Tag.SOPClassUID).equals(UID.MRImageStorage) ? 0 : 1;
    Grid grid = Grid.isotropic(header.getInt(Tag.Columns, 1), header.getInt(Tag.Rows, 1), 1, 1);
    Volume zero = Volume.zeros(grid);
    SourceStack stack =
        new SourceStack(
            "a-0",
            grid,
            List.of(
                new SourceSlice(
                    header,
                    frame,
                    List.of(
                        new SourceReference(
                            header.getString(Tag.SOPClassUID),
                            header.getString(Tag.SOPInstanceUID),
                            header.getString(Tag.SeriesInstanceUID),
                            frame)))),
            Encoding.MAGNITUDE_PHASE,
            Chopper.ABSENT,
            1,
            true,
            "none");
    List<DerivedSeriesFiles> written =
        new DerivedSeries(
                DerivationSettings.defaults(),
                Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC))
            .write(
                stack,
                new DerivedMaps(zero, java.util.Optional.of(zero), Mask.full(grid)),
                Maps.IDENTITY,
                Maps.FACTS,
                out);
    for (DerivedSeriesFiles series : written) {
      assertEquals("MRImage", ValidatorTest.remarks(series.files().get(0)), file);
    }
    Attributes derived = Maps.read(written.get(0).files().get(0));
    if (frame == 0) {
      for (int tag :
          new int[] {Tag.ImagePositionPatient, Tag.ImageOrientationPatient, Tag.PixelSpacing}) {
        assertArrayEquals(header.getSafeBytes(tag), derived.getSafeBytes(tag));
      }
    }
  }
}
