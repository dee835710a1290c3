package org.qsmnode.inversion.classic;

import java.util.function.DoubleConsumer;
import org.qsmnode.inversion.TimeBudget;

/**
 * Steps of total variation on one field. Unless lambda is given, the rule of {@link TvInversion}
 * adjusts it on the way, and the noise is measured.
 */
final class TvRun {

  /** First step after which lambda is adjusted, and steps from one adjustment to the next. */
  private static final int FIRST = 10;

  private static final int EVERY = 2;

  /** Step after which lambda is near enough to base the penalty on it. */
  private static final int RENEW = 18;

  /** Steps from one measurement of the noise to the next. */
  private static final int NOISE_EVERY = 10;

  private final SplitVariation problem;
  private final boolean[] inside;
  private final int known;
  private final TvSettings settings;
  private final TimeBudget budget;
  private double power;
  private int end;
  private int steps;
  private double change = 1;
  private double lastStep;
  private double longest;

  /**
   * @param inside the mask on all places of the problem
   * @param known number of voxels whose field is known
   * @param power of the noise, over what the field says of it, by which the weights of the problem
   *     are divided already
   */
  TvRun(
      SplitVariation problem,
      boolean[] inside,
      int known,
      double power,
      TvSettings settings,
      TimeBudget budget) {
    this.problem = problem;
    this.inside = inside;
    this.known = known;
    this.power = power;
    this.settings = settings;
    this.budget = budget;
    this.end = settings.iterations();
  }

  /** Another that goes on from here by itself. */
  TvRun duplicate() {
    TvRun other = new TvRun(problem.duplicate(), inside, known, power, settings, budget);
    other.end = end;
    other.steps = steps;
    other.change = change;
    other.lastStep = lastStep;
    other.longest = longest;
    return other;
  }

  /** Changes the number of steps after which it is to end. */
  void endAfter(int allSteps) {
    end = allSteps;
  }

  /** Number of steps after which it is to end. */
  int end() {
    return end;
  }

  /**
   * Goes on to a number of steps, or until the map has converged or the time is up.
   *
   * @param progress receives the part of all steps that is done
   */
  void to(int number, DoubleConsumer progress) {
    while (steps < Math.min(number, end) && step()) {
      adjust();
      progress.accept((double) steps / end);
    }
  }

  /**
   * One step; {@link #adjust} has to follow.
   *
   * @return false if there was none, as the map had converged or the time is up
   */
  boolean step() {
    if (converged() || (steps > 0 && !budget.allows(longest))) {
      return false;
    }
    double before = budget.spent();
    problem.step();
    steps++;
    change = problem.change();
    lastStep = budget.spent() - before;
    longest = Math.max(longest, lastStep);
    return true;
  }

  /** Measures the noise and adjusts lambda, after steps for which that is due. */
  void adjust() {
    if (settings.lambda() > 0 || steps < FIRST || steps % EVERY != 0) {
      return;
    }
    double before = budget.spent();
    if (steps % NOISE_EVERY == 0 && steps < end) {
      double found = problem.noisePower(known);
      problem.divideWeights(found);
      power *= found;
    }
    double roughness = roughness();
    double most = problem.misfit() + roughness;
    double least = problem.misfitOfCopy() + roughness;
    // Both meet at the minimum; before, they tell too much and too little.
    double factor = Math.min(Math.sqrt(known / least), Math.max(1, Math.sqrt(known / most)));
    problem.lambda(problem.lambda() * Math.min(1.3, Math.max(0.75, factor)));
    if (steps == RENEW) {
      problem.renewPenalty();
    }
    longest = Math.max(longest, lastStep + budget.spent() - before);
  }

  private double roughness() {
    return problem.lambda() * problem.variation(inside);
  }

  /** The problem as it stands. */
  SplitVariation problem() {
    return problem;
  }

  /** Number of steps so far. */
  int steps() {
    return steps;
  }

  /** Whether the last step changed the map by no more than the tolerance. */
  boolean converged() {
    return change <= settings.tolerance();
  }

  /** Change of the map in the last step relative to the map. */
  double change() {
    return change;
  }

  /** Power of the noise over what the field says of it. */
  double power() {
    return power;
  }

  /** Seconds of the longest step. */
  double secondsPerStep() {
    return longest;
  }

  /** Inner product of residual and field per voxel, which lambda is adjusted to. */
  double residualOnField() {
    return (problem.misfit() + roughness()) / Math.max(1, known);
  }
}
