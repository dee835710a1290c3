package org.qsmnode.inversion.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.LeftBackground;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.StrongContrasts;
import org.qsmnode.inversion.TickingClock;
import org.qsmnode.inversion.TimeBudget;
import org.qsmnode.inversion.classic.TvInversion;
import org.qsmnode.inversion.classic.TvSettings;
import org.qsmnode.inversion.pdi.MirroredViews;
import org.qsmnode.inversion.pdi.PdiModel;
import org.qsmnode.inversion.pdi.PdiPrediction;
import org.qsmnode.inversion.pdi.StartMaps;
import org.qsmnode.inversion.pdi.TinyModel;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * What a first look at a field tells of sources outside the mask makes the next start map better.
 */
class SecondLookTest {

  private static final Mask MASK = LeftBackground.MASK;
  private static final LocalField MAPPED = LeftBackground.field(1, 0.0003);
  private static final PdiModel FIRST = TinyModel.of(1);
  private static final PdiModel SECOND = TinyModel.of(2);
  private static final Inversion TV = new TvInversion(TvSettings.defaults());

  private static double mapError(Posterior posterior) {
    return Fields.relativeError(posterior.chiPpm().data(), LeftBackground.TRUTH, MASK);
  }

  private static double fieldError(Posterior posterior) {
    float[] outside = posterior.outsidePpm().orElseThrow().data();
    return Fields.relativeError(outside, LeftBackground.REST, MASK);
  }

  @Test
  void whatTheFirstLookTellsOfSourcesOutsideMakesTheStartMapBetter() {
    Posterior once = TV.invert(MAPPED, Progress.NONE);
    PdiPrediction first = BlockPrediction.of(MAPPED, once, 0.95f, 0.005f);
    Posterior twice =
        new SecondLook(FIRST, TV)
            .after(first, MAPPED, TimeBudget.unlimited(), Progress.NONE)
            .map()
            .orElseThrow();
    assertTrue(
        fieldError(twice) < 0.9 * fieldError(once), fieldError(twice) + " of " + fieldError(once));
    assertTrue(mapError(twice) < 0.9 * mapError(once), mapError(twice) + " of " + mapError(once));
  }

  @Test
  void aFieldWithoutSourcesOutsideKeepsItsStartMap() {
    LocalField exact = LeftBackground.field(0, 0.001);
    assertArrayEquals(
        TV.invert(exact, Progress.NONE).chiPpm().data(),
        new SecondLook(FIRST, TV).invert(exact, Progress.NONE).chiPpm().data());
  }

  @Test
  void strongSourcesStayAsTheFirstStartMapHasThem() {
    Posterior start = TV.invert(MAPPED, Progress.NONE);
    Volume chi = start.chiPpm().copy();
    int place = MASK.grid().index(22, 24, 20);
    chi.data()[place] = -1;
    Posterior strong = Posterior.ofMap(chi, start.findings(), start.outsidePpm());
    PdiPrediction first = BlockPrediction.of(MAPPED, strong, 0.95f, 0.005f);
    Posterior twice =
        new SecondLook(FIRST, TV)
            .after(first, MAPPED, TimeBudget.unlimited(), Progress.NONE)
            .map()
            .orElseThrow();
    assertEquals(-1, twice.chiPpm().data()[place]);
  }

  @Test
  void withoutTimeThereIsNone() {
    PdiPrediction first = BlockPrediction.of(MAPPED, TV.invert(MAPPED, Progress.NONE), 0.7f, 0.02f);
    TimeBudget over = new TimeBudget(System::nanoTime, 0);
    SecondLook.Attempt attempt =
        new SecondLook(FIRST, TV).after(first, MAPPED, over, Progress.NONE);
    assertTrue(attempt.map().isEmpty());
    assertTrue(attempt.whyNot().contains("no time for a second look"), attempt.whyNot());
  }

