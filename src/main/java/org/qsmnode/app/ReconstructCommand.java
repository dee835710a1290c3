package org.qsmnode.app;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.qsmnode.derive.DerivedSeriesFiles;
import org.qsmnode.pipeline.AcquisitionResult;
import org.qsmnode.pipeline.FolderReconstruction;
import org.qsmnode.pipeline.FolderResult;
import org.qsmnode.pipeline.FolderScan.UnusableFile;
import org.qsmnode.pipeline.Reconstruction;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reconstructs a folder of DICOM files without network services. */
@Command(
    name = "reconstruct",
    mixinStandardHelpOptions = true,
    description = {
      "Reconstructs every multi-echo gradient-echo acquisition in a folder of DICOM files.",
      "Writes OUT/derived/<acquisition>/{qsm-mean,qsm-sd}/*.dcm and OUT/report.json."
    })
final class ReconstructCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FOLDER", description = "searched with all folders below it")
  Path folder = Path.of(".");

  @Option(names = "--out", required = true, paramLabel = "DIR")
  Path out = Path.of(".");

  @Option(
      names = "--method",
      paramLabel = "M",
      completionCandidates = MethodNames.class,
      description = "${COMPLETION-CANDIDATES}; pdi-vi without it")
  @Nullable String method;

  @Option(names = "--nifti", description = "also writes every stage as OUT/nifti/<acquisition>")
  boolean nifti;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "a setting of conf/application.properties; may be repeated")
  Map<String, String> settings = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("not a folder: " + folder);
    }
    if (method != null) {
      settings.put("inversion.method", method);
    }
    Reconstruction reconstruction =
        new Reconstruction(
            ReconstructionSettings.of(Configuration.reconstruction(settings)),
            SoftwareVersion.text(),
            Clock.systemDefaultZone());
    FolderResult result;
    try (ConsoleProgress progress = ConsoleProgress.onStandardError()) {
      result = new FolderReconstruction(reconstruction).run(folder, out, nifti, progress);
    }
    report(result, System.out, System.err);
    return status(result);
  }

  private static void report(FolderResult result, PrintStream console, PrintStream errors) {
    for (AcquisitionResult one : result.reconstructed()) {
      console.printf(
          "%s: %d echoes, %d slices%n",
          one.acquisition().id(), one.acquisition().echoes(), one.acquisition().slices());
      for (DerivedSeriesFiles series : one.series()) {
        console.printf("  %-8s %d objects%n", series.kind().folder(), series.files().size());
      }
      one.warnings().forEach(warning -> console.println("  note: " + warning));
    }
    for (AcquisitionResult one : result.refused()) {
      errors.printf("refused %s: %s%n", one.acquisition().id(), text(one));
    }
    result.scan().unusable().stream()
        .collect(
            Collectors.groupingBy(UnusableFile::reason, LinkedHashMap::new, Collectors.counting()))
        .forEach((reason, files) -> errors.printf("refused %d files: %s%n", files, text(reason)));
    if (result.nothingFound()) {
      errors.println("refused: " + text(Reason.of(ReasonCode.NO_MULTI_ECHO_GRE)));
    }
    for (AcquisitionResult one : result.failed()) {
      errors.printf(
          "failed %s: %s%n",
          one.acquisition().id(), one.failure().map(Throwable::toString).orElse("unknown"));
    }
  }

  private static String text(AcquisitionResult one) {
    return one.reason().map(ReconstructCommand::text).orElse("no reason stated");
  }

  private static String text(Reason reason) {
    return reason.code() + " - " + reason.sentence();
  }

  /** A defect outweighs a result; a result outweighs what was refused beside it. */
  private static int status(FolderResult result) {
    if (!result.failed().isEmpty()) {
      return ExitStatus.FAILURE;
    }
    return result.reconstructed().isEmpty() ? ExitStatus.INPUT_REFUSED : ExitStatus.DONE;
  }
}
