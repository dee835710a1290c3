package org.qsmnode.inversion.pdi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qsmnode.field.LocalField;

/**
 * Ranges of the inputs that a network was trained on, each {lowest, highest}.
 *
 * @param voxelMm edges of voxels
 * @param tesla main field
 * @param firstEchoSeconds time of the first echo
 * @param lastEchoSeconds time of the last echo
 * @param sdPpm median standard deviation of the field, ppm
 * @param fieldPpm largest absolute local field but for one voxel in a thousand, ppm
 */
public record TrainedRange(
    double[] voxelMm,
    double[] tesla,
    double[] firstEchoSeconds,
    double[] lastEchoSeconds,
    double[] sdPpm,
    double[] fieldPpm) {

  private static final String FIRST_ECHO = "trained.firstEchoSeconds";
  private static final String LAST_ECHO = "trained.lastEchoSeconds";

  /** Nothing is outside. */
  public static TrainedRange unlimited() {
    double[] all = anything();
    return new TrainedRange(all, all, all, all, all, all);
  }

  /** A range that nothing is outside of. */
  public static double[] anything() {
    return new double[] {0, Double.MAX_VALUE};
  }

  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("trained.voxelMm", text(voxelMm));
    texts.put("trained.tesla", text(tesla));
    texts.put(FIRST_ECHO, text(firstEchoSeconds));
    texts.put(LAST_ECHO, text(lastEchoSeconds));
    texts.put("trained.sdPpm", text(sdPpm));
    texts.put("trained.fieldPpm", text(fieldPpm));
    return texts;
  }

  static TrainedRange of(Map<String, String> texts) {
    return new TrainedRange(
        range(texts, "trained.voxelMm"),
        range(texts, "trained.tesla"),
        range(texts, FIRST_ECHO),
        range(texts, LAST_ECHO),
        range(texts, "trained.sdPpm"),
        range(texts, "trained.fieldPpm"));
  }

  private static String text(double[] range) {
    return range[0] + ".." + range[1];
  }

  private static double[] range(Map<String, String> texts, String name) {
    String[] ends = PdiFacts.text(texts, name).split("\\.\\.", 2);
    if (ends.length != 2) {
      throw new IllegalArgumentException(name + " of the weights file is no range");
    }
    return new double[] {Double.parseDouble(ends[0]), Double.parseDouble(ends[1])};
  }

  /** What of an input lies outside, one sentence each; empty if nothing does. */
  List<String> outside(LocalField field, PdiInputs inputs) {
    List<String> found = new ArrayList<>();
    double[] edges = field.grid().voxelMm();
    for (double edge : edges) {
      check(found, "a voxel edge of %s mm", edge, voxelMm);
    }
    check(found, "a main field of %s T", field.fieldStrengthTesla(), tesla);
    List<Double> echoes = field.echoTimesSeconds();
    if (!echoes.isEmpty()) {
      double first = echoes.get(0);
      double last = echoes.get(echoes.size() - 1);
      check(found, "a first echo of %s ms", 1000 * first, milli(firstEchoSeconds));
      check(found, "a last echo of %s ms", 1000 * last, milli(lastEchoSeconds));
    }
    check(found, "a median noise of the field of %s ppm", inputs.medianSdPpm(), sdPpm);
    check(found, "a local field up to %s ppm", inputs.largestFieldPpm(), fieldPpm);
    return found.stream().distinct().toList();
  }

  private static double[] milli(double[] range) {
    return new double[] {1000 * range[0], 1000 * range[1]};
  }

  private static void check(List<String> found, String what, double value, double[] range) {
    double slack = 0.02 * value;
    if (value < range[0] - slack || value > range[1] + slack) {
      found.add(
          String.format(
              Locale.ROOT,
              "The network was not trained on "
                  + what
                  + " (range %.4g to %.4g); its standard deviation may be wrong.",
              String.format(Locale.ROOT, "%.3g", value),
              range[0],
              range[1]));
    }
  }
}
