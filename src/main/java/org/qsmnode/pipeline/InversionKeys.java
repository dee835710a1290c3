package org.qsmnode.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.pipeline.ValueRange.Choice;
import org.qsmnode.pipeline.ValueRange.Number;
import org.qsmnode.pipeline.ValueRange.Text;
import org.qsmnode.pipeline.ValueRange.Whole;

/** Settings of dipole inversion; {@code inversion.<method>.<name>} counts for that method only. */
final class InversionKeys {

  static final SettingKey METHOD =
      new SettingKey(
          "inversion.method", "Dipole inversion method.", "", new Choice(names()), "pdi-vi");

  private static final SettingKey MODEL =
      new SettingKey(
          "inversion.model",
          "Trained model of the methods pdi and pdi-vi: its folder, or a folder of its versions, of"
              + " which the newest is taken; a relative path starts at the installation.",
          "path",
          new Text("a folder", text -> !text.isBlank()),
          "models/pdi");

  static final List<SettingKey> ALL =
      List.of(
          METHOD,
          MODEL,
          new SettingKey(
              "inversion.gaussian.field",
              "Field that is explained: total, or local after background removal.",
              "",
              new Choice(List.of("total", "local")),
              "local"),
          new SettingKey(
              "inversion.gaussian.samples",
              "Posterior samples from which the standard deviation is computed.",
              "",
              new Whole(2, 1000),
              "4"),
          new SettingKey(
              "inversion.gaussian.iterations",
              "Most conjugate gradient steps of one solution.",
              "",
              new Whole(1, 10000),
              "60"),
          new SettingKey(
              "inversion.gaussian.tolerance",
              "Relative residual at which a solution counts as found.",
              "",
              new Number(1e-8, 0.5),
              "0.001"),
          new SettingKey(
              "inversion.gaussian.smoothing",
              "Width over which the sampled variance is averaged; 0 takes the samples as they are.",
              "voxels",
              new Number(0, 8),
              "1.5"),
          new SettingKey(
              "inversion.gaussian.seed",
              "Seed of the posterior samples.",
              "",
              new Whole(0, Integer.MAX_VALUE),
              "20260101"),
          new SettingKey(
              "inversion.gaussian.noise-factor",
              "Factor on the fitted noise of the field; 0 estimates it from the field.",
              "",
              new Number(0, 100),
              "0"),
          new SettingKey(
              "inversion.gaussian.gradient",
              "Differences of neighbours in the prior; 0 estimates them from the field.",
              "ppm/mm",
              new Number(0, 10),
              "0"),
          new SettingKey(
              "inversion.gaussian.inside",
              "Standard deviation of susceptibility inside the mask in the prior.",
              "ppm",
              new Number(0.001, 100),
              "0.1"),
          new SettingKey(
              "inversion.gaussian.outside",
              "Standard deviation of sources outside the mask in the prior.",
              "ppm",
              new Number(0.001, 100),
              "1"),
          new SettingKey(
              "inversion.gaussian.margin-mm",
              "Least distance around the mask in which sources may lie.",
              "mm",
              new Number(0, 200),
              "24"),
          new SettingKey(
              "inversion.gaussian.rounds",
              "How often noise factor and gradient are estimated anew.",
              "",
              new Whole(1, 100),
              "2"),
          new SettingKey(
              "inversion.pdi-vi.budget-seconds",
              "Time for one inversion, start map and network included. Where it is short, first"
                  + " adaptation ends early, then the start map, and at last the network is left"
                  + " out; the result says so.",
              "s",
              new Number(1, 86400),
              "720"),
          new SettingKey(
              "inversion.pdi-vi.steps",
              "Most steps of adaptation to the patient; 0 leaves the network's posterior as it is.",
              "",
              new Whole(0, 10000),
              "200"),
          new SettingKey(
              "inversion.tkd.threshold",
              "Dipole kernel values nearer to zero than this are replaced by it.",
              "",
              new Number(0.01, 0.66),
              "0.19"),
          new SettingKey(
              "inversion.tv.lambda",
              "Weight of total variation against half the squared residual; 0 takes it from the"
                  + " field.",
              "1/(ppm/mm)",
              new Number(0, 1e6),
              "0"),
          new SettingKey(
              "inversion.tv.iterations",
              "Most steps; 24 more where the field shows errors of background removal, up to 60"
                  + " where it seemed to.",
              "",
              new Whole(1, 10000),
              "30"),
          new SettingKey(
              "inversion.tv.tolerance",
              "Relative change of the map in one step at which it counts as found.",
              "",
              new Number(1e-6, 0.5),
              "0.01"));

  private InversionKeys() {}

  /** The keys that count for {@code method}. */
  static List<SettingKey> of(String method) {
    return ALL.stream()
        .filter(
            key ->
                key.equals(METHOD)
                    || key.equals(MODEL) && Inversions.usesModel(method)
                    || key.name().startsWith("inversion." + method + "."))
        .toList();
  }

  static Inversion read(SettingValues values) {
    return read(values, values.text(METHOD));
  }

  /** The method without a network that maps are compared with. */
  static Inversion reference(SettingValues values) {
    return read(values, "tv");
  }

  private static Inversion read(SettingValues values, String method) {
    Map<String, String> own = new HashMap<>();
    values
        .below("inversion." + method + ".")
        .forEach((name, value) -> own.put(camelCase(name), value));
    if (Inversions.usesModel(method)) {
      own.put("model", values.text(MODEL));
    }
    return Inversions.named(method, own);
  }

  private static String camelCase(String hyphenated) {
    StringBuilder camel = new StringBuilder();
    for (String word : hyphenated.split("-")) {
      camel.append(
          camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return camel.toString();
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    Inversions.names().forEach(names::add);
    return names;
  }
}
