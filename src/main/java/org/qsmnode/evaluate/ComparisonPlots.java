package org.qsmnode.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.qsmnode.evaluate.Evaluation.Uncertainty;
import org.qsmnode.picture.LinePlot;

/** Pictures of a comparison, means over cases. */
public final class ComparisonPlots {

  private static final Function<Uncertainty, double[]> RELIABILITY =
      u -> u.reliability().observed();
  private static final Function<Uncertainty, double[]> BY_SD = u -> u.sparsification().bySd();
  private static final Function<Uncertainty, double[]> BY_ERROR = u -> u.sparsification().byError();
  private static final Function<Uncertainty, double[]> SPECTRUM =
      u -> u.sampledSpectrum().orElse(u.unrelatedSpectrum()).ratio();

  private final Comparison comparison;

  public ComparisonPlots(Comparison comparison) {
    this.comparison = comparison;
  }

  /**
   * Writes {@code error.png}, and for methods with a standard deviation {@code reliability.png},
   * {@code sparsification.png} and {@code spectrum.png}, into {@code folder}, which is made. Each
   * such method M also has {@code reliability-by-tissue-M.png}, {@code
   * sparsification-by-tissue-M.png}, and both by family of cases.
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    save(errors(), folder.resolve("error.png"));
    Map<String, MeanCurves> stated = new LinkedHashMap<>();
    for (String method : comparison.methods()) {
      List<Score> scores = scores(method);
      if (scores.stream().anyMatch(s -> s.evaluation().uncertainty().isPresent())) {
        stated.put(method, new MeanCurves(scores));
      }
    }
    if (!stated.isEmpty()) {
      save(reliability("reliability", all(stated, RELIABILITY)), folder.resolve("reliability.png"));
      LinePlot sparsification = sparsification("sparsification", all(stated, BY_SD));
      all(stated, BY_ERROR)
          .forEach(
              (method, y) -> sparsification.guide(method + " oracle", Sparsification.REMOVED, y));
      save(sparsification, folder.resolve("sparsification.png"));
      save(spectrum(all(stated, SPECTRUM)), folder.resolve("spectrum.png"));
    }
    for (Map.Entry<String, MeanCurves> one : stated.entrySet()) {
      writeParts(one.getKey(), one.getValue(), folder);
    }
  }

  private static void writeParts(String method, MeanCurves curves, Path folder) throws IOException {
    save(
        reliability(
            "reliability by tissue: " + method,
            curves.byTissue(part -> part.reliability().map(ReliabilityCurve::observed))),
        folder.resolve("reliability-by-tissue-" + method + ".png"));
    save(
        sparsification(
            "sparsification by tissue: " + method,
            curves.byTissue(part -> part.sparsification().map(Sparsification::bySd))),
        folder.resolve("sparsification-by-tissue-" + method + ".png"));
    save(
        reliability("reliability by family: " + method, curves.byFamily(RELIABILITY)),
        folder.resolve("reliability-by-family-" + method + ".png"));
    save(
        sparsification("sparsification by family: " + method, curves.byFamily(BY_SD)),
        folder.resolve("sparsification-by-family-" + method + ".png"));
  }

  private static Map<String, double[]> all(
      Map<String, MeanCurves> methods, Function<Uncertainty, double[]> curve) {
    Map<String, double[]> lines = new LinkedHashMap<>();
    methods.forEach(
        (method, curves) -> curves.all(curve).ifPresent(line -> lines.put(method, line)));
    return lines;
  }

  private static void save(LinePlot plot, Path file) throws IOException {
    ImageIO.write(plot.draw(), "png", file.toFile());
  }

  private LinePlot errors() {
    LinePlot plot = new LinePlot("error of each case", "case", "nrmse %");
    for (String method : comparison.methods()) {
      double[] y = scores(method).stream().mapToDouble(Figure.NRMSE::of).toArray();
      double[] x = new double[y.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = i + 1;
      }
      plot.points(method, x, y);
    }
    return plot;
  }

  private static LinePlot reliability(String title, Map<String, double[]> lines) {
    double[] ends = {0, 1};
    LinePlot plot = new LinePlot(title, "stated probability", "found").guide("honest", ends, ends);
    lines.forEach((name, y) -> plot.line(name, ReliabilityCurve.LEVELS, y));
    return plot;
  }

  private static LinePlot sparsification(String title, Map<String, double[]> lines) {
    LinePlot plot = new LinePlot(title, "part removed", "error of the rest");
    lines.forEach((name, y) -> plot.line(name, Sparsification.REMOVED, y));
    return plot;
  }

  private static LinePlot spectrum(Map<String, double[]> lines) {
    LinePlot plot = new LinePlot("power of errors over stated power", "dipole kernel (abs)", "");
    plot.guide("honest", new double[] {0, 2.0 / 3}, new double[] {1, 1});
    lines.forEach(
        (name, y) -> {
          double[] x = new double[y.length];
          for (int b = 0; b < x.length; b++) {
            x[b] = (b + 0.5) / x.length * 2 / 3;
          }
          plot.line(name, x, y);
        });
    return plot;
  }

  private List<Score> scores(String method) {
    return comparison.scores().stream().filter(s -> s.method().equals(method)).toList();
  }
}
