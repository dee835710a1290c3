package org.qsmnode.inversion.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Ending;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.NetworkModel;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.Starter;
import org.qsmnode.inversion.TickingClock;
import org.qsmnode.inversion.TimeBudget;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.inversion.error.PosteriorSampler;
import org.qsmnode.inversion.pdi.PdiHeads;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.inversion.pdi.PdiInversion;
import org.qsmnode.inversion.pdi.PdiModel;
import org.qsmnode.inversion.pdi.StartMaps;
import org.qsmnode.inversion.pdi.TinyModel;
import org.qsmnode.inversion.pdi.TrainedRange;
import org.qsmnode.network.Engines;
import org.qsmnode.network.Network;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.pipeline.Inversions;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/** The network's posterior and its adaptation, with networks that were never trained. */
class PdiTest {

  private static final Vector3 B0 = new Vector3(0.2, 0.1, 0.9).unit();
  private static final Grid GRID = new Grid(23, 20, 17, 1, 1.1, 1.4, Orientation.AXIAL);
  private static final Mask MASK = Fields.ellipsoid(GRID, 0.9);
  private static final Inversion STARTER = new Starter();
  private static final StartMaps STARTERS = new StartMaps(STARTER, STARTER);

  @TempDir Path folder;

  private static float[] truth() {
    float[] chi = new float[GRID.size()];
    for (int i = 0; i < chi.length; i++) {
      int x = i % GRID.nx() - 12;
      int y = i / GRID.nx() % GRID.ny() - 9;
      int z = i / GRID.nx() / GRID.ny() - 8;
      chi[i] = x * x + y * y + z * z < 16 ? 0.15f : 0;
    }
    MaskedMap.reference(chi, MASK);
    return chi;
  }

  private static LocalField field() {
    return Fields.measured(
        MASK, truth(), Fields.constant(MASK, 0.001), B0, DipoleConvolution.imageSpace(GRID, B0), 1);
  }

  private static PdiViInversion adaptive(int steps, double seconds, LongSupplier clock) {
    return new PdiViInversion(
        () -> TinyModel.of(1), STARTERS, new PdiViSettings(seconds, steps), clock);
  }

  @Test
  void theHeadsCorrectTheStartAndScaleTheStandardDeviation() {
    PdiInputs inputs = PdiInputs.of(field(), STARTER.invert(field(), Progress.NONE));
    int n = inputs.startPpm().length;
    float[][] outputs = new float[2][n];
    for (int i = 0; i < n; i++) {
      outputs[0][i] = 0.3f;
      outputs[1][i] = i % 3 == 0 ? 100 : i % 3 == 1 ? -100 : (float) Math.log(2);
    }
    float[] mu = new float[n];
    float[] sd = new float[n];
    PdiHeads.posterior(inputs, outputs, mu, sd);
    for (int i = 0; i < n; i++) {
      if (inputs.mask().data()[i]) {
        assertEquals(inputs.startPpm()[i], mu[i], 1e-6, "a constant correction is none");
        assertEquals(i % 3 == 0 ? 1 : i % 3 == 1 ? 1e-4 : 0.02, sd[i], 1e-6);
      } else {
        assertEquals(0, mu[i]);
        assertEquals(0, sd[i]);
      }
    }
  }

  @Test
  void theGradientsOfTheHeadsAreThoseOfFiniteDifferences() {
    PdiInputs inputs = PdiInputs.of(field(), STARTER.invert(field(), Progress.NONE));
    int n = inputs.startPpm().length;
    float[][] outputs = new float[2][n];
    float[] byMu = new float[n];
    float[] byLogSd = new float[n];
    new SeededRandom(1).fillGaussian(outputs[0]);
    new SeededRandom(2).fillGaussian(outputs[1]);
    new SeededRandom(3).fillGaussian(byMu);
    new SeededRandom(4).fillGaussian(byLogSd);
    float[][] gradients = PdiHeads.gradients(inputs, outputs, byMu, byLogSd);
    for (int head = 0; head < 2; head++) {
      for (int i = n / 2; i < n / 2 + 5; i++) {
        float before = outputs[head][i];
        outputs[head][i] = before + 0.05f;
        double above = linear(inputs, outputs, byMu, byLogSd);
        outputs[head][i] = before - 0.05f;
        double below = linear(inputs, outputs, byMu, byLogSd);
        outputs[head][i] = before;
        assertEquals((above - below) / 0.1, gradients[head][i], 2e-3);
      }
    }
  }

