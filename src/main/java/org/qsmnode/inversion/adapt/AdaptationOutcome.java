package org.qsmnode.inversion.adapt;

import java.util.List;
import org.qsmnode.inversion.Ending;

/** Whether adapted means are used, or why they are not. */
enum AdaptationOutcome {
  ADAPTED,
  NO_STEPS,
  BOUND_NOT_RAISED,

  /** The residual of the field grew, as when a bleeding is given up as bad data. */
  FIELD_EXPLAINED_WORSE,

  /**
   * The field has large errors beyond its noise, of which the bound knows nothing: the map of the
   * network stays.
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
