package org.qsmnode.inversion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** First step after which lambda is adjusted, and steps from one adjustment to the next. */
  private static final int FIRST = 10;

  private static final int EVERY = 2;

  /** Step after which lambda is near enough to base the penalty on it. */
  private static final int RENEW = 18;

  /** Steps from one measurement of the noise to the next. */
  private static final int NOISE_EVERY = 10;

  /** Step after which the map tells what is wrong with the field beyond noise. */
  private static final int LOOK = 22;

  /** Steps more for sources outside, where they are free. */
  private static final int MORE = 24;

  private final TvSettings settings;

  public TvInversion(TvSettings settings) {
    this.settings = settings;
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
        + MORE;
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
    double change = 1;
    double longest = 0;
    int step = 0;
    int limit = settings.iterations();
    while (step < limit && change > settings.tolerance() && (step == 0 || budget.allows(longest))) {
      double before = budget.spent();
      problem.step();
      step++;
      change = problem.change();
      if (step == LOOK) {
        limit += outside.free(problem, field, box, noise) ? MORE : 0;
      }
      if (settings.lambda() == 0 && step >= FIRST && step % EVERY == 0) {
        if (step % NOISE_EVERY == 0 && step < limit) {
          double found = problem.noisePower(noise.known());
          problem.divideWeights(found);
          power *= found;
        }
        double roughness = problem.lambda() * problem.variation(inside);
        double most = problem.misfit() + roughness;
        double least = problem.misfitOfCopy() + roughness;
        // Both meet at the minimum; before, they tell too much and too little.
        double factor =
            Math.min(
                Math.sqrt(noise.known() / least), Math.max(1, Math.sqrt(noise.known() / most)));
        problem.lambda(problem.lambda() * Math.min(1.3, Math.max(0.75, factor)));
        if (step == RENEW) {
          problem.renewPenalty();
        }
      }
      progress.at(STAGE, (double) step / limit);
      longest = Math.max(longest, budget.spent() - before);
    }
    float[] map = space.crop(problem.chi());
    MaskedMap.reference(map, mask);
    progress.at(STAGE, 1);

    Map<String, Object> report = new LinkedHashMap<>();
    report.put("method", name());
    report.put("iterations", step);
    report.put("relativeChange", change);
    boolean converged = change <= settings.tolerance();
    boolean inTime = converged || step == limit;
    report.put("converged", converged);
    report.put("stop", converged ? "CONVERGED" : inTime ? "STEP_LIMIT" : "TIME_BUDGET");
    report.put("lambdaPerPpmPerMm", problem.lambda());
    report.put("noiseFactor", Math.sqrt(power));
    report.put("noiseFitted", noise.fitted());
    report.put("chiSquaredPerVoxel", problem.misfit() / Math.max(1, noise.known()));
    double explained = problem.misfit() + problem.lambda() * problem.variation(inside);
    report.put("residualOnFieldPerVoxel", explained / Math.max(1, noise.known()));
    report.put("knownVoxels", noise.known());
    report.put("maskVoxels", mask.count());
    report.put("secondsPerStep", longest);
    report.put("seconds", budget.spent() - start);
    report.put("outsideWeight", outside.weight());
    Volume whole = new Volume(field.grid(), box.embed(new Volume(box.grid(), map)).data());
    List<String> warnings =
        inTime
            ? List.of()
            : List.of(
                "Total variation ended after %d of %d steps for lack of time."
                    .formatted(step, limit));
    return new Posterior(
        whole,
        Optional.empty(),
        report,
        Optional.empty(),
        Optional.empty(),
        warnings,
        outside.field(problem.chi(), box));
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
