package org.qsmnode.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.inversion.InversionFindings;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

class ComparisonTest {

  @TempDir Path folder;

  /** A map whose error is {@code part} of the truth everywhere, so that its NRMSE is known. */
  private static Score score(String name, String family, String method, double part, boolean sd) {
    Grid grid = Grid.isotropic(10, 10, 10, 1);
    Volume truth = Volume.zeros(grid);
    new SeededRandom(name.hashCode()).fillGaussian(truth.data());
    Volume map = truth.copy();
    Volume labels = Volume.zeros(grid);
    Volume stated = Volume.zeros(grid);
    for (int i = 0; i < grid.size(); i++) {
      map.data()[i] *= (float) (1 - part);
      labels.data()[i] = 1 + i / 100;
      stated.data()[i] = 0.1f + Math.abs(truth.data()[i]);
    }
    Evaluation evaluation =
        Evaluation.of(
            new Evaluation.Input(
                map,
                sd ? Optional.of(stated) : Optional.empty(),
                truth,
                Mask.full(grid),
                Optional.of(labels),
                List.of(),
                Vector3.Z));
    return new Score(name, family, method, evaluation, 2, new Steps(method, 7));
  }

  private record Steps(String method, int iterations) implements InversionFindings {}

  private static Comparison comparison() {
    List<Score> scores = new ArrayList<>();
    double[] errors = {0.1, 0.2, 0.4};
    for (int c = 0; c < 3; c++) {
      String family = c < 2 ? "head" : "lesions";
      scores.add(score("case" + c, family, "new", errors[c], true));
      scores.add(score("case" + c, family, "old", 0.2, false));
    }
    return new Comparison(scores, "old");
  }

  private static List<String> row(String table, String... start) {
    String line =
        table
            .lines()
            .filter(l -> l.startsWith("| " + String.join(" | ", start) + " |"))
            .findFirst()
            .orElseThrow();
    return Arrays.stream(line.substring(2, line.length() - 2).split(" \\| ")).toList();
  }

  @Test
  void mediansRatiosAndTheWorstRatioStandInTheTable() {
    String table = comparison().markdown();
    List<String> all = row(table, "all", "new", "3");
    assertEquals("20.0", all.get(3));
    assertEquals("1.000", all.get(all.size() - 2));
    assertEquals("2.000", all.get(all.size() - 1));
    List<String> heads = row(table, "head", "new", "2");
    assertEquals("15.0", heads.get(3));
    assertEquals("0.750", heads.get(heads.size() - 2));
    assertEquals("–", row(table, "head", "old", "2").get(8), "no coverage without sd");
    assertEquals("10.0", row(table, "case0", "new").get(2));
  }

  @Test
  void everyPartAndEveryMethodWithASigmaHasItsRow() {
    String table = comparison().markdown();
    assertEquals("3", row(table, "deep grey", "new").get(2));
    assertEquals("3", row(table, "edge", "old").get(2));
    String uncertainty =
        table.substring(table.indexOf("## Uncertainty"), table.indexOf("## Cases"));
    assertTrue(uncertainty.contains("| new |"));
    assertFalse(uncertainty.contains("| old |"));
  }

  @Test
  void everyFigureIsInTheJsonAndWhatIsNoNumberIsNull() {
    JsonNode tree = FigureJson.tree(comparison().figures());
    assertEquals("old", tree.path("baseline").asText());
    JsonNode first = tree.path("cases").path(0);
    assertEquals(10, first.path("accuracy").path("nrmsePercent").asDouble(), 1e-3);
    assertEquals(7, first.path("report").path("iterations").asInt());
    assertEquals(19, first.path("uncertainty").path("reliability").path("observed").size());
    JsonNode edge = first.path("strata").path("edge");
    assertTrue(edge.path("calibration").isObject());
    assertEquals(4, edge.size(), "no curves of parts in " + edge);
    assertTrue(FigureJson.tree(Map.of("a", Double.NaN, "b", List.of(1.5))).path("a").isNull());
  }

