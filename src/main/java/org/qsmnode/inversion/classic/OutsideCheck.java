package org.qsmnode.inversion.classic;

import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.ToDoubleFunction;
import org.qsmnode.inversion.TimeBudget;

/**
 * Whether what the map of total variation leaves of a field beyond noise stays with more steps.
 * After few, a map of many edges and strong contrasts may still leave a smooth part of an exact
 * field unexplained, which then goes. Errors of background removal stay.
 */
final class OutsideCheck {

  /** What came of it. */
  enum Verdict {
    /** Noise alone was left of the field before. */
    NOT_NEEDED,
    /** Noise alone was left of it with more steps. */
    EXACT,
    /** More than noise stayed. */
    ERRORS,
    /** The time was up before that was known. */
    NO_TIME
  }

  /** Step after which it ends; a field that turns out exact has as many, if not more. */
  static final int LAST = 60;

  /** Steps from one look to the next. */
  private static final int EVERY = 6;

  /** A doubtful excess counts as an error if at least this part of it stays. */
  private static final double STAYS = 0.75;

  /** Part by which what is left may differ from what was left at first, where it stays. */
  private static final double STEADY = 0.1;

  /** Looks one after the other that have to find that it stays. */
  private static final int STEADY_LOOKS = 2;

  private final ToDoubleFunction<TvRun> excessPpm;
  private final TimeBudget budget;
  private double secondsPerLook;
  private Verdict verdict = Verdict.NOT_NEEDED;

  /**
   * @param excessPpm what the map of a run leaves of the field beyond noise, ppm
   */
  OutsideCheck(ToDoubleFunction<TvRun> excessPpm, TimeBudget budget) {
    this.excessPpm = excessPpm;
    this.budget = budget;
  }

  Verdict verdict() {
    return verdict;
  }

  /** What the map of a run leaves of the field beyond noise, ppm. */
  double look(TvRun run) {
    double before = budget.spent();
    double excess = excessPpm.applyAsDouble(run);
    secondsPerLook = Math.max(secondsPerLook, budget.spent() - before);
    return excess;
  }

  /**
   * Goes on from the first look with sources outside held.
   *
   * @param run as it is after a step that lambda was not adjusted for yet
   * @param first what was left beyond noise then, ppm
   * @param reserve seconds that have to be left if more than noise stays
   * @return the run where noise alone was left of the field, else empty
   */
  Optional<TvRun> heldIfExact(TvRun run, double first, double reserve, DoubleConsumer progress) {
    TimeBudget until = budget.without(reserve);
    run.endAfter(Math.max(LAST, run.end()));
    run.adjust();
    int steady = 0;
    verdict = Verdict.ERRORS;
    while (run.steps() < LAST && steady < STEADY_LOOKS && !run.converged()) {
      if (!until.allows(EVERY * run.secondsPerStep() + secondsPerLook)) {
        verdict = Verdict.NO_TIME;
        return Optional.empty();
      }
      run.to(Math.min(LAST, run.steps() + EVERY), progress);
      double excess = look(run);
      boolean goes = !OutsideSources.mapped(excess) && excess < STAYS * first;
      if (OutsideSources.exact(excess) || goes) {
        verdict = Verdict.EXACT;
        return Optional.of(run);
      }
      steady = Math.abs(excess / first - 1) < STEADY ? steady + 1 : 0;
    }
    return Optional.empty();
  }
}
