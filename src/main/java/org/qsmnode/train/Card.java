package org.qsmnode.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.qsmnode.inversion.error.ErrorModel;
import org.qsmnode.inversion.error.ErrorModels;
import org.qsmnode.inversion.error.FactorTable;
import org.qsmnode.inversion.pdi.PdiFacts;
import org.qsmnode.simulate.cases.CaseFamily;

/**
 * What a model is and how well it does, from one training run.
 *
 * @param facts what the header of the weights says
 * @param recipe how it was trained
 * @param origin model that training started from
 * @param engine what it was trained with
 * @param parameters number of trained values
 * @param training number of training cases by family
 * @param validation number of validation cases by family
 * @param calibration number of calibration cases by family
 * @param curve every validation
 * @param scores on the test cases, by family and tissue, with the calibrated variance
 */
record Card(
    PdiFacts facts,
    Recipe recipe,
    Optional<String> origin,
    String engine,
    int parameters,
    Map<String, Integer> training,
    Map<String, Integer> validation,
    Map<String, Integer> calibration,
    List<Curve.Point> curve,
    Map<String, Map<String, Score>> scores) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final String LIMITS =
      """
      ## Limits

      - Trained and tested on simulated heads only; the tables say nothing about patients.
      - The truth of a case whose field was mapped is the susceptibility inside the mask that field mapping found.
      - Voxel sizes, fields, echo times, noise and local fields outside the trained ranges are flagged in a result's report.
      - Standard deviations are of single voxels; errors of neighbours, and of voxels of like susceptibility, are correlated.
      """;

  /** Number of cases by family. */
  static Map<String, Integer> families(List<CachedCase> cases) {
    Map<String, Integer> counts = new TreeMap<>();
    cases.forEach(one -> counts.merge(one.family(), 1, Integer::sum));
    return counts;
  }

  String json(String sha256) throws JsonProcessingException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("sha256", sha256);
    root.put("facts", facts.texts());
    root.put("recipe", recipe);
    origin.ifPresent(model -> root.put("origin", model));
    root.put("engine", engine);
    root.put("parameters", parameters);
    root.put("trainingCases", training);
    root.put("validationCases", validation);
    root.put("calibrationCases", calibration);
    root.put("curve", curve);
    Map<String, Object> test = new LinkedHashMap<>();
    scores.forEach(
        (family, tissues) -> {
          Map<String, Object> rows = new LinkedHashMap<>();
          tissues.forEach((tissue, score) -> rows.put(tissue, figures(score)));
          test.put(family, rows);
        });
    root.put("test", test);
    return JSON.writeValueAsString(root) + "\n";
  }

  private static Map<String, Object> figures(Score score) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("voxels", score.voxels());
    figures.put("startNrmsePercent", rounded(score.startNrmsePercent()));
    figures.put("networkNrmsePercent", rounded(score.networkNrmsePercent()));
    figures.put("meanZSquare", rounded(score.meanZSquare()));
    for (int d = 1; d <= 3; d++) {
      figures.put("within" + d + "Percent", rounded(score.withinPercent(d)));
    }
    return figures;
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  String markdown(String sha256) {
    StringBuilder text = new StringBuilder();
    text.append("# %s %s\n\n".formatted(facts.name(), facts.version()));
    text.append("SHA-256 of `weights.safetensors`: `%s`\n\n".formatted(sha256));
    text.append(
        "%,d trained values; corrects the map of `%s`; trained with %s.\n\n"
            .formatted(parameters, facts.start(), engine));
    text.append("## Recipe\n\n");
    text.append(
        "Cases: training %s; validation %s; calibration %s.\n\n"
            .formatted(counts(training), counts(validation), counts(calibration)));
    text.append(
        String.format(
            Locale.ROOT,
            "Widths %s, residual blocks %s; %d steps of %d patches of %d voxels per axis, learning"
                + " rate %s, beta %s, seed %d.%n%n",
            recipe.widths(),
            recipe.blocks(),
            recipe.steps(),
            recipe.batch(),
            recipe.edge(),
            recipe.learningRate(),
            recipe.beta(),
            recipe.seed()));
    text.append(
        "A mapped case is drawn twice as often as an exact one, and every case once more for each"
            + " %,d voxels of the box around its mask.\n\n".formatted(Training.LARGE_VOXELS));
    origin.ifPresent(
        model -> text.append("Started from the weights of ").append(model).append(".\n\n"));
    text.append(calibrationTables());
    text.append("Trained ranges: ");
    text.append(
        facts.texts().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("trained."))
            .map(entry -> entry.getKey().substring(8) + " " + entry.getValue())
            .collect(Collectors.joining(", ")));
    text.append(".\n\n## Learning curve\n\n");
    text.append("| step | train loss | validation loss | NRMSE % | start NRMSE % | mean z^2 |\n");
    text.append("|---|---|---|---|---|---|\n");
    curve.forEach(
        point -> text.append("| ").append(point.line().replace(",", " | ")).append(" |\n"));
    text.append("\n## Test cases\n\n");
    text.append("| family | tissue | voxels | start NRMSE % | network NRMSE % | mean z^2");
    text.append(" | within 1 / 2 / 3 sd % |\n|---|---|---|---|---|---|---|\n");
    scores.forEach(
        (family, tissues) ->
            tissues.forEach((tissue, score) -> text.append(row(family, tissue, score))));
    return text.append('\n').append(LIMITS).toString();
  }

  private String calibrationTables() {
    return "On the calibration cases, predicted standard deviations need a factor by their size,"
        + " and one by that of the mean. Of the errors, voxels"
        + " of like means share a part, the same for all of them in one case:\n\n"
        + calibrationTables("up to", ErrorModels.QUIET_PPM, facts.errors().quiet())
        + calibrationTables("from", ErrorModels.NOISY_PPM, facts.errors().noisy());
  }

  private static String calibrationTables(String limit, double excessNoisePpm, ErrorModel errors) {
    String field =
        String.format(
            Locale.ROOT, "excess noise of the field %s %.1f ppb: ", limit, 1000 * excessNoisePpm);
    return factors(field + "predicted, ppb", errors.sd().byPredicted())
        + factors(field + "size of the mean, ppb", errors.sd().byMean())
        + table(
            row(
                field + "shared by voxels of a mean of, ppb",
                " %.1f |",
                ppb(errors.shared().meanPpm())),
            row("sd, ppb", " %.2f |", ppb(errors.shared().sdPpm())),
            errors.shared().sdPpm().length);
  }

  private static String factors(String heading, FactorTable table) {
    return table(
        row(heading, " %.1f |", ppb(table.ppm())),
        row("factor", " %.3f |", table.factor()),
        table.factor().length);
  }

  private static String table(String head, String values, int columns) {
    return head + "|---".repeat(columns + 1) + "|\n" + values + "\n";
  }

  private static double[] ppb(double[] ppm) {
    return Arrays.stream(ppm).map(value -> 1000 * value).toArray();
  }

  private static String row(String heading, String format, double[] values) {
    StringBuilder row = new StringBuilder("| " + heading + " |");
    for (double value : values) {
      row.append(String.format(Locale.ROOT, format, value));
    }
    return row.append('\n').toString();
  }

  private static String counts(Map<String, Integer> families) {
    return families.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String row(String family, String tissue, Score score) {
    boolean heldOut = CaseFamily.named(family).heldOut();
    return String.format(
        Locale.ROOT,
        "| %s%s | %s | %d | %.1f | %.1f | %.2f | %.1f / %.1f / %.1f |%n",
        family,
        heldOut ? " (held out)" : "",
        tissue,
        score.voxels(),
        score.startNrmsePercent(),
        score.networkNrmsePercent(),
        score.meanZSquare(),
        score.withinPercent(1),
        score.withinPercent(2),
        score.withinPercent(3));
  }
}
