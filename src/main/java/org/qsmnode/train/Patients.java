package org.qsmnode.train;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.InversionFindings;
import org.qsmnode.inversion.NoiseAndPrior;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.cases.CaseFolder;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * Local fields without an answer: folders as {@code reconstruct --nifti} writes them, or cases of
 * {@code simulate --cases}, whose answer is not used. A folder has {@code field_local_ppm,
 * field_sd_ppm, mask, magnitude} as {@code .nii.gz}, the main field along the patient by the
 * affine. Start maps are computed once and kept.
 */
final class Patients {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);
  private static final String FIELD = "field_local_ppm";
  private static final String START = "start_ppm";
  private static final String OUTSIDE = "outside_ppm";
  private static final String FIGURES = "figures.json";

  /** Standard deviation in ppm from which on a field carries no information. */
  private static final float NO_INFORMATION_PPM = 1000;

  /** Stands in reports only; the inversion works in ppm. */
  private static final double NOMINAL_TESLA = 3;

  private final List<Path> folders;
  private final Path starts;
  private final Inversion starter;

  /** Findings of a start map that was made before. */
  private record Kept(NoiseAndPrior measured) implements InversionFindings {

    @Override
    public String method() {
      return "start map of before";
    }
  }

  /** One of them: its field and the map that the network corrects. */
  record Patient(LocalField field, Posterior start) {}

  /**
   * The patients directly below {@code root}, in the order of their names.
   *
   * @param starts folder of start maps, for one start method and one set of patients only
   * @throws IOException if there are fewer than two: one has to be held out
   */
  Patients(Path root, Path starts, Inversion starter) throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      folders = entries.filter(p -> Files.exists(file(p, FIELD))).sorted().toList();
    }
    if (folders.size() < 2) {
      throw new IOException(
          "%d folders with %s.nii.gz in %s; at least 2 are needed"
              .formatted(folders.size(), FIELD, root));
    }
    this.starts = starts;
    this.starter = starter;
  }

  int size() {
    return folders.size();
  }

  Patient open(int place) throws IOException {
    Path folder = folders.get(place);
    LocalField field = field(folder);
    Path kept = starts.resolve(String.valueOf(folder.getFileName()));
    if (!Files.exists(kept.resolve(FIGURES))) {
      Posterior start = starter.invert(field, Progress.NONE);
      Files.createDirectories(kept);
      Nifti.write(file(kept, START), start.chiPpm());
      if (start.outsidePpm().isPresent()) {
        Nifti.write(file(kept, OUTSIDE), start.outsidePpm().get());
      }
      JSON.writeValue(kept.resolve(FIGURES).toFile(), start.findings().measured());
    }
    NoiseAndPrior measured = JSON.readValue(kept.resolve(FIGURES).toFile(), NoiseAndPrior.class);
    Optional<Volume> outside =
        Files.exists(file(kept, OUTSIDE)) ? Optional.of(volume(kept, OUTSIDE)) : Optional.empty();
    return new Patient(field, Posterior.ofMap(volume(kept, START), new Kept(measured), outside));
  }

  private static LocalField field(Path folder) throws IOException {
    if (CaseFolder.isOne(folder)) {
      return CaseFolder.read(folder).field();
    }
    Volume local = volume(folder, FIELD);
    Grid grid = local.grid();
    Volume sd = volume(folder, "field_sd_ppm");
    for (int i = 0; i < sd.data().length; i++) {
      if (!(sd.data()[i] < NO_INFORMATION_PPM)) {
        sd.data()[i] = Float.POSITIVE_INFINITY;
      }
    }
    return new LocalField(
        Volume.zeros(grid),
        local,
        sd,
        Mask.nonZero(volume(folder, "mask")),
        volume(folder, "magnitude"),
        Volume.zeros(grid),
        NOMINAL_TESLA,
        List.of(),
        grid.orientation().toVoxelAxes(Vector3.Z),
        FieldOrigin.MAPPED,
        List.of());
  }

  private static Volume volume(Path folder, String name) throws IOException {
    return Nifti.read(file(folder, name)).single();
  }

  private static Path file(Path folder, String name) {
    return folder.resolve(name + ".nii.gz");
  }
}
