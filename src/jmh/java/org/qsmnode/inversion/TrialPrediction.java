package org.qsmnode.inversion;

import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.Progress;

/** What trials start from: a network's posterior as {@link PdiViInversion} makes it. */
final class TrialPrediction {

  private TrialPrediction() {}

  static PdiPrediction of(LocalField field, PdiModel model) {
    Posterior start = PdiInputs.starter().invert(field, Progress.NONE);
    return PdiPrediction.of(field, start, model, MirroredViews.ALL, Progress.NONE);
  }

  /** The same adapted to the field, whether or not that is trusted. */
  static PdiAdaptation adapted(PdiPrediction prediction, LocalField field) {
    PdiAdaptation adaptation = new PdiAdaptation(prediction, field);
    adaptation.climb(
        new AdaptationRun(TimeBudget.unlimited(), PdiViSettings.defaults().steps()), part -> {});
    return adaptation;
  }
}
