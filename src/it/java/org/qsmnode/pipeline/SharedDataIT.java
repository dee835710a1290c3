package org.qsmnode.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.derive.DerivedSeriesFiles;
import org.qsmnode.numeric.Progress;
import org.qsmnode.series.header.ReasonCode;

/** Real scanner data: what must be reconstructed is, what must be refused is, with its reason. */
class SharedDataIT {

  private static final Path SHARED =
      Path.of(System.getProperty("qsmnode.sharedData", "../shared/data"));
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  @TempDir Path out;

  private FolderResult run(String name, Map<String, String> changed) throws IOException {
    Path folder = SHARED.resolve(name);
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "SKIPPED: " + folder + " is absent (real data)");
    Map<String, String> settings = new HashMap<>(changed);
    settings.put("inversion.method", "tkd");
    Reconstruction reconstruction =
        new Reconstruction(ReconstructionSettings.of(settings), "0.1.0", CLOCK);
    FolderResult result =
        new FolderReconstruction(reconstruction).run(folder, out, true, Progress.NONE);
    assertEquals(List.of(), result.failed());
    return result;
  }

  private static Set<ReasonCode> refusals(FolderResult result) {
    return result.refused().stream()
        .map(one -> one.reason().orElseThrow().code())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void thePhilipsHeadOfTwoEchoesIsReconstructedAndFlaggedAsShort() throws IOException {
    FolderResult result = run("philips-elition-brain-2echo-classic", Map.of());
    assertEquals(Set.of(), refusals(result));
    assertEquals(1, result.reconstructed().size());
    AcquisitionResult one = result.reconstructed().get(0);
    assertTrue(one.warnings().stream().anyMatch(w -> w.contains("2 echoes")), "flagged as short");
    assertEquals(2, one.acquisition().echoes());
    DerivedSeriesFiles mean = one.series().get(0);
    assertEquals(53, mean.files().size());
    sameGeometryAsItsSource(result, mean);
    double litres = one.findings().orElseThrow().maskVoxels() * 27e-6;
    assertTrue(litres > 0.8 && litres < 2.2, "brain of " + litres + " litres");
    JsonNode report = new ObjectMapper().readTree(Files.readAllBytes(out.resolve("report.json")));
    assertEquals(1, report.get("acquisitions").size());
    assertEquals(0, report.get("refused").size());
    Path nifti = out.resolve("nifti").resolve(one.acquisition().id());
    for (String name :
        List.of(
            "magnitude",
            "mask",
            "field_total_hz",
            "field_local_ppm",
            "field_sd_ppm",
            "r2star_hz",
            "chi_ppm")) {
      assertTrue(Files.size(nifti.resolve(name + ".nii.gz")) > 1000, name);
    }
  }

  private static void sameGeometryAsItsSource(FolderResult result, DerivedSeriesFiles series)
      throws IOException {
    for (Path file : series.files()) {
      Attributes derived = DerivedMap.read(file);
      String source =
          derived
              .getSequence(Tag.SourceImageSequence)
              .get(0)
              .getString(Tag.ReferencedSOPInstanceUID);
      Attributes original = DerivedMap.read(result.scan().file(source));
      for (int tag :
          new int[] {
            Tag.ImagePositionPatient,
            Tag.ImageOrientationPatient,
            Tag.PixelSpacing,
            Tag.PatientName,
            Tag.PatientID,
            Tag.StudyInstanceUID,
            Tag.FrameOfReferenceUID
          }) {
        assertArrayEquals(original.getSafeBytes(tag), derived.getSafeBytes(tag));
      }
      assertEquals(4, derived.getSequence(Tag.SourceImageSequence).size());
    }
  }

  @Test
  void theSiemensPhantomIsHeldForItsFewSlicesAndReconstructedWhenTheyAreAllowed()
      throws IOException {
    FolderResult held = run("siemens-ve11-phantom-6echo", Map.of());
    assertEquals(Set.of(ReasonCode.TOO_FEW_SLICES), refusals(held));
    assertEquals(0, held.reconstructed().size());
    JsonNode report = new ObjectMapper().readTree(Files.readAllBytes(out.resolve("report.json")));
    assertEquals("TOO_FEW_SLICES", report.get("refused").get(0).get("code").asText());
    FolderResult allowed =
        run("siemens-ve11-phantom-6echo", Map.of("recognition.minimum-slices", "8"));
    assertEquals(1, allowed.reconstructed().size());
    AcquisitionResult one = allowed.reconstructed().get(0);
    assertEquals(6, one.acquisition().echoes());
    assertEquals(2, one.acquisition().seriesInstanceUids().size());
  }

  @Test
  void fieldMapsAreRefusedEachWithItsReason() throws IOException {
    assertEquals(
        Set.of(ReasonCode.PHASE_DIFFERENCE_ONLY),
        refusals(run("siemens-xa30-fieldmap-enhanced", Map.of())));
    FolderResult zoo = run("siemens-ve11-fieldmap-zoo", Map.of());
    assertEquals(Set.of(ReasonCode.PHASE_DIFFERENCE_ONLY, ReasonCode.MISSING_PHASE), refusals(zoo));
    assertEquals(3, zoo.refused().size());
    FolderResult ready = run("philips-achieva-b0map-enhanced", Map.of());
    assertEquals(1, ready.refused().size());
    for (FolderResult result : List.of(zoo, ready)) {
      assertEquals(0, result.reconstructed().size());
    }
  }

  @Test
  void aFolderWithoutDicomIsRefusedInTheReport() throws IOException {
    FolderResult result = run("nifti-3echo-crop", Map.of());
    assertEquals(0, result.results().size());
    JsonNode report = new ObjectMapper().readTree(Files.readAllBytes(out.resolve("report.json")));
    assertEquals("NO_MULTI_ECHO_GRE", report.get("refused").get(0).get("code").asText());
  }
}
