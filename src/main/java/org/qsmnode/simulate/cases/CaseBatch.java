package org.qsmnode.simulate.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.numeric.Progress;

/** Makes many inversion cases, one folder each; those that are already there are kept. */
public final class CaseBatch {

  private CaseBatch() {}

  /**
   * What a batch did.
   *
   * @param made folders of the cases, made now or before
   * @param refused seeds whose field could not be mapped, with the reason
   */
  public record Result(List<Path> made, List<String> refused) {}

  /**
   * Makes the cases {@code out/<family>-<seed>} of the seeds {@code firstSeed} to {@code firstSeed
   * + count - 1} of every family.
   *
   * @param labels label maps; without any, all heads are procedural
   */
  public static Result run(
      List<CaseFamily> families,
      long firstSeed,
      int count,
      List<Path> labels,
      Path out,
      Progress progress)
      throws IOException {
    CaseGenerator generator = new CaseGenerator(labels);
    List<Path> made = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    int total = families.size() * count;
    int done = 0;
    for (int n = 0; n < count; n++) {
      for (CaseFamily family : families) {
        progress.at("cases", (double) done++ / total);
        long seed = firstSeed + n;
        Path folder =
            out.resolve(String.format(Locale.ROOT, "%s-%05d", family.commandName(), seed));
        if (Files.exists(folder.resolve("case.json"))) {
          made.add(folder);
          continue;
        }
        try {
          CaseFolder.write(generator.make(family, seed), folder);
          made.add(folder);
        } catch (FieldMappingException refusal) {
          refused.add(folder.getFileName() + ": " + refusal.getMessage());
        }
      }
    }
    progress.at("cases", 1);
    return new Result(made, refused);
  }

  /** The label maps that a path stands for: itself, or the NIfTI files of a folder by name. */
  public static List<Path> labelMaps(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.filter(p -> p.toString().matches(".*\\.nii(\\.gz)?")).sorted().toList();
    }
  }
}
