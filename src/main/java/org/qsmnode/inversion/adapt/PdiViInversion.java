package org.qsmnode.inversion.adapt;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Ending;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.InversionFindings;
import org.qsmnode.inversion.NetworkModel;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.TimeBudget;
import org.qsmnode.inversion.error.PosteriorSampler;
import org.qsmnode.inversion.pdi.MirroredViews;
import org.qsmnode.inversion.pdi.NetworkFindings;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.inversion.pdi.PdiInversion;
import org.qsmnode.inversion.pdi.PdiModel;
import org.qsmnode.inversion.pdi.PdiPrediction;
import org.qsmnode.inversion.pdi.PdiReport;
import org.qsmnode.inversion.pdi.Reliability;
import org.qsmnode.inversion.pdi.StartMaps;
import org.qsmnode.network.Engine;
import org.qsmnode.network.Engines;
import org.qsmnode.network.Network;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Box;

/**
 * Patient-adaptive probabilistic dipole inversion (PDI-VI, Zhang et al. 2021, MELBA 2021:003): the
 * network's posterior ({@link PdiInversion}), adapted to the field of the patient by {@link
 * PdiAdaptation} within a time budget. Where the start map found sources outside the mask and the
 * model has a network for it, a {@link SecondLook} comes before.
 *
 * <p>Short of time, stages are given up in this order. First second look and weights by risk, then
 * further views and steps of adaptation, then steps of the start map, at last the network. The
 * findings say each.
 */
public final class PdiViInversion implements Inversion {

  /** Part of the time without the network's that the start map may take. */
  private static final double START_SHARE = 0.5;

  /** Part of what is left that passes of the network beyond the first may take. */
  private static final double VIEWS_SHARE = 0.25;

  /** Standard deviation of a map of which none is known. */
  private static final float UNKNOWN_SD_PPM = 1;

  private static final String NOT_ADAPTED =
      "There was no time to adapt the map to this patient: it is that of the network alone.";
  private static final String NO_NETWORK =
      "There was no time for the network: the map is that of total variation alone, and its"
          + " standard deviation, 1000 ppb everywhere, says that none is known.";

  private final Supplier<PdiModel> source;
  private final StartMaps starters;
  private final PdiViSettings settings;
  private final LongSupplier nanoTime;