  private static double linear(PdiInputs inputs, float[][] outputs, float[] byMu, float[] byLogSd) {
    float[] mu = new float[byMu.length];
    float[] sd = new float[byMu.length];
    PdiHeads.posterior(inputs, outputs, mu, sd);
    double sum = 0;
    for (int i = 0; i < mu.length; i++) {
      if (inputs.mask().data()[i]) {
        sum += byMu[i] * mu[i] + byLogSd[i] * Math.log(sd[i]);
      }
    }
    return sum;
  }

  @Test
  void thePosteriorCarriesTheModelAndItsVarianceFactor() {
    PdiInversion pdi = new PdiInversion(() -> TinyModel.of(1), STARTERS);
    Posterior posterior = pdi.invert(field(), Progress.NONE);
    NetworkModel model = pdi.networks().get(0);
    assertEquals("tiny", Fields.report(posterior).get("modelName"));
    assertEquals(model.sha256(), Fields.report(posterior).get("modelSha256"));
    assertTrue(pdi.parameters().contains(model.sha256()));
    float[] sd = posterior.sdPpm().orElseThrow().data();
    double mean = MaskedMap.mean(sd, MASK);
    assertTrue(mean > 0.015 && mean < 0.03, "twice 10 ppb by its calibration; " + mean);
    assertEquals(0, MaskedMap.mean(posterior.chiPpm().data(), MASK), 1e-6);
    for (int i = 0; i < sd.length; i++) {
      assertEquals(MASK.data()[i], sd[i] > 0);
    }
    assertEquals(List.of(), posterior.warnings());
  }

  @Test
  void adaptationExplainsTheFieldBetterAndSaysWhatItDid() {
    Posterior before =
        new PdiInversion(() -> TinyModel.of(1), STARTERS).invert(field(), Progress.NONE);
    Posterior after = adaptive(60, 1000, System::nanoTime).invert(field(), Progress.NONE);
    assertEquals(true, Fields.report(after).get("adapted"));
    assertEquals("ADAPTED", Fields.report(after).get("outcome"));
    assertEquals("CONVERGED", Fields.report(after).get("stop"));
    assertTrue(
        Fields.figure(after, "medianResidual") < Fields.figure(after, "medianResidualBefore"));
    assertTrue(Fields.figure(after, "movedPpbRms") > 1);
    assertEquals(
        Fields.figure(after, "steps"),
        assertInstanceOf(List.class, Fields.report(after).get("elbo")).size());
    double left = Fields.relativeError(after.chiPpm().data(), truth(), MASK);
    assertTrue(left < 0.9 * Fields.relativeError(before.chiPpm().data(), truth(), MASK));
  }

  @Test
  void withTimeToDoAllOnceMoreWeightsAreThoseOfLeastRiskAndTheDeviationShrinksByWhatMoved() {
    Posterior network =
        new PdiInversion(() -> TinyModel.of(1), STARTERS).invert(field(), Progress.NONE);
    Posterior once = adaptive(60, 40, TickingClock.seconds()).invert(field(), Progress.NONE);
    Posterior twice = adaptive(60, 1000, TickingClock.seconds()).invert(field(), Progress.NONE);
    assertEquals("RESIDUAL", Fields.report(once).get("sharesBy"));
    assertEquals("RISK", Fields.report(twice).get("sharesBy"));
    assertEquals(0, Fields.figure(once, "startShare"));
    float[] before = network.sdPpm().orElseThrow().data();
    assertArrayEquals(before, once.sdPpm().orElseThrow().data());
    double variance = 0;
    double left = 0;
    for (int i = 0; i < before.length; i++) {
      variance += before[i] * before[i];
      left += Math.pow(twice.sdPpm().orElseThrow().data()[i], 2);
    }
    double moved = Fields.figure(twice, "movedPpbRms") / 1000;
    double expected = Math.max(0.25, 1 - MASK.count() * moved * moved / variance);
    assertEquals(expected, left / variance, 1e-4);
  }

  @Test
  void twoRunsGiveTheSameBytes() {
    Posterior one = adaptive(5, 1000, System::nanoTime).invert(field(), Progress.NONE);
    Posterior other = adaptive(5, 1000, System::nanoTime).invert(field(), Progress.NONE);
    assertArrayEquals(one.chiPpm().data(), other.chiPpm().data());
    assertArrayEquals(one.sdPpm().orElseThrow().data(), other.sdPpm().orElseThrow().data());
  }

  @Test
  void withoutTimeOrStepsThePosteriorIsThatOfTheNetwork() {
    float[] network =
        new PdiInversion(() -> TinyModel.of(1), STARTERS)
            .invert(field(), Progress.NONE)
            .chiPpm()
            .data();
    Posterior none = adaptive(0, 1000, System::nanoTime).invert(field(), Progress.NONE);
    assertArrayEquals(network, none.chiPpm().data());
    assertEquals(false, Fields.report(none).get("adapted"));
    assertEquals("NO_STEPS", Fields.report(none).get("outcome"));
  }

