package org.qsmnode.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.derive.DerivedKind;
import org.qsmnode.derive.DerivedObjects;
import org.qsmnode.derive.DerivedSeriesFiles;
import org.qsmnode.series.find.Acquisition;
import org.qsmnode.series.find.Recognition;
import org.qsmnode.simulate.Simulation;
import org.qsmnode.simulate.SimulationRequest;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Volume;

/** What is written beside the classic series is the same map, and leaves those as they are. */
class OutputsIT {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC);

  @TempDir static Path folder;

  private static FolderScan scan;
  private static Acquisition acquisition;

  @BeforeAll
  static void simulate() throws Exception {
    Simulation.run(
        SimulationRequest.defaults(Vendor.PHILIPS_ENHANCED, 7)
            .with(ScanGeometry.axial(40, 48, 20, 4.5, 6.0)),
        folder.resolve("study"),
        (stage, fraction) -> {});
    scan = FolderScan.of(folder.resolve("study/dicom"), (stage, fraction) -> {});
    acquisition =
        new Recognition(ReconstructionSettings.defaults().recognition())
            .recognise(scan.studies().values().iterator().next())
            .get(0);
  }

  private static AcquisitionResult run(String method, Set<DerivedObjects> objects, String out)
      throws Exception {
    return new Reconstruction(
            ReconstructionSettings.of(Map.of("inversion.method", method)), "1.0", CLOCK)
        .reconstruct(
            acquisition,
            scan::file,
            folder.resolve(out),
            new Outputs(true, objects),
            (stage, fraction) -> {});
  }

  private static DerivedSeriesFiles series(AcquisitionResult result, DerivedKind kind) {
    return result.series().stream().filter(one -> one.kind() == kind).findFirst().orElseThrow();
  }

  @Test
  void theFloatsAreTheMapAndTheClassicSeriesKeepTheirBytes() throws Exception {
    AcquisitionResult classic = run("gaussian", EnumSet.of(DerivedObjects.CLASSIC), "classic");
    AcquisitionResult all = run("gaussian", EnumSet.allOf(DerivedObjects.class), "all");
    assertEquals(
        List.of(DerivedKind.MEAN, DerivedKind.STANDARD_DEVIATION),
        classic.series().stream().map(DerivedSeriesFiles::kind).toList());
    assertEquals(
        Set.of(DerivedKind.values()),
        Set.copyOf(all.series().stream().map(DerivedSeriesFiles::kind).toList()));
    for (DerivedSeriesFiles before : classic.series()) {
      DerivedSeriesFiles after = series(all, before.kind());
      assertEquals(before.seriesInstanceUid(), after.seriesInstanceUid());
      for (int i = 0; i < before.files().size(); i++) {
        assertArrayEquals(
            Files.readAllBytes(before.files().get(i)), Files.readAllBytes(after.files().get(i)));
      }
    }
    same(all, DerivedKind.MEAN_FLOAT, "chi_ppm.nii.gz", 0);
    same(all, DerivedKind.STANDARD_DEVIATION_FLOAT, "chi_sd_ppm.nii.gz", -1);
    Attributes reference = DerivedMap.read(series(all, DerivedKind.REFERENCE).files().get(0));
    assertTrue(reference.getString(Tag.DerivationDescription, "").contains("Method tv"));
  }

  private static void same(AcquisitionResult all, DerivedKind kind, String nifti, float outside)
      throws Exception {
    Path maps = folder.resolve("all/nifti").resolve(acquisition.id());
    Volume map = Nifti.read(maps.resolve(nifti)).volumes().get(0);
    Volume mask = Nifti.read(maps.resolve("mask.nii.gz")).volumes().get(0);
    FloatBuffer found =
        ByteBuffer.wrap(
                DerivedMap.read(series(all, kind).files().get(0)).getSafeBytes(Tag.FloatPixelData))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    assertEquals(map.data().length, found.remaining());
    int inside = 0;
    for (int i = 0; i < map.data().length; i++) {
      boolean counts = mask.data()[i] != 0;
      inside += counts ? 1 : 0;
      assertEquals(
          counts ? (float) (1000.0 * map.data()[i]) : outside, found.get(i), kind + " at " + i);
    }
    assertTrue(inside > 1000, "voxels were compared");
  }

  @Test
  void theReferenceIsLeftOutWhereItWouldBeTheMapItself() throws Exception {
    AcquisitionResult result = run("tv", EnumSet.allOf(DerivedObjects.class), "tv");
    assertFalse(result.series().stream().anyMatch(one -> one.kind() == DerivedKind.REFERENCE));
    assertTrue(result.warnings().stream().anyMatch(text -> text.startsWith("No reference")));
  }
}