  @Test
  void picturesAreWrittenForWhatThereIs() throws Exception {
    new ComparisonPlots(comparison()).write(folder);
    for (String name : List.of("error", "reliability", "sparsification", "spectrum")) {
      assertTrue(Files.size(folder.resolve(name + ".png")) > 500, name);
    }
    for (String kind : List.of("reliability", "sparsification")) {
      for (String by : List.of("tissue", "family")) {
        String name = kind + "-by-" + by + "-";
        BufferedImage found = ImageIO.read(folder.resolve(name + "new.png").toFile());
        assertEquals(720, found.getWidth(), name);
        assertFalse(Files.exists(folder.resolve(name + "old.png")), "no sd, no picture");
      }
    }
    Path second = folder.resolve("second");
    Comparison bare = new Comparison(List.of(score("a", "head", "old", 0.1, false)), "old");
    new ComparisonPlots(bare).write(second);
    assertFalse(Files.exists(second.resolve("reliability.png")));
  }

  /**
   * White and cortex of equal size. Errors are 0.1 and 0.3 in halves of the white matter, where the
   * standard deviation is {@code scale} times that or, swapped, that of the other half; in the
   * cortex 0.3 with {@code scale} times 0.1. Half of all errors are negative.
   */
  private static Score stated(String family, double scale, boolean swapped) {
    Grid grid = Grid.isotropic(10, 10, 10, 1);
    Volume map = Volume.zeros(grid);
    Volume labels = Volume.zeros(grid);
    Volume sd = Volume.zeros(grid);
    for (int i = 0; i < grid.size(); i++) {
      boolean white = i < grid.size() / 2;
      double size = white && i % 4 < 2 ? 0.1 : 0.3;
      labels.data()[i] = white ? 8 : 9;
      map.data()[i] = (float) (i % 2 == 0 ? size : -size);
      sd.data()[i] = (float) (scale * (!white ? 0.1 : swapped ? 0.4 - size : size));
    }
    Evaluation evaluation =
        Evaluation.of(
            new Evaluation.Input(
                map,
                Optional.of(sd),
                Volume.zeros(grid),
                Mask.full(grid),
                Optional.of(labels),
                List.of(),
                Vector3.Z));
    return new Score("case", family, "new", evaluation, 1, new Steps("new", 1));
  }

  private static MeanCurves curves() {
    return new MeanCurves(
        List.of(stated("lesions", 1, true), stated("head", 1, false), stated("head", 2, false)));
  }

  private static double at(Map<String, double[]> lines, String name, int index) {
    return Objects.requireNonNull(lines.get(name))[index];
  }

  @Test
  void theLinesOfTissuesAreMeansOfTheirPartsOverCases() {
    Map<String, double[]> found =
        curves().byTissue(part -> part.reliability().map(ReliabilityCurve::observed));
    assertEquals(List.of("white", "cortex", "edge"), List.copyOf(found.keySet()));
    assertEquals((0.25 + 0.5 + 0) / 3, at(found, "white", 3), 1e-9, "z below -0.84");
    assertEquals((0.5 + 0.5 + 0) / 3, at(found, "cortex", 0), 1e-9, "z below -1.64");
    Map<String, double[]> rest =
        curves().byTissue(part -> part.sparsification().map(Sparsification::bySd));
    assertEquals((0.3 + 0.1 + 0.1) / Math.sqrt(0.05) / 3, at(rest, "white", 50), 1e-6);
    assertEquals(1, at(rest, "cortex", 50), 1e-6, "all errors alike");
  }

  @Test
  void theLinesOfFamiliesAreMeansOverTheirCases() {
    Map<String, double[]> found = curves().byFamily(u -> u.reliability().observed());
    assertEquals(List.of("head", "lesions"), List.copyOf(found.keySet()));
    assertEquals((0.25 + 0) / 2, at(found, "head", 0), 1e-9, "z below -1.64");
    assertEquals(0.375, at(found, "lesions", 0), 1e-9);
    Map<String, double[]> rest = curves().byFamily(u -> u.sparsification().bySd());
    assertEquals(Math.sqrt((0.01 + 2 * 0.09) / 3 / 0.07), at(rest, "head", 25), 1e-6);
    assertEquals(Math.sqrt(0.09 / 0.07), at(rest, "lesions", 25), 1e-6);
  }

  @Test
  void aMethodWithoutAStandardDeviationHasNoLines() {
    MeanCurves bare = new MeanCurves(List.of(score("a", "head", "old", 0.1, false)));
    assertTrue(bare.all(u -> u.reliability().observed()).isEmpty());
    assertTrue(bare.byFamily(u -> u.reliability().observed()).isEmpty());
    assertTrue(bare.byTissue(part -> part.reliability().map(ReliabilityCurve::observed)).isEmpty());
  }
}