  @Test
  void whereTheBoundComesToNoNumberThereIsNoneAndThatIsSaid() {
    PdiPrediction first = BlockPrediction.of(MAPPED, TV.invert(MAPPED, Progress.NONE), 0.7f, 0.02f);
    first.mu()[first.mu().length / 2] = Float.NaN;
    SecondLook.Attempt attempt =
        new SecondLook(FIRST, TV).after(first, MAPPED, TimeBudget.unlimited(), Progress.NONE);
    assertTrue(attempt.map().isEmpty());
    assertTrue(attempt.whyNot().contains("came to no number"), attempt.whyNot());
  }

  private static PdiViInversion adaptive(double budget, int steps, LongSupplier clock) {
    PdiViSettings settings = new PdiViSettings(budget, steps);
    return new PdiViInversion(
        () -> TinyModel.withSecondLook(FIRST, SECOND), new StartMaps(TV, TV), settings, clock);
  }

  @Test
  void pdiViShowsTheAnswerOfTheSecondNetworkToThatMap() {
    PdiViInversion inversion = adaptive(600, 0, System::nanoTime);
    Posterior shown = inversion.invert(MAPPED, Progress.NONE);
    Posterior start = new SecondLook(FIRST, TV).invert(MAPPED, Progress.NONE);
    PdiPrediction answer =
        PdiPrediction.of(MAPPED, start, SECOND, MirroredViews.ALL, Progress.NONE);
    Box box = answer.inputs().box();
    assertArrayEquals(answer.mu(), box.crop(shown.chiPpm()).data());
    assertArrayEquals(answer.sd(), box.crop(shown.sdPpm().orElseThrow()).data());
    assertEquals(2, Fields.figure(shown, "looks"));
    assertEquals(SECOND.identity().sha256(), Fields.report(shown).get("secondLookSha256"));
    assertTrue(inversion.parameters().contains(SECOND.identity().sha256()));
    assertEquals(List.of(FIRST.identity(), SECOND.identity()), inversion.networks());
    assertTrue(shown.warnings().toString().contains("start map with other settings"));
  }

  @Test
  void pdiViKeepsToItsTimeAndSaysWhenThereWasNoneForASecondLook() {
    Posterior shortOfTime = adaptive(180, 5, TickingClock.seconds()).invert(MAPPED, Progress.NONE);
    assertEquals(1, Fields.figure(shortOfTime, "looks"));
    assertTrue(shortOfTime.warnings().toString().contains("no time for a second look"));
    assertTrue(Fields.figure(shortOfTime, "seconds") <= 198);
    Posterior inTime = adaptive(1000, 5, TickingClock.seconds()).invert(MAPPED, Progress.NONE);
    assertEquals(2, Fields.figure(inTime, "looks"));
    assertFalse(inTime.warnings().toString().contains("no time"));
    assertTrue(Fields.figure(inTime, "seconds") <= 1000);
  }

  @Test
  void theSecondNetworkLiesInTheFolderOfTheFirstAndIsCheckedLikeIt(@TempDir Path folder)
      throws IOException {
    TinyModel.write(folder, 1);
    assertTrue(PdiModel.read(folder).secondLook().isEmpty());
    Path second = TinyModel.write(folder.resolve(PdiModel.SECOND_LOOK), 2);
    assertEquals(SECOND.identity(), PdiModel.read(folder).secondLook().orElseThrow().identity());
    byte[] weights = Files.readAllBytes(second.resolve(PdiModel.WEIGHTS));
    weights[weights.length - 1] ^= 1;
    Files.write(second.resolve(PdiModel.WEIGHTS), weights);
    IOException refused = assertThrows(IOException.class, () -> PdiModel.read(folder));
    assertTrue(String.valueOf(refused.getMessage()).contains("damaged"));
  }

  @Test
  void pdiViHasNoSecondLookAtAFieldThatTurnsOutExact() {
    PdiModel model = TinyModel.withSecondLook(TinyModel.of(1), TinyModel.of(2));
    PdiViInversion inversion =
        new PdiViInversion(
            () -> model, StartMaps.standard(), new PdiViSettings(600, 3), System::nanoTime);
    Posterior shown = inversion.invert(StrongContrasts.field(), Progress.NONE);
    assertEquals(1, Fields.figure(shown, "looks"));
    assertTrue(shown.warnings().stream().noneMatch(text -> text.contains("second look")));
  }
}
