package org.qsmnode.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.numeric.Progress;
import org.qsmnode.series.header.OwnIdentity;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.volume.FieldUnits;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/** One dipole inversion of a field that comes as NIfTI. */
public final class NiftiInversion {

  /** Only turns ppm into Hz and back where a method asks for the total field. */
  private static final double NOMINAL_TESLA = 3;

  private final SettingValues settings;
  private final Inversion inversion;
  private final String softwareVersion;

  /**
   * A method with the given settings of its own group and defaults for the others.
   *
   * @param given values by {@code inversion.<method>.<name>}
   * @throws IllegalArgumentException naming the method or key, if it is not known or its value not
   *     accepted
   */
  public NiftiInversion(String method, Map<String, String> given, String softwareVersion) {
    Map<String, String> all = new HashMap<>(given);
    all.put(InversionKeys.METHOD.name(), method);
    this.settings = new SettingValues(InversionKeys.of(method), all);
    this.inversion = InversionKeys.read(settings);
    this.softwareVersion = softwareVersion;
  }

  /**
   * What to invert; all files on one grid.
   *
   * @param fieldPpm relative field
   * @param mask voxels to invert
   * @param sdPpm noise of the field, from {@value NiftiFiles#NO_INFORMATION_SD_PPM} upwards no
   *     information; if empty, even and of unknown size
   * @param magnitude if empty, without edges
   * @param b0Direction main field in voxel axes; if empty, along the patient by the affine
   * @param origin how the field came to be
   */
  public record Input(
      Path fieldPpm,
      Path mask,
      Optional<Path> sdPpm,
      Optional<Path> magnitude,
      Optional<Vector3> b0Direction,
      FieldOrigin origin) {}

  /**
   * Writes {@code chi_ppm.nii.gz}, {@code chi_sd_ppm.nii.gz} and {@code reliable.nii.gz} where the
   * method has them, and {@code report.json} into {@code out}.
   *
   * @throws RefusedException if the files cannot be read or do not fit each other; the report says
   *     so too
   * @throws IOException if {@code out} cannot be written
   */
  public Posterior run(Input input, Path out, Progress progress)
      throws RefusedException, IOException {
    Files.createDirectories(out);
    StageClock stages = new StageClock(progress, System::nanoTime);
    ObjectNode report = ReportNodes.JSON.createObjectNode();
    report.put("software", OwnIdentity.MODEL_NAME);
    report.put("version", softwareVersion);
    report.put("method", inversion.name());
    report.put("parameters", inversion.parameters());
    report.put("fieldOrigin", input.origin().commandName());
    report.set("settings", ReportNodes.JSON.valueToTree(new TreeMap<>(settings.all())));
    try {
      stages.at("read", 0);
      LocalField field = read(input);
      ReportNodes.grid(report, field.grid(), field.b0Direction());
      ReportNodes.mask(report, field.grid(), field.mask().count());
      stages.at("read", 1);
      Posterior posterior = inversion.invert(field, stages);
      report.setAll((ObjectNode) ReportNodes.JSON.valueToTree(posterior.findings()));
      stages.at("nifti", 0);
      NiftiFiles.writeSusceptibility(posterior, out);
      stages.at("nifti", 1);
      return posterior;
    } catch (RefusedException e) {
      ReportNodes.reason(report.withArray("refused").addObject(), e.reason());
      throw e;
    } finally {
      ReportNodes.seconds(report, stages.close());
      ReportNodes.write(report, out.resolve("report.json"));
    }
  }

  private static LocalField read(Input input) throws RefusedException {
    Volume ppm = NiftiInput.volume(input.fieldPpm(), "the field");
    Grid grid = ppm.grid();
    Mask mask = NiftiInput.mask(input.mask(), grid);
    Volume sd = Volume.zeros(grid);
    if (input.sdPpm().isPresent()) {
      sd = NiftiInput.volume(input.sdPpm().get(), grid, "the standard deviation of the field");
      withoutInformation(sd.data());
    }
    Volume magnitude = mask.toVolume();
    if (input.magnitude().isPresent()) {
      magnitude = NiftiInput.volume(input.magnitude().get(), grid, "the magnitude");
    }
    Volume hz = ppm.copy();
    float perPpm = (float) FieldUnits.hzPerPpm(NOMINAL_TESLA);
    for (int i = 0; i < hz.data().length; i++) {
      hz.data()[i] *= perPpm;
    }
    return new LocalField(
        hz,
        ppm,
        sd,
        mask,
        magnitude,
        Volume.zeros(grid),
        NOMINAL_TESLA,
        List.of(),
        input.b0Direction().orElseGet(() -> grid.orientation().toVoxelAxes(Vector3.Z)),
        input.origin(),
        List.of());
  }

  private static void withoutInformation(float[] sd) {
    for (int i = 0; i < sd.length; i++) {
      if (!(sd[i] < NiftiFiles.NO_INFORMATION_SD_PPM)) {
        sd[i] = Float.POSITIVE_INFINITY;
      }
    }
  }
}
