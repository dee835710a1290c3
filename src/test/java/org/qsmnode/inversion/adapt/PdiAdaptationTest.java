package org.qsmnode.inversion.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Fields;
import org.qsmnode.inversion.LeftBackground;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.TimeBudget;
import org.qsmnode.inversion.adapt.AdaptationFindings.SharesBy;
import org.qsmnode.inversion.classic.TvInversion;
import org.qsmnode.inversion.classic.TvSettings;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.inversion.pdi.PdiPrediction;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/** Adaptation to a field in which background removal left something of sources outside. */
class PdiAdaptationTest {

  private static final Mask MASK = LeftBackground.MASK;

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
    return Posterior.ofMap(start.chiPpm(), start.findings(), Optional.empty());
  }

  @Test
  void whatIsLeftOfSourcesOutsideIsAnUnknownOfTheBoundAndTheMapComesNearerTheTruth() {
    LocalField field = LeftBackground.field(1, 0.0003);
    PdiPrediction prediction = BlockPrediction.of(field, start(field), 0.7f, 0.02f);
    PdiAdaptation adaptation = new PdiAdaptation(prediction, field);
    AdaptationRun run = run();
    adaptation.run(run, part -> {});
    assertEquals(SharesBy.OUTSIDE, adaptation.findings(run).sharesBy());
    assertEquals(1.0, adaptation.findings(run).share());
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
    PdiPrediction prediction = BlockPrediction.of(field, withoutSources(start(field)), 0.7f, 0.02f);
    PdiAdaptation adaptation = new PdiAdaptation(prediction, field);
    AdaptationRun run = run();
    adaptation.run(run, part -> {});
    assertEquals(AdaptationOutcome.EXCESS_NOISE, adaptation.findings(run).outcome());
    assertArrayEquals(prediction.mu(), adaptation.mu());
  }

  @Test
  void noiseThatHidesSuchErrorsLeavesTheMapOfTheNetwork() {
    LocalField field = LeftBackground.field(1, 0.02);
    Posterior start = start(LeftBackground.field(1, 0.0003));
    PdiPrediction prediction = BlockPrediction.of(field, start, 0.7f, 0.02f);
    assertTrue(prediction.inputs().hiddenExcessPpm() > 0.0012);
    PdiAdaptation adaptation = new PdiAdaptation(prediction, field);
    AdaptationRun run = run();
    adaptation.run(run, part -> {});
    assertEquals(AdaptationOutcome.EXCESS_NOISE, adaptation.findings(run).outcome());
    assertArrayEquals(prediction.mu(), adaptation.mu());
  }
}
