package org.qsmnode.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Scores of several methods on the same cases, as tables: medians by family, by tissue and of the
 * uncertainty, and every case. The ratio is that of the demeaned error to the baseline's on the
 * same case.
 */
public final class Comparison {

  private static final String ALL = "all";
  private static final List<Figure> MAIN =
      List.of(
          Figure.NRMSE,
          Figure.DETRENDED,
          Figure.XSIM,
          Figure.HFEN,
          Figure.NUCLEI_SLOPE,
          Figure.WITHIN1,
          Figure.WITHIN2,
          Figure.WITHIN3,
          Figure.SQUARED_Z,
          Figure.SPEARMAN,
          Figure.SPEARMAN_IF_RIGHT);
  private static final List<Figure> UNCERTAINTY =
      List.of(
          Figure.NLL,
          Figure.CRPS,
          Figure.SHARPNESS,
          Figure.ECE,
          Figure.ENCE,
          Figure.AUSE,
          Figure.AURG,
          Figure.UNRELATED_REGIONS,
          Figure.SAMPLED_REGIONS,
          Figure.CONE,
          Figure.AXIS);

  private final List<Score> scores;
  private final List<String> methods;
  private final String baseline;

  /**
   * A comparison.
   *
   * @param scores in the order of the rows
   * @param baseline method that the others are compared with
   */
  public Comparison(List<Score> scores, String baseline) {
    this.scores = List.copyOf(scores);
    this.baseline = baseline;
    methods = scores.stream().map(Score::method).distinct().toList();
  }

  public List<Score> scores() {
    return scores;
  }

  /** Names of the methods in the order of the scores. */
  public List<String> methods() {
    return methods;
  }

  /** All figures of all cases. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("baseline", baseline);
    figures.put("cases", scores.stream().map(Score::figures).toList());
    return figures;
  }

  /** Error over that of the baseline on the same case; NaN where that is missing. */
  double ratio(Score score) {
    return scores.stream()
        .filter(s -> s.method().equals(baseline) && s.caseName().equals(score.caseName()))
        .mapToDouble(s -> Figure.NRMSE.of(score) / Figure.NRMSE.of(s))
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The tables with headings. */
  public String markdown() {
    return "## Medians by family\n\n"
        + byFamily()
        + "\n## Medians by part of the mask\n\n"
        + byStratum()
        + "\n## Uncertainty, medians over all cases\n\n"
        + uncertainty()
        + "\n## Cases\n\n"
        + cases();
  }

  private String byFamily() {
    List<String> titles = new ArrayList<>(List.of("family", "method", "cases"));
    MAIN.forEach(figure -> titles.add(figure.title));
    titles.addAll(List.of("seconds", "ratio to " + baseline, "worst ratio"));
    MarkdownTable table = new MarkdownTable(titles);
    for (String family : families()) {
      for (String method : methods) {
        List<Score> part = of(method, family);
        List<String> row = new ArrayList<>(List.of(family, method, "" + part.size()));
        MAIN.forEach(figure -> row.add(median(part, figure::of, figure.digits)));
        row.add(median(part, Score::seconds, 1));
        row.add(median(part, this::ratio, 3));
        double worst = part.stream().mapToDouble(this::ratio).max().orElse(Double.NaN);
        row.add(MarkdownTable.number(worst, 3));
        table.add(row);
      }
    }
    return table.toString();
  }

  private List<String> families() {
    List<String> families = new ArrayList<>();
    scores.stream().map(Score::family).distinct().sorted().forEach(families::add);
    if (families.size() > 1) {
      families.add(ALL);
    }
    return families;
  }

  private List<Score> of(String method, String family) {
    return scores.stream()
        .filter(s -> s.method().equals(method))
        .filter(s -> family.equals(ALL) || s.family().equals(family))
        .toList();
  }

  private static String median(List<Score> part, ToDoubleFunction<Score> value, int digits) {
    return MarkdownTable.number(Median.of(part.stream().mapToDouble(value)), digits);
  }

  private String byStratum() {
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "part",
                "method",
                "cases",
                "NRMSE %",
                "RMSE ppb",
                "1 sd %",
                "2 sd %",
                "3 sd %",
                "mean z2",
                "Spearman",
                "if right"));
    TreeSet<String> names = new TreeSet<>();
    scores.forEach(score -> names.addAll(score.evaluation().strata().keySet()));
    for (String name : names) {
      for (String method : methods) {
        List<Evaluation.Stratum> parts =
            of(method, ALL).stream()
                .flatMap(s -> Stream.ofNullable(s.evaluation().strata().get(name)))
                .toList();
        table.add(
            List.of(
                name,
                method,
                "" + parts.size(),
                middle(parts, Evaluation.Stratum::nrmsePercent, 1),
                middle(parts, Evaluation.Stratum::rmsePpb, 1),
                middle(parts, calibrated(Calibration::within1Percent), 1),
                middle(parts, calibrated(Calibration::within2Percent), 1),
                middle(parts, calibrated(Calibration::within3Percent), 1),
                middle(parts, calibrated(Calibration::meanSquaredZ), 2),
                middle(parts, calibrated(Calibration::spearman), 2),
                middle(parts, calibrated(Calibration::spearmanIfRight), 2)));
      }
    }
    return table.toString();
  }

  private static ToDoubleFunction<Evaluation.Stratum> calibrated(
      ToDoubleFunction<Calibration> figure) {
    return part -> part.calibration().map(figure::applyAsDouble).orElse(Double.NaN);
  }

  private static String middle(
      List<Evaluation.Stratum> parts, ToDoubleFunction<Evaluation.Stratum> value, int digits) {
    return MarkdownTable.number(Median.of(parts.stream().mapToDouble(value)), digits);
  }

  private String uncertainty() {
    List<String> titles = new ArrayList<>(List.of("method"));
    UNCERTAINTY.forEach(figure -> titles.add(figure.title));
    MarkdownTable table = new MarkdownTable(titles);
    for (String method : methods) {
      List<Score> part = of(method, ALL);
      if (part.stream().anyMatch(s -> s.evaluation().uncertainty().isPresent())) {
        List<String> row = new ArrayList<>(List.of(method));
        UNCERTAINTY.forEach(figure -> row.add(median(part, figure::of, figure.digits)));
        table.add(row);
      }
    }
    return table.toString();
  }

  private String cases() {
    List<String> titles = new ArrayList<>(List.of("case", "method"));
    MAIN.forEach(figure -> titles.add(figure.title));
    titles.addAll(List.of("seconds", "ratio to " + baseline));
    MarkdownTable table = new MarkdownTable(titles);
    for (Score score : scores) {
      List<String> row = new ArrayList<>(List.of(score.caseName(), score.method()));
      MAIN.forEach(figure -> row.add(MarkdownTable.number(figure.of(score), figure.digits)));
      row.add(MarkdownTable.number(score.seconds(), 1));
      row.add(MarkdownTable.number(ratio(score), 3));
      table.add(row);
    }
    return table.toString();
  }
}
