package org.qsmnode.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.cases.CaseFolder;

/**
 * How much noisier than stated the fields of cases are, by whether they went through field mapping.
 *
 * <p>Arguments: WORK CASES...; WORK keeps the inputs of the network, CASES are folders of cases.
 */
public final class ExcessNoise {

  private ExcessNoise() {}

  public static void main(String[] args) throws IOException {
    CaseCache cache = new CaseCache(Path.of(args[0]).resolve("inputs"), PdiInputs.starter());
    Map<FieldOrigin, List<Double>> found = new EnumMap<>(FieldOrigin.class);
    for (int k = 1; k < args.length; k++) {
      Path root = Path.of(args[k]);
      List<Path> folders = CaseFolder.list(root);
      List<CachedCase> cases = cache.all(root, Progress.NONE);
      for (int c = 0; c < cases.size(); c++) {
        found
            .computeIfAbsent(CaseFolder.facts(folders.get(c)).field(), key -> new ArrayList<>())
            .add(1000 * cases.get(c).excessNoisePpm());
      }
    }
    System.out.println("| field | cases | least | 10 % | median | 90 % | most, ppb |");
    System.out.println("|---|---|---|---|---|---|---|");
    found.forEach(
        (source, values) -> {
          double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
          int last = sorted.length - 1;
          System.out.printf(
              Locale.ROOT,
              "| %s | %d | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
              source.name().toLowerCase(Locale.ROOT),
              sorted.length,
              sorted[0],
              sorted[last / 10],
              sorted[last / 2],
              sorted[last * 9 / 10],
              sorted[last]);
        });
  }
}
