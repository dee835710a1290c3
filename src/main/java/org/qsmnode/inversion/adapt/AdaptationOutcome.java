package org.qsmnode.inversion.adapt;

import java.util.List;
import org.qsmnode.inversion.Ending;

/** Whether adapted means are used, or why they are not. */
enum AdaptationOutcome {
  ADAPTED,
  NO_STEPS,
  BOUND_NOT_RAISED,

  /** As when the source of a bleeding is given up and its field taken for bad data. */
  FIELD_EXPLAINED_WORSE,

  /**
   * The field errs by so much beyond its noise that the network, which knows such, knows better.
   */
  EXCESS_NOISE;

  /**
   * Judges a run.
   *
   * @param medianRatio median absolute residual of the field after over before
   * @param squareRatio mean square of the weighted residual after over before
   */
  static AdaptationOutcome of(AdaptationRun run, double medianRatio, double squareRatio) {
    List<AdaptationRun.Step> steps = run.steps();
    if (run.ending() == Ending.NOT_FINITE) {
      return BOUND_NOT_RAISED;
    }
    if (steps.size() < 2) {
      return NO_STEPS;
    }
    if (steps.get(steps.size() - 1).objective() <= steps.get(0).objective()) {
      return BOUND_NOT_RAISED;
    }
    return medianRatio <= 1 && squareRatio <= 1 ? ADAPTED : FIELD_EXPLAINED_WORSE;
  }
}