  /** What a budget does not cut short here: one step of the start map and the network's inputs. */
  private static final double NEVER_CUT_SECONDS = 13;

  @Test
  void aBudgetAboveWhatIsNeverCutIsKeptToATenthAndTheLeastIsGivenUpFirst() {
    float[] start = STARTER.invert(field(), Progress.NONE).chiPpm().data();
    List<String> kinds = new ArrayList<>();
    StartMaps slow = new StartMaps(new Slow(), new Slow());
    for (double budget : new double[] {5, 10, 15, 18, 20, 22, 26, 40}) {
      PdiViInversion inversion =
          new PdiViInversion(
              () -> TinyModel.of(1), slow, new PdiViSettings(budget, 200), TickingClock.seconds());
      Posterior posterior = inversion.invert(field(), Progress.NONE);
      float[] chi = posterior.chiPpm().data();
      boolean adapted = Boolean.TRUE.equals(Fields.report(posterior).get("adapted"));
      boolean ofStart = Fields.relativeError(chi, start, MASK) < 1e-5;
      boolean asked = Fields.figure(posterior, "views") > 0;
      assertEquals(!asked, ofStart);
      String kind = adapted ? "adapted" : asked ? "network" : "start";
      if (kinds.isEmpty() || !kinds.get(kinds.size() - 1).equals(kind)) {
        kinds.add(kind);
      }
      double seconds = Fields.figure(posterior, "seconds");
      assertTrue(
          seconds <= Math.max(NEVER_CUT_SECONDS, 1.1 * budget), budget + " s, took " + seconds);
      assertEquals(!adapted, posterior.warnings().stream().anyMatch(w -> w.contains("no time")));
      if (kind.equals("start")) {
        assertEquals(1, MaskedMap.mean(posterior.sdPpm().orElseThrow().data(), MASK), 1e-6);
      }
    }
    assertEquals(List.of("start", "network", "adapted"), kinds);
  }

  /** Thirty steps of which each reads the clock once, as far as there is time. */
  private static final class Slow extends Starter {

    @Override
    public Posterior invert(LocalField field, Progress progress, TimeBudget budget) {
      for (int step = 0; step < 30 && budget.allows(1); step++) {
        progress.at("start map", step / 30.0);
      }
      return invert(field, progress);
    }
  }

  @Test
  void aPassIsForecastByItsVoxels() {
    try (Network network = Engines.running().open(TinyModel.of(1).weights())) {
      TimeBudget clock = new TimeBudget(TickingClock.seconds(), 1000);
      int[] dims = {64, 65, 31};
      double expected = network.passVoxels(dims) / (32.0 * 32 * 32);
      assertEquals(expected, PassForecast.seconds(network, dims, clock), 1e-9);
      assertEquals(64 * 66 * 32, network.passVoxels(dims));
    }
  }

  @Test
  void theBudgetIsNotExceededByWhatTheNextStepWouldTake() {
    AtomicLong now = new AtomicLong();
    AdaptationRun run = new AdaptationRun(new TimeBudget(now::get, 60), 1000);
    double[] objective = {0};
    run.run(
        () -> {
          now.addAndGet(7_000_000_000L);
          objective[0] += 1000;
          return new AdaptationRun.Step(new Elbo.Terms(objective[0], 0, 0), 0);
        },
        1,
        part -> {});
    assertEquals(Ending.TIME_BUDGET, run.ending());
    assertTrue(now.get() <= 60_000_000_000L && now.get() > 40_000_000_000L, now.toString());
  }

  @Test
  void aBoundThatNoLongerGrowsEndsTheRun() {
    AdaptationRun run = new AdaptationRun(TimeBudget.unlimited(), 1000);
    int[] step = {0};
    run.run(
        () -> {
          step[0]++;
          return new AdaptationRun.Step(new Elbo.Terms(Math.min(step[0], 25), 0, 0), 0);
        },
        100,
        part -> {});
    assertEquals(Ending.CONVERGED, run.ending());
    assertEquals(35, run.steps().size());
  }

  @Test
  void aDrawFollowsFromItsSeedAndHasNoMeanInTheMask() {
    PosteriorSampler sampler =
        adaptive(3, 1000, System::nanoTime).invert(field(), Progress.NONE).sampler().orElseThrow();
    float[] one = sampler.draw(new SeededRandom(1)).data();
    float[] same = sampler.draw(new SeededRandom(1)).data();
    float[] other = sampler.draw(new SeededRandom(2)).data();
    assertArrayEquals(one, same);
    assertNotEquals(one[GRID.index(11, 10, 8)], other[GRID.index(11, 10, 8)]);
    assertEquals(0, MaskedMap.mean(one, MASK), 1e-6);
  }

