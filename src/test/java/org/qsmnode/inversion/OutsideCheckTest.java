package org.qsmnode.inversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    assertEquals(1, Fields.figure(checked, "outsideWeight"));
    assertEquals(60, Fields.figure(checked, "iterations"));
    assertTrue(error(checked) < 0.6 * error(hasty), error(checked) + " of " + error(hasty));
  }

  @Test
  void whatBackgroundRemovalLeftGivesTheSameMapWithAndWithoutTheCheck() {
    LocalField mapped = LeftBackground.field(1, 0.001);
    assertArrayEquals(map(HASTY, mapped), map(CHECKING, mapped));
  }

  @Test
  void aFieldThatSeemsExactAtOnceIsNotCheckedAgain() {
    LocalField exact = LeftBackground.field(0, 0.001);
    Posterior checked = CHECKING.invert(exact, Progress.NONE);
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
  void whereTimeIsShortThereIsNoCheck() {
    LocalField field = StrongContrasts.field();
    TimeBudget budget = new TimeBudget(PdiTest.ticking(), 0);
    assertTrue(CHECKING.invert(field, Progress.NONE, budget).ranOutOfTime());
    TimeBudget some = new TimeBudget(PdiTest.ticking(), 200);
    Posterior shortOfTime = CHECKING.invert(field, Progress.NONE, some);
    assertTrue(shortOfTime.outsidePpm().isPresent(), "no time for more than the first look");
    assertTrue(Fields.figure(shortOfTime, "seconds") <= 1.1 * 200);
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
