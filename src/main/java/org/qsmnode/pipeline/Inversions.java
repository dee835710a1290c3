package org.qsmnode.pipeline;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.adapt.PdiViInversion;
import org.qsmnode.inversion.adapt.PdiViSettings;
import org.qsmnode.inversion.classic.FieldChoice;
import org.qsmnode.inversion.classic.GaussianInversion;
import org.qsmnode.inversion.classic.GaussianSettings;
import org.qsmnode.inversion.classic.TkdInversion;
import org.qsmnode.inversion.classic.TvInversion;
import org.qsmnode.inversion.classic.TvSettings;
import org.qsmnode.inversion.pdi.ModelFolder;
import org.qsmnode.inversion.pdi.PdiInversion;
import org.qsmnode.inversion.pdi.StartMaps;

/** The inversion methods by name. */
public final class Inversions {

  private static final TreeMap<String, Function<MethodSettings, Inversion>> METHODS =
      new TreeMap<>(
          Map.of(
              "gaussian", Inversions::gaussian,
              "pdi", Inversions::pdi,
              "pdi-vi", Inversions::pdiVi,
              "tkd", Inversions::tkd,
              "tv", Inversions::tv));

  private Inversions() {}

  /** The known names in alphabetical order. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(METHODS.keySet());
  }

  /** Whether a method needs a trained model: its setting {@code model}, a folder. */
  public static boolean usesModel(String method) {
    return method.equals("pdi") || method.equals("pdi-vi");
  }

  /**
   * A method with its parameters.
   *
   * @param settings values by name; what is absent has its documented default. {@code tkd}: {@code
   *     threshold}. {@code gaussian}: those of {@link GaussianSettings}, by the names {@code
   *     field}, {@code samples}, {@code iterations}, {@code tolerance}, {@code smoothing}, {@code
   *     seed}, {@code noiseFactor}, {@code gradient}, {@code inside}, {@code outside}, {@code
   *     marginMm}, {@code rounds}. {@code tv}: {@code lambda}, {@code iterations}, {@code
   *     tolerance}; see {@link TvSettings}. {@code pdi}: {@code model}. {@code pdi-vi}: {@code
   *     model}, {@code budgetSeconds}, {@code steps}
   * @throws IllegalArgumentException for an unknown method or setting, or a value out of range
   */
  public static Inversion named(String method, Map<String, String> settings) {
    Function<MethodSettings, Inversion> factory = METHODS.get(method);
    if (factory == null) {
      throw new IllegalArgumentException(
          "unknown method '" + method + "', known are " + METHODS.keySet());
    }
    MethodSettings values = new MethodSettings(method, settings);
    Inversion inversion = factory.apply(values);
    values.requireAllRead();
    return inversion;
  }

  private static Inversion tkd(MethodSettings settings) {
    return new TkdInversion(settings.number("threshold", TkdInversion.DEFAULT_THRESHOLD));
  }

  private static Inversion tv(MethodSettings settings) {
    TvSettings d = TvSettings.defaults();
    return TvInversion.checking(
        new TvSettings(
            settings.number("lambda", d.lambda()),
            settings.integer("iterations", d.iterations()),
            settings.number("tolerance", d.tolerance())));
  }

  private static Inversion gaussian(MethodSettings settings) {
    GaussianSettings d = GaussianSettings.defaults();
    return new GaussianInversion(
        new GaussianSettings(
            FieldChoice.of(settings.word("field", d.field().word())),
            settings.integer("samples", d.samples()),
            settings.integer("iterations", d.iterations()),
            settings.number("tolerance", d.tolerance()),
            settings.number("smoothing", d.smoothing()),
            settings.integer("seed", (int) d.seed()),
            settings.number("noiseFactor", d.noiseFactor()),
            settings.number("gradient", d.gradient()),
            settings.number("inside", d.inside()),
            settings.number("outside", d.outside()),
            settings.number("marginMm", d.marginMm()),
            settings.integer("rounds", d.rounds())));
  }

  private static Inversion pdi(MethodSettings settings) {
    return new PdiInversion(model(settings), StartMaps.standard());
  }

  private static Inversion pdiVi(MethodSettings settings) {
    PdiViSettings d = PdiViSettings.defaults();
    return new PdiViInversion(
        model(settings),
        StartMaps.standard(),
        new PdiViSettings(
            settings.number("budgetSeconds", d.budgetSeconds()),
            settings.integer("steps", d.steps())),
        System::nanoTime);
  }

  private static ModelFolder model(MethodSettings settings) {
    return new ModelFolder(Path.of(settings.word("model", "models/pdi")));
  }
}
