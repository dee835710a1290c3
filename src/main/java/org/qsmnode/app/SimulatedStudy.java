package org.qsmnode.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.qsmnode.evaluate.Trial;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.Progress;
import org.qsmnode.pipeline.AcquisitionResult;
import org.qsmnode.pipeline.FolderReconstruction;
import org.qsmnode.pipeline.FolderResult;
import org.qsmnode.pipeline.NiftiFiles;
import org.qsmnode.pipeline.Reconstruction;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.simulate.cases.CaseFacts;
import org.qsmnode.simulate.cases.InversionCase;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * A folder that {@code simulate} wrote as DICOM with its truth. The field comes from the product's
 * own recognition and field mapping; what counts is where its mask and the true one agree.
 */
final class SimulatedStudy {

  private static final double SAME_PLACE_MM = 0.01;

  private SimulatedStudy() {}

  static boolean isOne(Path folder) {
    return Files.isRegularFile(folder.resolve("manifest.json"))
        && Files.isDirectory(folder.resolve("dicom"))
        && Files.isDirectory(folder.resolve("truth"));
  }

  /** The case; runs field mapping. */
  static Trial read(Path folder, Progress progress) throws IOException {
    Path work = Files.createTempDirectory("qsm-node-compare");
    try {
      return read(folder, work, progress);
    } finally {
      try (Stream<Path> files = Files.walk(work)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static Trial read(Path folder, Path work, Progress progress) throws IOException {
    Reconstruction reconstruction =
        new Reconstruction(
            ReconstructionSettings.of(Map.of("inversion.method", "tkd")),
            SoftwareVersion.text(),
            Clock.systemDefaultZone());
    FolderResult result =
        new FolderReconstruction(reconstruction).run(folder.resolve("dicom"), work, true, progress);
    if (result.reconstructed().size() != 1) {
      throw new IOException(
          folder + ": expected one acquisition with a field, found " + reasons(result));
    }
    Path nifti = work.resolve("nifti").resolve(result.reconstructed().get(0).acquisition().id());
    JsonNode study =
        new ObjectMapper()
            .readTree(folder.resolve("manifest.json").toFile())
            .path("studies")
            .path(0);
    Volume local = volume(nifti, "field_local_ppm");
    Grid grid = local.grid();
    Volume sd = volume(nifti, "field_sd_ppm");
    for (int i = 0; i < grid.size(); i++) {
      if (sd.data()[i] >= NiftiFiles.NO_INFORMATION_SD_PPM) {
        sd.data()[i] = Float.POSITIVE_INFINITY;
      }
    }
    CaseFacts facts = facts(study);
    LocalField field =
        new LocalField(
            volume(nifti, "field_total_hz"),
            local,
            sd,
            Mask.nonZero(volume(nifti, "mask")),
            volume(nifti, "magnitude"),
            volume(nifti, "r2star_hz"),
            facts.fieldStrengthTesla(),
            facts.echoTimesSeconds(),
            grid.orientation().toVoxelAxes(Vector3.Z),
            facts.field(),
            List.of());
    Path truth = folder.resolve("truth");
    Mask both = Mask.nonZero(onto(grid, volume(truth, "mask"))).and(field.mask());
    return new Trial(
        name(folder),
        new InversionCase(
            field,
            onto(grid, volume(truth, "chi_ppm")),
            onto(grid, volume(truth, "labels")),
            facts),
        both);
  }

  private static String reasons(FolderResult result) {
    List<String> words = new ArrayList<>();
    for (AcquisitionResult one : result.results()) {
      words.add(one.reason().map(reason -> reason.code().name()).orElse(one.status().name()));
    }
    return words.toString();
  }

  private static CaseFacts facts(JsonNode study) {
    List<String> findings = new ArrayList<>();
    study.path("findings").forEach(finding -> findings.add(finding.asText()));
    List<Double> echoTimes = new ArrayList<>();
    study.path("echoTimesSeconds").forEach(seconds -> echoTimes.add(seconds.asDouble()));
    return new CaseFacts(
        "dicom",
        study.path("seed").asLong(),
        study.path("head").asText(),
        FieldOrigin.MAPPED,
        findings,
        study.path("fieldStrengthTesla").asDouble(),
        echoTimes,
        study.path("peakSnr").asDouble(),
        study.path("tiltDegrees").asDouble());
  }

  private static String name(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? "case" : name.toString();
  }

  private static Volume volume(Path folder, String name) throws IOException {
    return Nifti.read(folder.resolve(name + ".nii.gz")).single();
  }

  /** The voxels of {@code volume} in the order of {@code grid}, which samples the same places. */
  private static Volume onto(Grid grid, Volume volume) throws IOException {
    Grid from = volume.grid();
    Vector3 origin = from.orientation().originMm();
    Volume out = Volume.zeros(grid);
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++, i++) {
          Vector3 place = grid.positionMm(x, y, z);
          Vector3 relative = place.minus(origin);
          int fx = (int) Math.round(relative.dot(from.orientation().xAxis()) / from.dxMm());
          int fy = (int) Math.round(relative.dot(from.orientation().yAxis()) / from.dyMm());
          int fz = (int) Math.round(relative.dot(from.orientation().zAxis()) / from.dzMm());
          if (!from.contains(fx, fy, fz)) {
            continue;
          }
          if (from.positionMm(fx, fy, fz).minus(place).norm() > SAME_PLACE_MM) {
            throw new IOException("truth and DICOM lie on different grids");
          }
          out.data()[i] = volume.at(fx, fy, fz);
        }
      }
    }
    return out;
  }
}
