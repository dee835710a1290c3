package org.qsmnode.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.qsmnode.evaluate.Evaluation.Stratum;
import org.qsmnode.evaluate.Evaluation.Uncertainty;

/**
 * Curves of one method, each a mean over the cases that have it.
 *
 * @param scores of that method
 */
record MeanCurves(List<Score> scores) {

  /** Over all cases; empty where none has a standard deviation. */
  Optional<double[]> all(Function<Uncertainty, double[]> curve) {
    return mean(scores.stream().flatMap(s -> s.evaluation().uncertainty().stream()).map(curve));
  }

  /** For each of {@link Strata#TISSUES} that any case has, in that order. */
  Map<String, double[]> byTissue(Function<Stratum, Optional<double[]>> curve) {
    Map<String, double[]> lines = new LinkedHashMap<>();
    for (String tissue : Strata.TISSUES) {
      mean(scores.stream()
              .flatMap(s -> Stream.ofNullable(s.evaluation().strata().get(tissue)))
              .flatMap(part -> curve.apply(part).stream()))
          .ifPresent(line -> lines.put(tissue, line));
    }
    return lines;
  }

  /** For each kind of case, by name. */
  Map<String, double[]> byFamily(Function<Uncertainty, double[]> curve) {
    Map<String, double[]> lines = new LinkedHashMap<>();
    scores.stream()
        .map(Score::family)
        .distinct()
        .sorted()
        .forEach(family -> of(family).all(curve).ifPresent(line -> lines.put(family, line)));
    return lines;
  }

  private MeanCurves of(String family) {
    return new MeanCurves(scores.stream().filter(s -> s.family().equals(family)).toList());
  }

  private static Optional<double[]> mean(Stream<double[]> some) {
    List<double[]> curves = some.toList();
    if (curves.isEmpty()) {
      return Optional.empty();
    }
    double[] mean = new double[curves.get(0).length];
    for (double[] one : curves) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += one[i] / curves.size();
      }
    }
    return Optional.of(mean);
  }
}
