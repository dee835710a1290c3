package org.qsmnode.inversion.classic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.LeftBackground;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.StrongContrasts;
import org.qsmnode.inversion.TickingClock;
import org.qsmnode.inversion.TimeBudget;
import org.qsmnode.numeric.Progress;

/** Total variation looks again before it believes that background removal erred. */
class OutsideCheckTest {

  private static final Inversion HASTY = new TvInversion(TvSettings.defaults());
  private static final Inversion CHECKING = TvInversion.checking(TvSettings.defaults());

  private static float[] map(Inversion inversion, LocalField field) {
    return inversion.invert(field, Progress.NONE).chiPpm().data();
  }

  private static double error(Posterior posterior) {
    return Fields.relativeError(
        posterior.chiPpm().data(), StrongContrasts.TRUTH, StrongContrasts.MASK);
  }

  @Test
  void anExactFieldOfManyEdgesAndStrongContrastsIsNotTakenForOneWithErrors() {
    LocalField field = StrongContrasts.field();
    Posterior hasty = HASTY.invert(field, Progress.NONE);
    Posterior checked = CHECKING.invert(field, Progress.NONE);
    assertTrue(hasty.outsidePpm().isPresent(), "the first look is misled by this field");
    assertTrue(checked.outsidePpm().isEmpty());
    assertEquals("EXACT", Fields.report(checked).get("outsideCheck"));
    assertEquals(1, Fields.figure(checked, "outsideWeight"));
    assertEquals(60, Fields.figure(checked, "iterations"));
    assertTrue(error(checked) < 0.6 * error(hasty), error(checked) + " of " + error(hasty));
  }

  @Test
  void whatBackgroundRemovalLeftGivesTheSameMapWithAndWithoutTheCheck() {
    LocalField mapped = LeftBackground.field(1, 0.001);
    Posterior checked = CHECKING.invert(mapped, Progress.NONE);
    assertEquals("ERRORS", Fields.report(checked).get("outsideCheck"));
    Posterior hasty = HASTY.invert(mapped, Progress.NONE);
    assertArrayEquals(hasty.chiPpm().data(), checked.chiPpm().data());
    assertArrayEquals(
        hasty.outsidePpm().orElseThrow().data(), checked.outsidePpm().orElseThrow().data());
  }

  @Test
  void aFieldThatSeemsExactAtOnceIsNotCheckedAgain() {
    LocalField exact = LeftBackground.field(0, 0.001);
    Posterior checked = CHECKING.invert(exact, Progress.NONE);
    assertEquals("NOT_NEEDED", Fields.report(checked).get("outsideCheck"));
    assertArrayEquals(map(HASTY, exact), checked.chiPpm().data());
    assertEquals(TvSettings.defaults().iterations(), Fields.figure(checked, "iterations"));
  }

  @Test
  void moreStepsThanTheCheckHasAreKept() {
    Inversion patient = TvInversion.checking(new TvSettings(0, 70, 0.0001));
    Posterior map = patient.invert(StrongContrasts.field(), Progress.NONE);
    assertEquals(70, Fields.figure(map, "iterations"));
  }

  @Test
  void whereTimeIsShortErrorsAreBelievedWithAWarningAndTheBudgetIsKept() {
    LocalField field = StrongContrasts.field();
    for (int seconds : new int[] {100, 160}) {
      TimeBudget budget = new TimeBudget(TickingClock.seconds(), seconds);
      Posterior map = CHECKING.invert(field, Progress.NONE, budget);
      assertEquals("NO_TIME", Fields.report(map).get("outsideCheck"));
      assertTrue(map.warnings().toString().contains("no time to check"), map.warnings()::toString);
      assertTrue(map.outsidePpm().isPresent());
      assertTrue(Fields.figure(map, "seconds") <= 1.1 * seconds);
    }
    TimeBudget enough = new TimeBudget(TickingClock.seconds(), 300);
    Posterior map = CHECKING.invert(field, Progress.NONE, enough);
    assertEquals("EXACT", Fields.report(map).get("outsideCheck"));
    assertEquals(List.of(), map.warnings());
  }

  @Test
  void aGivenLambdaIsKeptInTheCheckToo() {
    TvSettings given = new TvSettings(200, 30, 0.0001);
    Posterior map = TvInversion.checking(given).invert(StrongContrasts.field(), Progress.NONE);
    assertEquals(200, Fields.figure(map, "lambdaPerPpmPerMm"));
  }

  @Test
  void fewStepsEndBeforeAnythingIsChecked() {
    for (int steps : new int[] {1, 21}) {
      Inversion patient = TvInversion.checking(new TvSettings(0, steps, 0.0001));
      Posterior map = patient.invert(StrongContrasts.field(), Progress.NONE);
      assertEquals(steps, Fields.figure(map, "iterations"));
      assertEquals("NOT_NEEDED", Fields.report(map).get("outsideCheck"));
    }
  }

  @Test
  void progressNeverGoesBack() {
    List<Double> parts = new ArrayList<>();
    CHECKING.invert(StrongContrasts.field(), (stage, part) -> parts.add(part));
    assertEquals(parts.stream().sorted().toList(), parts);
    assertEquals(1, parts.get(parts.size() - 1));
  }

  /** A run after 22 steps, on a small field. */
  private static TvRun run() {
    TvSettings never = new TvSettings(20, 30, 1e-9);
    TvRun run =
        new TvRun(
            RandomField.problem(),
            RandomField.INSIDE,
            RandomField.MASK.count(),
            1,
            never,
            TimeBudget.unlimited());
    run.to(22, part -> {});
    return run;
  }

  /**
   * What the check says of a first excess and what it becomes in looks, the last of them lasting.
   */
  private static OutsideCheck checked(double firstPpb, double... laterPpb) {
    OutsideCheck check =
        new OutsideCheck(
            run -> laterPpb[Math.min(laterPpb.length - 1, (run.steps() - 28) / 6)] / 1000,
            TimeBudget.unlimited());
    Optional<TvRun> held = check.heldIfExact(run(), firstPpb / 1000, 0, part -> {});
    assertEquals(check.verdict() == OutsideCheck.Verdict.EXACT, held.isPresent());
    return check;
  }

  @Test
  void whatGoesWasTheMapAndWhatStaysIsAnError() {
    assertEquals(OutsideCheck.Verdict.EXACT, checked(1.3, 1.0, 1.7, 0.3).verdict());
    assertEquals(OutsideCheck.Verdict.EXACT, checked(0.8, 0.7, 0.58).verdict());
    assertEquals(OutsideCheck.Verdict.ERRORS, checked(0.65, 0.63, 0.58).verdict());
    assertEquals(OutsideCheck.Verdict.ERRORS, checked(1.5, 1.0, 0.7).verdict());
    assertEquals(OutsideCheck.Verdict.ERRORS, checked(1.5, 1.4, 1.6, 0.1).verdict());
  }
}
