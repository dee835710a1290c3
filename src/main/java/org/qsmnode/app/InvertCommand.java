package org.qsmnode.app;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.pipeline.Inversions;
import org.qsmnode.pipeline.NiftiInversion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Inverts a field in a NIfTI file to susceptibility. */
@Command(
    name = "invert",
    mixinStandardHelpOptions = true,
    description = {
      "Inverts a relative field in ppm to susceptibility in ppm.",
      "Writes OUT/chi_ppm.nii.gz, OUT/chi_sd_ppm.nii.gz and OUT/reliable.nii.gz where the method"
          + " has them, and"
          + " OUT/report.json."
    })
final class InvertCommand implements Callable<Integer> {

  @Option(names = "--field", required = true, paramLabel = "PPM.nii")
  Path field = Path.of(".");

  @Option(names = "--mask", required = true, paramLabel = "M.nii")
  Path mask = Path.of(".");

  @Option(
      names = "--field-sd",
      paramLabel = "PPM.nii",
      description = "noise of the field; without it, even and of unknown size")
  @Nullable Path fieldSd;

  @Option(names = "--magnitude", paramLabel = "M.nii", description = "shows where edges may be")
  @Nullable Path magnitude;

  @Option(
      names = "--field-origin",
      paramLabel = "mapped|exact",
      description =
          "how the field came to be: by field mapping of a signal, or from the sources inside the"
              + " mask alone, as of a digital phantom (default ${DEFAULT-VALUE})",
      defaultValue = "mapped")
  FieldOrigin origin = FieldOrigin.MAPPED;

  @Mixin NiftiArguments common = new NiftiArguments();

  @Option(
      names = "--method",
      paramLabel = "M",
      completionCandidates = MethodNames.class,
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE})",
      defaultValue = "pdi-vi")
  String method = "";

  @Option(names = "--out", required = true, paramLabel = "DIR")
  Path out = Path.of(".");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "a setting inversion.METHOD.* of conf/application.properties; may be repeated")
  Map<String, String> settings = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    NiftiInversion inversion =
        new NiftiInversion(
            method,
            Inversions.usesModel(method) ? Configuration.reconstruction(settings) : settings,
            SoftwareVersion.text());
    NiftiInversion.Input input =
        new NiftiInversion.Input(
            field,
            mask,
            Optional.ofNullable(fieldSd),
            Optional.ofNullable(magnitude),
            common.direction(),
            origin);
    NiftiArguments.requireFiles(
        Stream.of(field, mask, fieldSd, magnitude).filter(Objects::nonNull).toList());
    Posterior posterior;
    try (ConsoleProgress progress = ConsoleProgress.onStandardError()) {
      posterior = inversion.run(input, out, progress);
    }
    new ObjectMapper()
        .convertValue(posterior.findings(), new TypeReference<Map<String, Object>>() {})
        .forEach((name, value) -> System.out.println(name + ": " + value));
    System.out.println("fieldOrigin: " + origin.commandName());
    System.out.println("susceptibility: " + out);
    return ExitStatus.DONE;
  }
}
