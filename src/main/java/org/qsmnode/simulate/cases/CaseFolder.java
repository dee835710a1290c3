package org.qsmnode.simulate.cases;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.qsmnode.field.LocalField;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * Inversion cases as folders: {@code field_local_ppm, field_sd_ppm, mask, magnitude, chi_ppm,
 * labels} as {@code .nii.gz}. {@code case.json} has the facts and the direction of the main field
 * in voxel axes. It is written last, so a folder that has it is whole. Total field, R2* and notes
 * of a {@link LocalField} are not kept and come back as zeros and none. Its echo times are those
 * that the facts hand over.
 */
public final class CaseFolder {

  private static final String FACTS = "case.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private CaseFolder() {}

  private record Description(
      @JsonProperty("b0Direction") double[] b0Direction, @JsonProperty("facts") CaseFacts facts) {}

  /** Writes a case into {@code folder}, which is created. */
  public static void write(InversionCase one, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.deleteIfExists(folder.resolve(FACTS));
    LocalField field = one.field();
    write(folder, "field_local_ppm", field.localPpm());
    write(folder, "field_sd_ppm", field.sdPpm());
    Nifti.write(file(folder, "mask"), field.mask());
    write(folder, "magnitude", field.magnitude());
    write(folder, "chi_ppm", one.chiPpm());
    write(folder, "labels", one.labels());
    Vector3 b0 = field.b0Direction();
    Description description = new Description(new double[] {b0.x(), b0.y(), b0.z()}, one.facts());
    Path part = folder.resolve(FACTS + ".part");
    Files.write(part, JSON.writeValueAsBytes(description));
    Files.move(part, folder.resolve(FACTS), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Reads the case in {@code folder}.
   *
   * @throws IOException if a file is missing or damaged
   */
  public static InversionCase read(Path folder) throws IOException {
    Description description = description(folder);
    double[] b0 = description.b0Direction();
    Volume local = volume(folder, "field_local_ppm");
    Grid grid = local.grid();
    LocalField field =
        new LocalField(
            Volume.zeros(grid),
            local,
            volume(folder, "field_sd_ppm"),
            Mask.nonZero(volume(folder, "mask")),
            volume(folder, "magnitude"),
            Volume.zeros(grid),
            description.facts().fieldStrengthTesla(),
            description.facts().statedEchoTimesSeconds(),
            new Vector3(b0[0], b0[1], b0[2]),
            description.facts().field(),
            List.of());
    return new InversionCase(
        field, volume(folder, "chi_ppm"), volume(folder, "labels"), description.facts());
  }

  /** Unit vector of a case's main field in its voxel axes. */
  public static Vector3 b0Direction(Path folder) throws IOException {
    double[] b0 = description(folder).b0Direction();
    return new Vector3(b0[0], b0[1], b0[2]).unit();
  }

  /** The facts of the case in {@code folder}, without its volumes. */
  public static CaseFacts facts(Path folder) throws IOException {
    return description(folder).facts();
  }

  /** Whether {@code folder} holds a whole case. */
  public static boolean isOne(Path folder) {
    return Files.exists(folder.resolve(FACTS));
  }

  /** The whole cases directly below {@code root}, in the order of their names. */
  public static List<Path> list(Path root) throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(p -> Files.exists(p.resolve(FACTS))).sorted().toList();
    }
  }

  private static Description description(Path folder) throws IOException {
    Path file = folder.resolve(FACTS);
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "not an inversion case");
    }
    return JSON.readValue(file.toFile(), Description.class);
  }

  private static void write(Path folder, String name, Volume volume) throws IOException {
    Nifti.write(file(folder, name), volume);
  }

  private static Volume volume(Path folder, String name) throws IOException {
    return Nifti.read(file(folder, name)).single();
  }

  private static Path file(Path folder, String name) {
    return folder.resolve(name + ".nii.gz");
  }
}
