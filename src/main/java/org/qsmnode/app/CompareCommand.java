package org.qsmnode.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qsmnode.evaluate.Comparison;
import org.qsmnode.evaluate.ComparisonPlots;
import org.qsmnode.evaluate.Score;
import org.qsmnode.evaluate.Trial;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.numeric.Progress;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.simulate.cases.CaseFolder;
import org.qsmnode.simulate.cases.InversionCase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares inversion methods on simulated cases. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compares inversion methods on cases of known susceptibility, as tables in Markdown.",
      "Cases are folders of simulate --cases, or of simulate with DICOM, whose field is mapped"
          + " first and scored where true and found mask agree."
    })
final class CompareCommand implements Callable<Integer> {

  @Option(
      names = "--cases",
      required = true,
      paramLabel = "DIR",
      description = "a case, or a folder of cases")
  Path cases = Path.of(".");

  @Option(
      names = "--methods",
      required = true,
      split = ",",
      paramLabel = "M",
      completionCandidates = MethodNames.class,
      description = "${COMPLETION-CANDIDATES}")
  List<String> methods = List.of();

  @Option(
      names = "--baseline",
      paramLabel = "M",
      description = "method that ratios refer to; without it, the last one")
  @Nullable String baseline;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "maps drawn for the uncertainty of regions (default ${DEFAULT-VALUE})",
      defaultValue = "50")
  int samples;

  @Option(names = "--markdown", paramLabel = "F", description = "also writes the tables to a file")
  @Nullable Path markdown;

  @Mixin FigureFile json = new FigureFile();

  @Option(
      names = "--plots",
      paramLabel = "DIR",
      description =
          "writes errors, reliability, sparsification and spectrum as PNG, reliability and"
              + " sparsification of each method also by tissue and by family of cases")
  @Nullable Path plots;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "a setting inversion.METHOD.* of conf/application.properties; may be repeated")
  Map<String, String> settings = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    List<Inversion> inversions = new ArrayList<>();
    for (String method : methods) {
      Map<String, String> all = new LinkedHashMap<>(settings);
      all.put("inversion.method", method);
      inversions.add(ReconstructionSettings.of(Configuration.reconstruction(all)).inversion());
    }
    String reference = baseline == null ? methods.get(methods.size() - 1) : baseline;
    if (!methods.contains(reference)) {
      throw new IllegalArgumentException("--baseline must be one of --methods");
    }
    List<Score> scores = new ArrayList<>();
    try (ConsoleProgress console = ConsoleProgress.onStandardError()) {
      List<Path> folders = folders(cases);
      for (Path folder : folders) {
        Trial trial = read(folder);
        for (Inversion inversion : inversions) {
          double all = folders.size() * inversions.size();
          console.at("compare", scores.size() / all);
          scores.add(trial.with(inversion, samples, Progress.NONE));
        }
      }
    }
    Comparison comparison = new Comparison(scores, reference);
    System.out.print(comparison.markdown());
    if (markdown != null) {
      Files.writeString(markdown, comparison.markdown(), StandardCharsets.UTF_8);
    }
    json.write(comparison.figures());
    if (plots != null) {
      new ComparisonPlots(comparison).write(plots);
    }
    return ExitStatus.DONE;
  }

  private static boolean isCase(Path folder) {
    return Files.exists(folder.resolve("case.json")) || SimulatedStudy.isOne(folder);
  }

  private static List<Path> folders(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      throw new IllegalArgumentException("not a folder: " + place);
    }
    if (isCase(place)) {
      return List.of(place);
    }
    try (Stream<Path> entries = Files.list(place)) {
      List<Path> found = entries.filter(CompareCommand::isCase).sorted().toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException("no case in " + place);
      }
      return found;
    }
  }

  private static Trial read(Path folder) throws IOException {
    if (SimulatedStudy.isOne(folder)) {
      return SimulatedStudy.read(folder, Progress.NONE);
    }
    InversionCase problem = CaseFolder.read(folder);
    return new Trial(String.valueOf(folder.getFileName()), problem, problem.field().mask());
  }
}
