package org.qsmnode.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.qsmnode.evaluate.Evaluation.Uncertainty;
import org.qsmnode.volume.LinePlot;

/** Pictures of a comparison, means over all cases. */
public final class ComparisonPlots {

  private final Comparison comparison;

  public ComparisonPlots(Comparison comparison) {
    this.comparison = comparison;
  }

  /**
   * Writes {@code error.png}, and for methods with a standard deviation {@code reliability.png},
   * {@code sparsification.png} and {@code spectrum.png}, into {@code folder}, which is made.
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    save(errors(), folder.resolve("error.png"));
    if (comparison.scores().stream().anyMatch(s -> s.evaluation().uncertainty().isPresent())) {
      save(reliability(), folder.resolve("reliability.png"));
      save(sparsification(), folder.resolve("sparsification.png"));
      save(spectrum(), folder.resolve("spectrum.png"));
    }
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

  private LinePlot reliability() {
    double[] ends = {0, 1};
    LinePlot plot =
        new LinePlot("reliability", "stated probability", "found").guide("honest", ends, ends);
    for (String method : comparison.methods()) {
      double[] y = mean(method, u -> u.reliability().observed());
      if (y.length > 0) {
        plot.line(method, ReliabilityCurve.LEVELS, y);
      }
    }
    return plot;
  }

  private LinePlot sparsification() {
    LinePlot plot = new LinePlot("sparsification", "part removed", "error of the rest");
    double[] x = new double[Sparsification.STEPS];
    for (int f = 0; f < x.length; f++) {
      x[f] = (double) f / x.length;
    }
    for (String method : comparison.methods()) {
      double[] y = mean(method, u -> u.sparsification().bySd());
      if (y.length > 0) {
        plot.line(method, x, y);
        plot.guide(method + " oracle", x, mean(method, u -> u.sparsification().byError()));
      }
    }
    return plot;
  }

  private LinePlot spectrum() {
    LinePlot plot = new LinePlot("power of errors over stated power", "dipole kernel (abs)", "");
    plot.guide("honest", new double[] {0, 2.0 / 3}, new double[] {1, 1});
    for (String method : comparison.methods()) {
      double[] y = mean(method, u -> u.sampledSpectrum().orElse(u.unrelatedSpectrum()).ratio());
      double[] x = new double[y.length];
      for (int b = 0; b < x.length; b++) {
        x[b] = (b + 0.5) / x.length * 2 / 3;
      }
      if (y.length > 0) {
        plot.line(method, x, y);
      }
    }
    return plot;
  }

  private List<Score> scores(String method) {
    return comparison.scores().stream().filter(s -> s.method().equals(method)).toList();
  }

  /** Mean of a curve over the cases that have it. */
  private double[] mean(String method, Function<Uncertainty, double[]> curve) {
    List<double[]> curves =
        scores(method).stream()
            .flatMap(s -> s.evaluation().uncertainty().stream())
            .map(curve)
            .toList();
    double[] mean = new double[curves.isEmpty() ? 0 : curves.get(0).length];
    for (double[] one : curves) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += one[i] / curves.size();
      }
    }
    return mean;
  }
}
