package org.qsmnode.inversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/** Adaptation to a field in which background removal left something of sources outside. */
class PdiAdaptationTest {

  private static final Mask MASK = LeftBackground.MASK;
  private static final float SD_PPM = 0.02f;

  /** A posterior as of a network: the truth smoothed, with errors of its standard deviation. */
  private static PdiPrediction prediction(LocalField field, Posterior start) {
    PdiInputs inputs = PdiInputs.of(field, start);
    float[] mu = inputs.box().crop(new Volume(MASK.grid(), LeftBackground.TRUTH)).data();
    float[] sd = new float[mu.length];
    float[] errors = new float[mu.length];
    new SeededRandom(11).fillGaussian(errors);
    for (int i = 0; i < mu.length; i++) {
      sd[i] = inputs.mask().data()[i] ? SD_PPM : 0;
      mu[i] = 0.7f * mu[i] + sd[i] * errors[i];
    }
    MaskedMap.reference(mu, inputs.mask());
    return new PdiPrediction(inputs, mu, sd, TinyModel.of(1).facts().errors().at(0), start);
  }

  private static Posterior start(LocalField field) {
    return new TvInversion(TvSettings.defaults()).invert(field, Progress.NONE);
  }

  private static AdaptationRun run() {
    return new AdaptationRun(TimeBudget.unlimited(), 60);
  }

  private static double error(PdiPrediction prediction, float[] mu) {
    PdiInputs inputs = prediction.inputs();
    Volume map = inputs.box().embed(new Volume(inputs.box().grid(), mu));
    return Fields.relativeError(map.data(), LeftBackground.TRUTH, MASK);
  }

  private static Posterior withoutSources(Posterior start) {
    return Posterior.ofMap(start.chiPpm(), start.report(), Optional.empty());
  }

  @Test
  void whatIsLeftOfSourcesOutsideIsAnUnknownOfTheBoundAndTheMapComesNearerTheTruth() {
    LocalField field = LeftBackground.field(1, 0.0003);
    PdiPrediction prediction = prediction(field, start(field));
    PdiAdaptation adaptation = new PdiAdaptation(prediction, field);
    AdaptationRun run = run();
    adaptation.run(run, part -> {});
    assertEquals("UNKNOWN", adaptation.report(run).get("sourcesOutside"));
    assertEquals(1.0, adaptation.report(run).get("share"));
    assertFalse(adaptation.hasRisk(), "errors of the background are no noise");
    double before = error(prediction, prediction.mu());
    double after = error(prediction, adaptation.mu());
    assertTrue(after < 0.8 * before, after + " and before " + before);
    float[] restricted = adaptation.mu();
    MaskedMap.restrict(restricted, prediction.inputs().mask());
    assertArrayEquals(restricted, adaptation.mu());
  }

  @Test
  void withTheirFieldInTheDataAndNoneOutsideTheFieldIsNotTrusted() {
    LocalField field = LeftBackground.field(1, 0.0003);
    PdiPrediction prediction = prediction(field, withoutSources(start(field)));
    PdiAdaptation adaptation = new PdiAdaptation(prediction, field);
    AdaptationRun run = run();
    adaptation.run(run, part -> {});
    assertEquals("EXCESS_NOISE", adaptation.report(run).get("outcome"));
    assertArrayEquals(prediction.mu(), adaptation.mu());
  }

  @Test
  void noiseThatHidesSuchErrorsLeavesTheMapOfTheNetwork() {
    LocalField field = LeftBackground.field(1, 0.02);
    Posterior start = start(LeftBackground.field(1, 0.0003));
    PdiPrediction prediction = prediction(field, start);
    assertTrue(prediction.inputs().hiddenExcessPpm() > 0.0012);
    PdiAdaptation adaptation = new PdiAdaptation(prediction, field);
    AdaptationRun run = run();
    adaptation.run(run, part -> {});
    assertEquals("EXCESS_NOISE", adaptation.report(run).get("outcome"));
    assertArrayEquals(prediction.mu(), adaptation.mu());
  }
}