  @Test
  void voxelsWhoseFieldIsUnknownOrWrongAreNotToBeRead() {
    LocalField field = field();
    int unknown = GRID.index(9, 9, 8);
    int wrong = GRID.index(14, 11, 8);
    field.sdPpm().data()[unknown] = Float.POSITIVE_INFINITY;
    field.localPpm().data()[wrong] += 0.05f;
    Posterior adapted = adaptive(20, 1000, System::nanoTime).invert(field, Progress.NONE);
    Mask reliable = adapted.reliable().orElseThrow();
    assertFalse(reliable.data()[unknown]);
    assertFalse(reliable.data()[wrong]);
    assertTrue(reliable.count() > 0.9 * MASK.count(), reliable.count() + " of " + MASK.count());
    for (int i = 0; i < GRID.size(); i++) {
      assertTrue(MASK.data()[i] || !reliable.data()[i]);
    }
    Map<?, ?> counts = assertInstanceOf(Map.class, Fields.report(adapted).get("unread"));
    assertEquals(MASK.count() - reliable.count(), counts.get("voxels"));
    assertEquals(1, counts.get("fieldUnknown"));
    String told = counts.get("voxels") + " of " + MASK.count() + " voxels should not be read";
    assertTrue(adapted.warnings().stream().anyMatch(w -> w.startsWith(told)), told);
    Posterior network =
        new PdiInversion(() -> TinyModel.of(1), STARTERS).invert(field, Progress.NONE);
    assertFalse(network.reliable().orElseThrow().data()[unknown]);
    assertTrue(network.reliable().orElseThrow().data()[wrong], "pdi does not look at residuals");
  }

  @Test
  void inputOutsideWhatTheNetworkWasTrainedOnIsFlagged() {
    double[] all = TrainedRange.anything();
    double[] edges = {0.9, 1.2};
    TrainedRange narrow =
        new TrainedRange(edges, new double[] {7, 7}, all, all, all, new double[] {0, 1e-4});
    PdiModel model = PdiModel.of(TinyModel.weights(1, narrow));
    List<String> warnings =
        new PdiInversion(() -> model, STARTERS).invert(field(), Progress.NONE).warnings();
    assertEquals(3, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).contains("voxel edge of 1.40 mm"), warnings::toString);
    assertTrue(warnings.get(1).contains("3.00 T"), warnings::toString);
    assertTrue(warnings.get(2).contains("local field"), warnings::toString);
  }

  @Test
  void theNewestVersionIsReadAndItsDigestChecked() throws IOException {
    TinyModel.write(folder.resolve("1.9"), 1);
    TinyModel.write(folder.resolve("1.10"), 2);
    assertEquals(TinyModel.of(2).identity(), PdiModel.read(folder).identity());
    assertEquals(TinyModel.of(1).identity(), PdiModel.read(folder.resolve("1.9")).identity());
    Files.copy(folder.resolve("1.9").resolve(PdiModel.DIGEST), folder.resolve("other.sha256"));
    Files.writeString(
        folder.resolve("1.10").resolve(PdiModel.DIGEST),
        Files.readString(folder.resolve("other.sha256")));
    assertTrue(reason(folder).contains("digest"), reason(folder));
    assertTrue(reason(folder.resolve("none")).contains("no trained model"));
    Files.delete(folder.resolve("1.10").resolve(PdiModel.DIGEST));
    assertTrue(reason(folder).contains("has no " + PdiModel.DIGEST), reason(folder));
    Path weights = folder.resolve("1.9").resolve(PdiModel.WEIGHTS);
    Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 1000));
    assertTrue(reason(folder.resolve("1.9")).contains("damaged"));
  }

  private static String reason(Path place) {
    Inversion pdi = Inversions.named("pdi", Map.of("model", place.toString()));
    Throwable refusal =
        assertThrows(IllegalStateException.class, () -> pdi.invert(field(), Progress.NONE));
    return String.valueOf(refusal.getMessage());
  }

  @Test
  void aModelForOtherInputsIsRefused() {
    Map<String, String> facts = new HashMap<>(TinyModel.of(1).weights().facts());
    facts.put("inputs", "field");
    assertThrows(
        IllegalArgumentException.class,
        () -> PdiModel.of(TinyModel.of(1).weights().withFacts(facts)));
  }
}
