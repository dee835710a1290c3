package org.qsmnode.inversion;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;

/** Repeats a step of adaptation until it no longer pays or the time is up. */
final class AdaptationRun {

  /** Why it ended. */
  enum Stop {
    CONVERGED,
    STEP_LIMIT,
    TIME_BUDGET,
    NOT_FINITE,
    NOT_BEGUN
  }

  static final double TOLERANCE = 1e-4;
  static final int WINDOW = 10;

  private final TimeBudget budget;
  private final int limit;
  private final List<Step> steps = new ArrayList<>();
  private Stop stop = Stop.NOT_BEGUN;
  private double longest;

  /**
   * One step.
   *
   * @param terms the bound before it
   * @param anchor log prior that the step adds to the bound
   */
  record Step(Elbo.Terms terms, double anchor) {
    double objective() {
      return terms.bound() + anchor;
    }
  }

  /**
   * @param budget time in which all steps have to be over
   * @param limit most steps
   */
  AdaptationRun(TimeBudget budget, int limit) {
    this.budget = budget;
    this.limit = limit;
  }

  /**
   * Runs.
   *
   * @param voxels scale of the objective: an improvement of {@link #TOLERANCE} of it over {@link
   *     #WINDOW} steps is none
   * @param progress receives the part of the limit that is used up
   */
  void run(Supplier<Step> stepper, int voxels, DoubleConsumer progress) {
    stop = Stop.STEP_LIMIT;
    while (steps.size() < limit) {
      if (!budget.allows(longest)) {
        stop = Stop.TIME_BUDGET;
        return;
      }
      double before = budget.spent();
      Step step = stepper.get();
      if (!Double.isFinite(step.objective())) {
        stop = Stop.NOT_FINITE;
        return;
      }
      steps.add(step);
      longest = Math.max(longest, budget.spent() - before);
      progress.accept((double) steps.size() / limit);
      if (steps.size() > WINDOW) {
        double gain = step.objective() - steps.get(steps.size() - 1 - WINDOW).objective();
        if (gain < TOLERANCE * Math.max(voxels, Math.abs(step.objective()))) {
          stop = Stop.CONVERGED;
          return;
        }
      }
    }
  }

  List<Step> steps() {
    return steps;
  }

  Stop stop() {
    return stop;
  }

  double secondsPerStep() {
    return longest;
  }
}
