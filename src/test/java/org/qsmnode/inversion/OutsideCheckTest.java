package org.qsmnode.inversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.LocalField;
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
    assertEquals("EXACT", checked.report().get("outsideCheck"));
    assertEquals(1, Fields.figure(checked, "outsideWeight"));
    assertEquals(60, Fields.figure(checked, "iterations"));
    assertTrue(error(checked) < 0.6 * error(hasty), error(checked) + " of " + error(hasty));
  }

  @Test
  void whatBackgroundRemovalLeftGivesTheSameMapWithAndWithoutTheCheck() {
    LocalField mapped = LeftBackground.field(1, 0.001);
    Posterior checked = CHECKING.invert(mapped, Progress.NONE);
    assertEquals("ERRORS", checked.report().get("outsideCheck"));
    assertArrayEquals(map(HASTY, mapped), checked.chiPpm().data());
    assertArrayEquals(
        HASTY.invert(mapped, Progress.NONE).outsidePpm().orElseThrow().data(),
        checked.outsidePpm().orElseThrow().data());
  }

  @Test
  void aFieldThatSeemsExactAtOnceIsNotCheckedAgain() {
    LocalField exact = LeftBackground.field(0, 0.001);
    Posterior checked = CHECKING.invert(exact, Progress.NONE);
    assertEquals("NOT_NEEDED", checked.report().get("outsideCheck"));
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
      TimeBudget budget = new TimeBudget(PdiTest.ticking(), seconds);
      Posterior map = CHECKING.invert(field, Progress.NONE, budget);
      assertEquals("NO_TIME", map.report().get("outsideCheck"));
      assertTrue(map.warnings().toString().contains("no time to check"), map.warnings()::toString);
      assertTrue(map.outsidePpm().isPresent());
      assertTrue(Fields.figure(map, "seconds") <= 1.1 * seconds);
    }
    TimeBudget enough = new TimeBudget(PdiTest.ticking(), 300);
    Posterior map = CHECKING.invert(field, Progress.NONE, enough);
    assertEquals("EXACT", map.report().get("outsideCheck"));
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
      assertEquals("NOT_NEEDED", map.report().get("outsideCheck"));
    }
  }

  @Test
  void progressNeverGoesBack() {
    List<Double> parts = new ArrayList<>();
    CHECKING.invert(StrongContrasts.field(), (stage, part) -> parts.add(part));
    assertEquals(parts.stream().sorted().toList(), parts);
    assertEquals(1, parts.get(parts.size() - 1));
  }

  @Test
  void theMethodsForPatientsCheckAndSaySoInTheirParameters() {
    for (String method : new String[] {"tv", "pdi", "pdi-vi"}) {
      Inversion named = Inversions.named(method, Map.of());
      assertTrue(named.parameters().contains("checkedSteps=60"), named.parameters());
    }
  }

  @Test
  void pdiViHasNoSecondLookAtAFieldThatTurnsOutExact() {
    PdiModel model = TinyModel.of(1).withSecondLook(TinyModel.of(2));
    PdiViInversion inversion =
        new PdiViInversion(
            () -> model, StartMaps.standard(), new PdiViSettings(600, 3), System::nanoTime);
    Posterior shown = inversion.invert(StrongContrasts.field(), Progress.NONE);
    assertEquals(1, Fields.figure(shown, "looks"));
    assertTrue(shown.warnings().stream().noneMatch(text -> text.contains("second look")));
  }
}
