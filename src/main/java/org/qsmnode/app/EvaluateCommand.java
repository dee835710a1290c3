package org.qsmnode.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qsmnode.evaluate.Evaluation;
import org.qsmnode.evaluate.FigureJson;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares a susceptibility map with a reference. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Compares a susceptibility map with a reference, both in ppm and on one grid.",
      "Both are demeaned in the mask first, except for rmsePercent."
    })
final class EvaluateCommand implements Callable<Integer> {

  @Option(names = "--chi", required = true, paramLabel = "A.nii", description = "the map")
  Path chi = Path.of(".");

  @Option(names = "--reference", required = true, paramLabel = "B.nii", description = "the truth")
  Path reference = Path.of(".");

  @Option(names = "--mask", required = true, paramLabel = "M.nii", description = "what counts")
  Path mask = Path.of(".");

  @Option(names = "--sd", paramLabel = "S.nii", description = "standard deviation of the map")
  @Nullable Path sd;

  @Option(
      names = "--labels",
      paramLabel = "L.nii",
      description = "tissue numbers as simulate writes them")
  @Nullable Path labels;

  @Option(
      names = "--samples",
      paramLabel = "4D.nii",
      description = "maps drawn from the posterior, for regions and spectrum")
  @Nullable Path samples;

  @Mixin NiftiArguments common = new NiftiArguments();

  @Mixin FigureFile json = new FigureFile();

  @Override
  public Integer call() throws Exception {
    NiftiArguments.requireFiles(
        Stream.of(chi, reference, mask, sd, labels, samples).filter(Objects::nonNull).toList());
    Volume map = Nifti.read(chi).single();
    Evaluation evaluation =
        Evaluation.of(
            new Evaluation.Input(
                map,
                sd == null ? Optional.empty() : Optional.of(Nifti.read(sd).single()),
                Nifti.read(reference).single(),
                Mask.nonZero(Nifti.read(mask).single()),
                labels == null ? Optional.empty() : Optional.of(Nifti.read(labels).single()),
                samples == null ? List.of() : Nifti.read(samples).volumes(),
                common
                    .direction()
                    .orElseGet(() -> map.grid().orientation().toVoxelAxes(Vector3.Z))));
    json.write(evaluation.figures());
    print("", FigureJson.tree(evaluation.figures()));
    return ExitStatus.DONE;
  }

  /** One line a figure; curves and lists are in the JSON only. */
  private static void print(String prefix, JsonNode node) {
    node.properties()
        .forEach(
            entry -> {
              String name = prefix + entry.getKey();
              JsonNode value = entry.getValue();
              if (value.isObject()) {
                print(name + ".", value);
              } else if (value.isIntegralNumber()) {
                System.out.printf("%-44s %d%n", name, value.asLong());
              } else if (value.isNumber()) {
                System.out.printf(Locale.ROOT, "%-44s %.6g%n", name, value.asDouble());
              }
            });
  }
}
