package org.qsmnode.inversion.classic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Ending;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.NoiseAndPrior;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.TimeBudget;
import org.qsmnode.inversion.data.BoxedField;
import org.qsmnode.inversion.data.EdgeWeights;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.inversion.data.NoiseWeights;
import org.qsmnode.inversion.data.SourceSpace;
import org.qsmnode.numeric.Parallel;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Mask;

/**
 * Weighted total variation (Liu et al. 2012, doi:10.1002/mrm.23000; Bilgic et al. 2014,
 * doi:10.1002/mrm.25029). Of the maps whose field fits the local field within its noise it is the
 * one of least total variation. That is the sum of absolute differences between neighbours,
 * weighted by the edges of the magnitude. Voxels whose noise is infinite have no weight. Gives no
 * standard deviation.
 *
 * <p>{@link OutsideSources} take up what background removal left, or took too much of, where the
 * map after a few steps tells of that. If {@link OutsideCheck} is asked for, it must not
 * contradict.
 *
 * <p>Unless given, lambda is taken from the field. At the minimum lambda times the total variation
 * equals the inner product of weighted residual and weighted field of the map. That is so because
 * total variation grows in proportion to the map. So squared residual plus lambda times total
 * variation is the inner product of residual and measured field. For pure noise as residual that is
 * the number of voxels times the power of the noise. Lambda is set so that this holds. The power is
 * measured where the dipole kernel is almost zero. So a field whose stated noise is too small or
 * too large is smoothed as its true noise asks for. Unlike the discrepancy principle (Morozov
 * 1966), which leaves out the second term, the rule knows that a map takes up a part of the noise.
 */
public final class TvInversion implements Inversion {

  private static final String STAGE = "dipole inversion";
  private static final String NOT_CHECKED =
      "There was no time to check whether background removal erred; the map counts on it.";

  /** Step after which the map tells what is wrong with the field beyond noise. */
  private static final int LOOK = 22;

  /** Steps more for sources outside, where they are free. */
  private static final int MORE = 24;

  private final TvSettings settings;
  private final boolean checks;

  /** Total variation that frees sources outside by what its map tells after few steps. */
  public TvInversion(TvSettings settings) {
    this(settings, false);
  }

  private TvInversion(TvSettings settings, boolean checks) {
    this.settings = settings;
    this.checks = checks;
  }

  /**
   * Total variation that takes more steps before it frees sources outside, as {@link OutsideCheck}
   * has it. Where they are freed, the map is the same as without.
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
        + (checks ? " checkedSteps=" + OutsideCheck.LAST : "");
  }

  @Override
  public Posterior invert(LocalField field, Progress progress) {
    return invert(field, progress, TimeBudget.unlimited());
  }

  @Override
  public Posterior invert(LocalField field, Progress progress, TimeBudget budget) {
    double start = budget.spent();
    progress.at(STAGE, 0);
    BoxedField boxed = BoxedField.of(field);
    Mask mask = boxed.mask();
    NoiseWeights noise = boxed.noise();
    SourceSpace space = new SourceSpace(boxed.grid(), field.b0Direction(), 0);
    float[] known = space.embed(boxed.knownPpm());
    float[] squaredWeight = space.embed(noise.weight());
    for (int i = 0; i < squaredWeight.length; i++) {
      squaredWeight[i] *= squaredWeight[i];
    }
    boolean[] inside = space.embed(mask);
    float[][] edge = VariationWeights.of(space, mask, boxed.magnitude());
    double lambda = settings.lambda() > 0 ? settings.lambda() : startLambda(known, noise);
    SplitVariation problem =
        new SplitVariation(space, field.b0Direction(), known, squaredWeight, edge, lambda);
    double power = noise.fitted() ? 1 : startPower(known, noise);
    problem.divideWeights(power);
    OutsideSources outside = new OutsideSources(space, inside, boxed);
    OutsideCheck check = new OutsideCheck(each -> outside.excessPpm(each.problem()), budget);
    DoubleConsumer done = growing(part -> progress.at(STAGE, part));
    TvRun run = new TvRun(problem, inside, noise.known(), power, settings, budget);
    run.to(LOOK - 1, done);
    if (run.steps() == LOOK - 1 && run.end() >= LOOK && run.step()) {
      run = afterFirstLook(run, outside, check, done);
    }
    run.to(run.end(), done);
    float[] map = space.crop(run.problem().chi());
    MaskedMap.reference(map, mask);
    progress.at(STAGE, 1);
    boolean inTime = run.converged() || run.steps() == run.end();
    TvFindings findings =
        new TvFindings(
            name(),
            run.steps(),
            run.change(),
            run.converged(),
            run.converged() ? Ending.CONVERGED : inTime ? Ending.STEP_LIMIT : Ending.TIME_BUDGET,
            new NoiseAndPrior(run.problem().lambda(), Math.sqrt(run.power()), noise.fitted()),
            run.problem().misfit() / Math.max(1, noise.known()),
            run.residualOnField(),
            noise.known(),
            mask.count(),
            run.secondsPerStep(),
            budget.spent() - start,
            outside.weight(),
            checks ? check.verdict() : null);
    List<String> warnings = new ArrayList<>();
    if (!inTime) {
      warnings.add(
          "Total variation ended after %d of %d steps for lack of time."
              .formatted(run.steps(), run.end()));
    }
    if (check.verdict() == OutsideCheck.Verdict.NO_TIME) {
      warnings.add(NOT_CHECKED);
    }
    return new Posterior(
        boxed.onWhole(map),
        Optional.empty(),
        findings,
        Optional.empty(),
        Optional.empty(),
        warnings,
        outside.field(run.problem().chi()));
  }

  /** Goes on after the step of the first look, with sources outside freed or held. */
  private TvRun afterFirstLook(
      TvRun run, OutsideSources outside, OutsideCheck check, DoubleConsumer progress) {
    double excess = check.look(run);
    if (checks && !OutsideSources.exact(excess)) {
      double reserve = (run.end() + MORE - LOOK) * run.secondsPerStep();
      Optional<TvRun> held = check.heldIfExact(run.duplicate(), excess, reserve, progress);
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

  /** Progress that does not go back where steps are added. */
  private static DoubleConsumer growing(DoubleConsumer progress) {
    double[] most = {0};
    return part -> {
      most[0] = Math.max(most[0], part);
      progress.accept(most[0]);
    };
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
