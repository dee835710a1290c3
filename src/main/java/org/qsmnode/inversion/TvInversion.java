package org.qsmnode.inversion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.ToDoubleFunction;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.Parallel;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Weighted total variation: the map whose field fits the local field within its noise and whose
 * absolute differences between neighbours, weighted by the edges of the magnitude, are smallest
 * (Liu et al. 2012, doi:10.1002/mrm.23000; Bilgic et al. 2014, doi:10.1002/mrm.25029). Voxels whose
 * noise is infinite have no weight. Gives no standard deviation.
 *
 * <p>{@link OutsideSources} take up what background removal left, or took too much of.
 *
 * <p>Unless given, lambda is taken from the field. At the minimum lambda times the total variation
 * equals the inner product of weighted residual and weighted field of the map, since total
 * variation grows in proportion to the map. So squared residual plus lambda times total variation
 * is the inner product of residual and measured field, which for pure noise as residual is the
 * number of voxels times the power of that noise. Lambda is set so that this holds. The power is
 * measured where the dipole kernel is almost zero, so that a field whose stated noise is too small
 * or too large is smoothed as its true noise asks for. Unlike the discrepancy principle (Morozov
 * 1966), which leaves out the second term, the rule knows that a map takes up a part of the noise.
 */
public final class TvInversion implements Inversion {

  private static final String STAGE = "dipole inversion";

  /** Step after which the map tells what is wrong with the field beyond noise. */
  private static final int LOOK = 22;

  /** Steps more for sources outside, where they are free. */
  private static final int MORE = 24;

  /** Steps from one look of the check to the next. */
  private static final int AGAIN = 6;

  /** Step after which the check ends; a field that turned out exact has no fewer. */
  private static final int CHECKED = 60;

  /** Part by which what more than noise is left may change where it stays. */
  private static final double STEADY = 0.1;

  /** Looks one after the other that have to find that it stays. */
  private static final int STEADY_LOOKS = 2;

  private final TvSettings settings;
  private final boolean checks;

  /** Total variation that frees sources outside as the first look tells. */
  public TvInversion(TvSettings settings) {
    this(settings, false);
  }

  private TvInversion(TvSettings settings, boolean checks) {
    this.settings = settings;
    this.checks = checks;
  }

  /**
   * Total variation that looks again before it frees sources outside. After few steps, a map of
   * many edges and strong contrasts may still leave a smooth part of an exact field unexplained.
   * More steps with sources outside held leave noise alone of such a field; errors of background
   * removal stay, and their fields get the same map as without the check.
   */
  public static TvInversion checking(TvSettings settings) {
    return new TvInversion(settings, true);
  }

  @Override
  public String name() {
    return "tv";
  }

  @Override
  public String parameters() {
    return settings.canonical()
        + " rule=residual-on-field edgeShare="
        + EdgeWeights.SHARE
        + " padding=1.5 freeOutside="
        + OutsideSources.FREE_WEIGHT
        + " freeSteps="
        + MORE
        + (checks ? " checkedSteps=" + CHECKED : "");
  }

  @Override
  public Posterior invert(LocalField field, Progress progress) {
    return invert(field, progress, TimeBudget.unlimited());
  }

