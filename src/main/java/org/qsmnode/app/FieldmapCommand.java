package org.qsmnode.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.qsmnode.field.LocalField;
import org.qsmnode.pipeline.NiftiFieldMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Maps the local field of NIfTI images. */
@Command(
    name = "fieldmap",
    mixinStandardHelpOptions = true,
    description = {
      "Maps the local field of multi-echo magnitude and phase in NIfTI files.",
      "Writes OUT/{magnitude,mask,field_total_hz,field_local_ppm,field_sd_ppm,r2star_hz}.nii.gz"
          + " and OUT/report.json.",
      "Phase must grow with the field. It is in radians or on another scale whose range proves it."
    })
final class FieldmapCommand implements Callable<Integer> {

  @Option(
      names = "--magnitude",
      required = true,
      split = ",",
      paramLabel = "4D.nii",
      description = "four-dimensional, or one file for each echo, separated by commas")
  List<Path> magnitude = List.of();

  @Option(
      names = "--phase",
      required = true,
      split = ",",
      paramLabel = "4D.nii",
      description = "likewise")
  List<Path> phase = List.of();

  @Option(
      names = "--te",
      required = true,
      split = ",",
      paramLabel = "MS",
      description = "echo times in ms")
  List<Double> echoTimesMs = List.of();

  @Option(names = "--field-strength", required = true, paramLabel = "T", description = "in tesla")
  double fieldStrengthTesla;

  @Mixin NiftiArguments common = new NiftiArguments();

  @Option(
      names = "--mask",
      paramLabel = "M.nii",
      description = "voxels to use; without it the brain is searched in the magnitude")
  @Nullable Path mask;

  @Option(names = "--out", required = true, paramLabel = "DIR")
  Path out = Path.of(".");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "a setting field.* of conf/application.properties; may be repeated")
  Map<String, String> settings = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    NiftiFieldMap map = new NiftiFieldMap(settings, SoftwareVersion.text());
    NiftiFieldMap.Input input =
        new NiftiFieldMap.Input(
            magnitude,
            phase,
            echoTimesMs.stream().mapToDouble(Double::doubleValue).toArray(),
            fieldStrengthTesla,
            common.direction(),
            Optional.ofNullable(mask));
    NiftiArguments.requireFiles(magnitude);
    NiftiArguments.requireFiles(phase);
    NiftiArguments.requireFiles(input.mask().stream().toList());
    LocalField field;
    try (ConsoleProgress progress = ConsoleProgress.onStandardError()) {
      field = map.run(input, out, progress);
    }
    field.notes().forEach(note -> System.out.println("note: " + note));
    System.out.println("field: " + out);
    return ExitStatus.DONE;
  }
}
