package org.qsmnode.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.qsmnode.numeric.Progress;
import org.qsmnode.series.find.Acquisition;
import org.qsmnode.series.find.Recognition;
import org.qsmnode.series.header.IndexedInstance;

/** Reconstructs everything in a folder that can be reconstructed, and reports on the rest. */
public final class FolderReconstruction {

  private final Reconstruction reconstruction;

  public FolderReconstruction(Reconstruction reconstruction) {
    this.reconstruction = reconstruction;
  }

  /**
   * Writes {@code out/derived/<acquisition>/{qsm-mean,qsm-sd}}, {@code out/report.json} and, if
   * asked, {@code out/nifti/<acquisition>}.
   *
   * <p>A defect in one acquisition does not keep the others from their result; it is in the result
   * and in the report.
   *
   * @throws IOException if {@code folder} cannot be read or {@code out} not be written
   */
  public FolderResult run(Path folder, Path out, boolean nifti, Progress progress)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("not a folder: " + folder);
    }
    FolderScan scan = FolderScan.of(folder, progress);
    Files.createDirectories(out);
    Recognition recognition = new Recognition(reconstruction.settings().recognition());
    List<AcquisitionResult> results = new ArrayList<>();
    for (List<IndexedInstance> study : scan.studies().values()) {
      for (Acquisition acquisition : recognition.recognise(study)) {
        results.add(one(acquisition, scan, out, nifti, progress));
      }
    }
    FolderResult result = new FolderResult(scan, results);
    new Report(reconstruction, result, out).write(out.resolve("report.json"));
    return result;
  }

  private AcquisitionResult one(
      Acquisition acquisition, FolderScan scan, Path out, boolean nifti, Progress progress) {
    try {
      return reconstruction.reconstruct(
          acquisition, scan::file, out, Outputs.classic(nifti), progress);
    } catch (IOException | RuntimeException e) {
      return AcquisitionResult.failed(acquisition, e);
    }
  }
}