  /**
   * @param source gives the model when it is first needed
   * @param starters make the maps that networks correct
   * @param nanoTime clock of the time budget
   */
  public PdiViInversion(
      Supplier<PdiModel> source,
      StartMaps starters,
      PdiViSettings settings,
      LongSupplier nanoTime) {
    this.source = source;
    this.starters = starters;
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  @Override
  public String name() {
    return "pdi-vi";
  }

  @Override
  public String parameters() {
    return "pdi-vi "
        + settings.canonical()
        + " start=("
        + starters.shown().parameters()
        + ") "
        + PdiReport.model(source.get())
        + source.get().secondLook().map(s -> " secondLook=" + PdiReport.model(s)).orElse("");
  }

  @Override
  public List<NetworkModel> networks() {
    PdiModel model = source.get();
    return Stream.concat(Stream.of(model), model.secondLook().stream())
        .map(PdiModel::identity)
        .toList();
  }

  @Override
  public Posterior invert(LocalField field, Progress progress) {
    TimeBudget budget = new TimeBudget(nanoTime, settings.budgetSeconds());
    PdiModel model = source.get();
    Engine engine = Engines.running();
    Result result;
    PdiInputs inputs;
    Posterior start;
    Seen seen;
    try (Network network = engine.open(model.weights())) {
      int[] dims = Box.around(field.mask(), 0).grid().dims();
      double pass = PassForecast.seconds(network, dims, budget);
      TimeBudget all = budget.allows(pass) ? budget.without(pass) : budget;
      start = starters.shown().invert(field, progress, all.share(START_SHARE));
      progress.at("network", 0);
      double before = budget.spent();
      inputs = PdiInputs.of(field, start);
      TimeBudget rest = budget.without(budget.spent() - before);
      int views = views(budget, pass);
      boolean again = start.outsidePpm().isPresent() && model.secondLook().isPresent();
      int firstViews = again ? Math.min(SecondLook.VIEWS, views) : views;
      Passes passes = new Passes(model, network, firstViews, before);
      if (views == 0) {
        seen = Seen.nothing();
        result = Result.ofStart(inputs, start);
      } else {
        PdiPrediction first = passes.over(inputs, start, progress);
        seen =
            again
                ? seenAgain(first, field, views, rest.without(views * pass), progress)
                : Seen.once(first, views, List.of());
        result = adapted(seen.answer().orElseThrow(), field, passes, rest, progress);
      }
    }
    Set<String> warnings = new LinkedHashSet<>(start.warnings());
    warnings.addAll(PdiReport.warnings(model, starters.trained(), field, inputs));
    warnings.addAll(seen.warnings());
    warnings.addAll(result.warnings());
    warnings.addAll(result.reliability().warnings(inputs));
    PdiViFindings findings =
        new PdiViFindings(
            name(),
            NetworkFindings.of(model, engine, start, inputs, List.copyOf(warnings)),
            result.findings(),
            seen.looks(),
            seen.views(),
            seen.secondStart(),
            model.secondLook().map(second -> second.identity().sha256()).orElse(null),
            result.reliability().unread(),
            settings.budgetSeconds(),
            budget.spent());
    return new Posterior(
        inputs.onWhole(field, result.mu()),
        Optional.of(inputs.onWhole(field, result.sd())),
        findings,
        result.sampler(),
        Optional.of(result.reliability().mask(field, inputs)),
        List.copyOf(warnings),
        Optional.empty());
  }

  /** For how many views of the volume there is time; 0 if there is none for the network. */
  private static int views(TimeBudget budget, double pass) {
    double left = budget.left() / TimeBudget.CAUTION;
    if (MirroredViews.ALL * pass <= VIEWS_SHARE * left) {
      return MirroredViews.ALL;
    }
    return pass <= left ? 1 : 0;
  }

  /**
   * What networks said of a field.
   *
   * @param answer of the last one; empty if none was asked
   * @param looks how many were asked
   * @param views of the volume that the last one saw
   */
  private record Seen(Optional<PdiPrediction> answer, int looks, int views, List<String> warnings) {

    static Seen nothing() {
      return new Seen(Optional.empty(), 0, 0, List.of());
    }

    static Seen once(PdiPrediction first, int views, List<String> warnings) {
      return new Seen(Optional.of(first), 1, views, warnings);
    }

    /** Findings of the map that the network of the second look corrected; null without one. */
    @Nullable InversionFindings secondStart() {
      return looks > 1 ? answer.orElseThrow().start().findings() : null;
    }
  }

  /**
   * Asks the network of the second look, if there is time.
   *
   * @param budget without what follows the second start map
   */
  private Seen seenAgain(
      PdiPrediction first, LocalField field, int views, TimeBudget budget, Progress progress) {
    PdiModel model = source.get();
    SecondLook look = new SecondLook(model, starters.trained());
    SecondLook.Attempt start =
        budget.allows(budget.spent())
            ? look.after(first, field, budget, progress)
            : SecondLook.Attempt.outOfTime();
    if (start.map().isEmpty()) {
      return Seen.once(first, SecondLook.VIEWS, List.of(start.whyNot()));
    }
    PdiModel second = model.secondLook().orElseThrow();
    PdiPrediction answer = PdiPrediction.of(field, start.map().get(), second, views, progress);
    List<String> warnings = PdiReport.warnings(second, look, field, answer.inputs());
    return new Seen(Optional.of(answer), 2, views, warnings);
  }

  /**
   * A network and how often it sees a volume.
   *
   * @param began when there was a start map, seconds of the budget
   */
  private record Passes(PdiModel model, Network network, int views, double began) {
    PdiPrediction over(PdiInputs inputs, Posterior start, Progress progress) {
      return PdiPrediction.of(inputs, start, model, network, views, progress);
    }
  }

  /**
   * Adapts as far as there is time.
   *
   * @param budget without what the preparation of an adaptation takes
   */
  private Result adapted(
      PdiPrediction prediction,
      LocalField field,
      Passes passes,
      TimeBudget budget,
      Progress progress) {
    double before = budget.spent();
    if (!budget.allows(0)) {
      return Result.ofNetwork(prediction);
    }
    PdiAdaptation adaptation = new PdiAdaptation(prediction, field);
    double ending = budget.spent() - before;
    AdaptationRun run = new AdaptationRun(budget.without(ending), settings.steps());
    adaptation.run(run, part -> progress.at("adaptation", part));
    if (adaptation.hasRisk() && budget.allows(budget.spent())) {
      weights(adaptation, prediction, field, passes, budget).ifPresent(adaptation::poolBy);
    }
    progress.at("adaptation", 1);
    float[] mu = adaptation.mu();
    float[] sd = adaptation.sd();
    AdaptationFindings findings = adaptation.findings(run);
    boolean tooLate = run.ending() == Ending.TIME_BUDGET && !findings.adapted();
    return new Result(
        mu,
        sd,
        Optional.of(prediction.sampler(mu, sd)),
        adaptation.reliability(sd),
        findings,
        tooLate ? List.of(NOT_ADAPTED) : List.of());
  }

  /**
   * Weights of least risk; empty where the time was up before all maps were made once more, or that
   * took the field for another kind.
   */
  private Optional<PooledMaps.Weights> weights(
      PdiAdaptation adaptation,
      PdiPrediction prediction,
      LocalField field,
      Passes passes,
      TimeBudget budget) {
    double afterStart = budget.spent() - passes.began();
    FieldRisk risk = new FieldRisk(prediction.inputs(), prediction.start());
    LocalField disturbed = risk.disturbed(field);
    TimeBudget forStart = budget.without(TimeBudget.CAUTION * afterStart);
    Posterior start = starters.shown().invert(disturbed, Progress.NONE, forStart);
    boolean otherKind = start.outsidePpm().isPresent();
    if (otherKind || start.ranOutOfTime() || !budget.allows(afterStart)) {
      return Optional.empty();
    }
    PdiInputs inputs = PdiInputs.of(disturbed, start);
    PdiAdaptation again = new PdiAdaptation(passes.over(inputs, start, Progress.NONE), disturbed);
    AdaptationRun run = new AdaptationRun(budget, settings.steps());
    again.run(run, part -> {});
    return run.ending() == Ending.TIME_BUDGET
        ? Optional.empty()
        : Optional.of(risk.best(adaptation.maps(), again.maps()));
  }

  /** What there was time for. */
  private record Result(
      float[] mu,
      float[] sd,
      Optional<PosteriorSampler> sampler,
      Reliability reliability,
      AdaptationFindings findings,
      List<String> warnings) {

    static Result ofNetwork(PdiPrediction prediction) {
      return new Result(
          prediction.mu(),
          prediction.sd(),
          Optional.of(prediction.sampler(prediction.mu(), prediction.sd())),
          Reliability.of(prediction.inputs(), prediction.sd(), i -> false),
          AdaptationFindings.NotBegun.outOfTime(),
          List.of(NOT_ADAPTED));
    }

    static Result ofStart(PdiInputs inputs, Posterior start) {
      float[] sd = new float[inputs.startPpm().length];
      for (int i = 0; i < sd.length; i++) {
        sd[i] = inputs.mask().data()[i] ? UNKNOWN_SD_PPM : 0;
      }
      return new Result(
          inputs.startPpm(),
          sd,
          Optional.empty(),
          Reliability.of(inputs, sd, i -> false),
          AdaptationFindings.NotBegun.outOfTime(),
          List.of(NO_NETWORK));
    }
  }
}
