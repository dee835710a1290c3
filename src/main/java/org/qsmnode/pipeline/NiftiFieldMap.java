package org.qsmnode.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.qsmnode.field.FieldMapping;
import org.qsmnode.field.LocalField;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.numeric.Progress;
import org.qsmnode.series.header.OwnIdentity;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.series.pixels.PhaseImages;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.MultiEcho;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/** From NIfTI magnitude and phase to the local field: the use case without DICOM. */
public final class NiftiFieldMap {

  private final SettingValues settings;
  private final String softwareVersion;

  /**
   * Field mapping with the given settings of the group {@code field} and defaults for the others.
   *
   * @throws IllegalArgumentException naming the key, if there is no such key or its value is not
   *     accepted
   */
  public NiftiFieldMap(Map<String, String> given, String softwareVersion) {
    this.settings = new SettingValues(FieldKeys.ALL, given);
    this.softwareVersion = softwareVersion;
  }

  /**
   * What to map.
   *
   * @param magnitude files of three or four dimensions, echoes in order
   * @param phase likewise; any scale whose range proves it, growing with the field
   * @param echoTimesMs one per echo, increasing
   * @param fieldStrengthTesla main field
   * @param b0Direction main field in voxel axes; if empty, along the patient by the affine
   * @param mask NIfTI or DICOM Segmentation of the voxels to use instead of the brain found in the
   *     magnitude; if empty, the setting {@code field.mask}
   */
  public record Input(
      List<Path> magnitude,
      List<Path> phase,
      double[] echoTimesMs,
      double fieldStrengthTesla,
      Optional<Vector3> b0Direction,
      Optional<Path> mask) {

    public Input {
      magnitude = List.copyOf(magnitude);
      phase = List.copyOf(phase);
      echoTimesMs = echoTimesMs.clone();
    }

    @Override
    public double[] echoTimesMs() {
      return echoTimesMs.clone();
    }
  }

  /**
   * Writes the field files of {@link NiftiFiles} and {@code report.json} into {@code out}.
   *
   * @throws RefusedException if the images give no field; the report says so too
   * @throws IllegalArgumentException if the echo times do not fit the images
   * @throws IOException if {@code out} cannot be written
   */
  public LocalField run(Input input, Path out, Progress progress)
      throws RefusedException, IOException {
    Files.createDirectories(out);
    StageClock stages = new StageClock(progress, System::nanoTime);
    ObjectNode report = ReportNodes.JSON.createObjectNode();
    report.put("software", OwnIdentity.MODEL_NAME);
    report.put("version", softwareVersion);
    report.set("settings", ReportNodes.JSON.valueToTree(new TreeMap<>(settings.all())));
    try {
      LocalField field = mapped(input, stages, report);
      stages.at("nifti", 0);
      NiftiFiles.writeField(field, out);
      stages.at("nifti", 1);
      return field;
    } catch (RefusedException e) {
      ReportNodes.reason(report.withArray("refused").addObject(), e.reason());
      throw e;
    } finally {
      Map<String, Double> seconds = stages.close();
      ReportNodes.seconds(report, seconds);
      report.put("seconds", seconds.values().stream().mapToDouble(Double::doubleValue).sum());
      ReportNodes.write(report, out.resolve("report.json"));
    }
  }

  private LocalField mapped(Input input, StageClock stages, ObjectNode report)
      throws RefusedException, IOException {
    stages.at("read", 0);
    List<Volume> magnitude = NiftiInput.volumes(input.magnitude(), "the magnitude");
    stages.at("read", 0.4);
    List<Volume> phase = NiftiInput.volumes(input.phase(), "the phase");
    stages.at("read", 0.8);
    Grid grid = magnitude.get(0).grid();
    NiftiInput.requireSamePlace(grid, phase.get(0).grid(), "the phase");
    if (magnitude.size() != phase.size()) {
      throw NiftiInput.refused(
          magnitude.size() > phase.size() ? ReasonCode.MISSING_PHASE : ReasonCode.MISSING_MAGNITUDE,
          "there are %d magnitude and %d phase volumes",
          magnitude.size(),
          phase.size());
    }
    double[] times = input.echoTimesMs();
    if (times.length != magnitude.size()) {
      throw new IllegalArgumentException(
          "%d echo times for %d echoes".formatted(times.length, magnitude.size()));
    }
    Optional<Mask> mask = Optional.empty();
    Optional<UserMask> own =
        UserMask.of(input.mask().map(Path::toString).orElse(settings.text(FieldKeys.MASK)));
    if (own.isPresent()) {
      mask = Optional.of(own.get().on(grid));
    }
    stages.at("read", 1);
    Vector3 b0 =
        input.b0Direction().orElseGet(() -> grid.orientation().toVoxelAxes(Vector3.Z)).unit();
    report.put("fieldStrengthTesla", input.fieldStrengthTesla());
    report.putPOJO("echoTimesMs", times);
    ReportNodes.grid(report, grid, b0);
    report.put(
        "phaseScale",
        PhaseImages.toRadians(
            phase.stream().map(Volume::data).toList(),
            magnitude.stream().map(Volume::data).toList(),
            times));
    double[] seconds = new double[times.length];
    for (int e = 0; e < times.length; e++) {
      seconds[e] = times[e] / 1000;
    }
    MultiEcho images = new MultiEcho(magnitude, phase, seconds, input.fieldStrengthTesla(), b0);
    try {
      LocalField field = new FieldMapping(FieldKeys.read(settings)).map(images, mask, stages);
      ReportNodes.mask(report, grid, field.mask().count());
      ReportNodes.strings(report.putArray("notes"), field.notes());
      return field;
    } catch (FieldMappingException e) {
      throw FieldRefusal.of(e);
    }
  }
}