  @Override
  public Posterior invert(LocalField field, Progress progress, TimeBudget budget) {
    double start = budget.spent();
    progress.at(STAGE, 0);
    Box box = Box.around(field.mask(), 0);
    Mask mask = box.crop(field.mask());
    NoiseWeights noise = NoiseWeights.of(field, field.localPpm(), box);
    SourceSpace space = SourceSpace.around(box, field.b0Direction(), 0);
    float[] known = space.embed(noise.known(field.localPpm(), box));
    float[] squaredWeight = space.embed(noise.weight());
    for (int i = 0; i < squaredWeight.length; i++) {
      squaredWeight[i] *= squaredWeight[i];
    }
    float[] magnitude = box.crop(field.magnitude()).data();
    boolean[] inside = space.embed(mask);
    float[][] edge = VariationWeights.of(space, mask, magnitude);
    double lambda = settings.lambda() > 0 ? settings.lambda() : startLambda(known, noise);
    SplitVariation problem =
        new SplitVariation(space, field.b0Direction(), known, squaredWeight, edge, lambda);
    double power = noise.fitted() ? 1 : startPower(known, noise);
    problem.divideWeights(power);
    OutsideSources outside = new OutsideSources(space, mask, inside);
    ToDoubleFunction<TvRun> excessPpm =
        each -> outside.excessPpm(each.problem(), field, box, noise);
    DoubleConsumer done = part -> progress.at(STAGE, part);
    TvRun run = new TvRun(problem, inside, noise.known(), power, settings, budget);
    run.to(LOOK - 1, done);
    if (run.steps() == LOOK - 1 && run.end() >= LOOK && run.step()) {
      run = looked(run, outside, excessPpm, budget);
    }
    run.to(run.end(), done);
    float[] map = space.crop(run.problem().chi());
    MaskedMap.reference(map, mask);
    progress.at(STAGE, 1);

    Map<String, Object> report = new LinkedHashMap<>();
    report.put("method", name());
    report.put("iterations", run.steps());
    report.put("relativeChange", run.change());
    boolean inTime = run.converged() || run.steps() == run.end();
    report.put("converged", run.converged());
    report.put("stop", run.converged() ? "CONVERGED" : inTime ? "STEP_LIMIT" : "TIME_BUDGET");
    report.put("lambdaPerPpmPerMm", run.problem().lambda());
    report.put("noiseFactor", Math.sqrt(run.power()));
    report.put("noiseFitted", noise.fitted());
    report.put("chiSquaredPerVoxel", run.problem().misfit() / Math.max(1, noise.known()));
    report.put("residualOnFieldPerVoxel", run.residualOnField());
    report.put("knownVoxels", noise.known());
    report.put("maskVoxels", mask.count());
    report.put("secondsPerStep", run.secondsPerStep());
    report.put("seconds", budget.spent() - start);
    report.put("outsideWeight", outside.weight());
    Volume whole = new Volume(field.grid(), box.embed(new Volume(box.grid(), map)).data());
    List<String> warnings =
        inTime
            ? List.of()
            : List.of(
                "Total variation ended after %d of %d steps for lack of time."
                    .formatted(run.steps(), run.end()));
    return new Posterior(
        whole,
        Optional.empty(),
        report,
        Optional.empty(),
        Optional.empty(),
        warnings,
        outside.field(run.problem().chi(), box));
  }

  /** Goes on after the step of the first look, with sources outside freed or held. */
  private TvRun looked(
      TvRun run, OutsideSources outside, ToDoubleFunction<TvRun> excessPpm, TimeBudget budget) {
    double excess = excessPpm.applyAsDouble(run);
    boolean time = budget.allows((CHECKED - LOOK + MORE) * run.secondsPerStep());
    if (checks && time && !OutsideSources.exact(excess)) {
      Optional<TvRun> held = exact(run.copy(), excess, excessPpm);
      if (held.isPresent()) {
        return held.get();
      }
    }
    if (outside.free(run.problem(), excess)) {
      run.endAfter(run.end() + MORE);
    }
    run.adjust();
    return run;
  }

  /**
   * Goes on with sources outside held.
   *
   * @param first what more than noise the first look found, ppm
   * @return empty if that stays
   */
  private static Optional<TvRun> exact(TvRun run, double first, ToDoubleFunction<TvRun> excessPpm) {
    run.endAfter(Math.max(CHECKED, run.end()));
    run.adjust();
    int steady = 0;
    while (run.steps() < CHECKED && steady < STEADY_LOOKS) {
      int before = run.steps();
      run.to(before + AGAIN, part -> {});
      double excess = excessPpm.applyAsDouble(run);
      if (OutsideSources.exact(excess)) {
        return Optional.of(run);
      }
      boolean stays = Math.abs(excess / first - 1) < STEADY || run.steps() == before;
      steady = stays ? steady + 1 : 0;
    }
    return Optional.empty();
  }

  /** A start from which the rule needs few steps: of the order of 1 over differences of chi. */
  private static double startLambda(float[] known, NoiseWeights noise) {
    double square = meanSquare(known, noise);
    return square > 0 ? 1 / Math.sqrt(square) : 1;
  }

  /** A tenth of the field counts as noise until it is measured. */
  private static double startPower(float[] known, NoiseWeights noise) {
    double square = meanSquare(known, noise);
    return square > 0 ? 0.01 * square : 1;
  }

  private static double meanSquare(float[] known, NoiseWeights noise) {
    return Parallel.dot(known, known) / Math.max(1, noise.known());
  }
}
