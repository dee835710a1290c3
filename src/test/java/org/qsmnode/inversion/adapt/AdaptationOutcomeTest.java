package org.qsmnode.inversion.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.qsmnode.inversion.TimeBudget;

class AdaptationOutcomeTest {

  private static AdaptationRun run(double... bounds) {
    AdaptationRun run = new AdaptationRun(TimeBudget.unlimited(), bounds.length);
    int[] at = {0};
    run.run(() -> new AdaptationRun.Step(new Elbo.Terms(bounds[at[0]++], 0, 0), 0), 1, part -> {});
    return run;
  }

  @Test
  void aHigherBoundThatExplainsTheFieldBetterIsTaken() {
    assertEquals(AdaptationOutcome.ADAPTED, AdaptationOutcome.of(run(1, 2, 3), 0.9, 0.8));
    assertEquals(AdaptationOutcome.ADAPTED, AdaptationOutcome.of(run(1, 3), 1, 1));
  }

  @Test
  void aFieldExplainedWorseInMedianOrMeanSquareIsNot() {
    AdaptationRun risen = run(1, 2, 3);
    assertEquals(AdaptationOutcome.FIELD_EXPLAINED_WORSE, AdaptationOutcome.of(risen, 0.5, 1.01));
    assertEquals(AdaptationOutcome.FIELD_EXPLAINED_WORSE, AdaptationOutcome.of(risen, 1.01, 0.5));
  }

  @Test
  void withoutStepsARiseOrFiniteNumbersNothingIsTaken() {
    assertEquals(AdaptationOutcome.NO_STEPS, AdaptationOutcome.of(run(), 1, 1));
    assertEquals(AdaptationOutcome.NO_STEPS, AdaptationOutcome.of(run(1), 1, 1));
    assertEquals(AdaptationOutcome.BOUND_NOT_RAISED, AdaptationOutcome.of(run(3, 3), 0.5, 0.5));
    assertEquals(
        AdaptationOutcome.BOUND_NOT_RAISED, AdaptationOutcome.of(run(1, 2, Double.NaN), 1, 1));
  }
}
