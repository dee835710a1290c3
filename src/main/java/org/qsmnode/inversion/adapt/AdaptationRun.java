package org.qsmnode.inversion.adapt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import org.qsmnode.inversion.Ending;
import org.qsmnode.inversion.TimeBudget;

/** Repeats a step of adaptation until it no longer pays or the time is up. */
final class AdaptationRun {

  static final double TOLERANCE = 1e-4;
  static final int WINDOW = 10;

  private final TimeBudget budget;
  private final int limit;
  private final List<Step> steps = new ArrayList<>();
  private Ending ending = Ending.NOT_BEGUN;
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
    ending = Ending.STEP_LIMIT;
    while (steps.size() < limit) {
      if (!budget.allows(longest)) {
        ending = Ending.TIME_BUDGET;
        return;
      }
      double before = budget.spent();
      Step step = stepper.get();
      if (!Double.isFinite(step.objective())) {
        ending = Ending.NOT_FINITE;
        return;
      }
      steps.add(step);
      longest = Math.max(longest, budget.spent() - before);
      progress.accept((double) steps.size() / limit);
      if (steps.size() > WINDOW) {
        double gain = step.objective() - steps.get(steps.size() - 1 - WINDOW).objective();
        if (gain < TOLERANCE * Math.max(voxels, Math.abs(step.objective()))) {
          ending = Ending.CONVERGED;
          return;
        }
      }
    }
  }

  List<Step> steps() {
    return steps;
  }

  Ending ending() {
    return ending;
  }

  double secondsPerStep() {
    return longest;
  }
}
