package org.qsmnode.inversion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.qsmnode.field.LocalField;

/**
 * From a network's posterior to one that fits the patient's field: noise, prior strength and
 * spectrum by the bound at the network's posterior, then the means by {@link MeanAdaptation}. What
 * does not raise the bound, or explains the field worse, is not taken.
 */
final class PdiAdaptation {

  /** Variance of the prior on a change of the means, in units of the network's own. */
  private static final double TRUST = 1;

  private static final double OUTSIDE_SD_PPM = 0.05;
  private static final int SPECTRUM_ROUNDS = 2;
  private static final double LARGEST_NOISE_FACTOR = 10;
  private static final double LARGEST_READ_SD_PPM = 0.1;

  private final PdiPrediction prediction;
  private final Elbo elbo;
  private final PosteriorSpectrum spectrum;
  private final MeanAdaptation means;
  private final double discrepancyBefore;
  private final double residualBefore;
  private boolean taken;

  /**
   * Finds noise, strength and spectrum.
   *
   * @param field what the prediction was made of
   */
  PdiAdaptation(PdiPrediction prediction, LocalField field) {
    this.prediction = prediction;
    PdiInputs inputs = prediction.inputs();
    float[] mu = prediction.mu();
    float[] sd = prediction.sd();
    RobustLikelihood likelihood =
        new RobustLikelihood(inputs.dipole(), inputs.fieldPpm(), inputs.weight());
    float[] magnitude = inputs.box().crop(field.magnitude()).data();
    elbo = new Elbo(inputs.mask(), likelihood, new ExpectedVariation(inputs.mask(), magnitude));
    likelihood.at(inputs.startPpm(), new float[sd.length]);
    likelihood.noiseFactor(
        Math.max(1, Math.min(LARGEST_NOISE_FACTOR, likelihood.medianResidual())));
    PosteriorSpectrum found = PosteriorSpectrum.white(inputs.dipole().fourier());
    for (int round = 0; round < SPECTRUM_ROUNDS; round++) {
      elbo.at(mu, sd);
      elbo.lambda(elbo.betterLambda(mu, sd));
      found = elbo.betterSpectrum(inputs, mu, sd, 1 / TRUST);
      elbo.correlatedAs(found);
    }
    spectrum = found;
    elbo.at(mu, sd);
    elbo.lambda(elbo.betterLambda(mu, sd));
    discrepancyBefore = likelihood.discrepancy();
    residualBefore = likelihood.medianResidual();
    SourceSpace space = SourceSpace.around(inputs.box(), field.b0Direction(), 0);
    means = new MeanAdaptation(inputs, elbo, spectrum, space, mu, sd, TRUST, OUTSIDE_SD_PPM);
  }

  void run(AdaptationRun run, DoubleConsumer progress) {
    run.run(
        () -> {
          double anchor = means.anchor();
          return new AdaptationRun.Step(means.step(), anchor);
        },
        elbo.voxels(),
        progress);
    List<AdaptationRun.Step> steps = run.steps();
    boolean better =
        steps.size() > 1 && steps.get(steps.size() - 1).objective() > steps.get(0).objective();
    taken =
        better
            && run.stop() != AdaptationRun.Stop.NOT_FINITE
            && elbo.likelihood().medianResidual() <= residualBefore;
  }

  /** The means to show: adapted, or the network's where adaptation was no improvement. */
  float[] mu() {
    return taken ? means.mu() : prediction.mu();
  }

  PosteriorSampler sampler() {
    PdiInputs inputs = prediction.inputs();
    return new PosteriorSampler(inputs.box(), inputs.mask(), spectrum, mu(), prediction.sd());
  }

  /** Root mean square of the change of the means, ppb. */
  private double movedPpb() {
    double sum = 0;
    for (int i = 0; i < mu().length; i++) {
      double move = mu()[i] - prediction.mu()[i];
      sum += move * move;
    }
    return 1000 * Math.sqrt(sum / elbo.voxels());
  }

  Map<String, Object> report(AdaptationRun run) {
    RobustLikelihood likelihood = elbo.likelihood();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("adapted", taken);
    report.put("steps", run.steps().size());
    report.put("stop", run.stop().name());
    report.put("secondsPerStep", run.secondsPerStep());
    report.put("movedPpbRms", movedPpb());
    report.put("discrepancyBefore", discrepancyBefore);
    report.put("discrepancy", likelihood.discrepancy());
    report.put("medianResidualBefore", residualBefore);
    report.put("medianResidual", likelihood.medianResidual());
    report.put("noiseFactor", likelihood.noiseFactor());
    report.put("lambdaPerPpmPerMm", elbo.lambda());
    report.put("knownVoxels", likelihood.known());
    report.put("maskVoxels", elbo.voxels());
    report.put("unread", unread());
    report.put("elbo", rows(run.steps()));
    return report;
  }

  /** Voxels of the mask whose value should not be read, by why. */
  private Map<String, Object> unread() {
    boolean[] inside = prediction.inputs().mask().data();
    float[] weight = prediction.inputs().weight();
    int unknown = 0;
    int uncertain = 0;
    int all = 0;
    for (int i = 0; i < inside.length; i++) {
      if (inside[i]) {
        boolean wide = prediction.sd()[i] > LARGEST_READ_SD_PPM;
        unknown += weight[i] == 0 ? 1 : 0;
        uncertain += wide ? 1 : 0;
        all += wide || elbo.likelihood().unread(i) ? 1 : 0;
      }
    }
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("voxels", all);
    counts.put("fieldUnknown", unknown);
    counts.put("fieldRejected", elbo.likelihood().rejected());
    counts.put("sdAbove100Ppb", uncertain);
    return counts;
  }

  private static List<Map<String, Double>> rows(List<AdaptationRun.Step> steps) {
    List<Map<String, Double>> rows = new ArrayList<>();
    for (AdaptationRun.Step step : steps) {
      Map<String, Double> row = new LinkedHashMap<>();
      row.put("entropy", step.terms().entropy());
      row.put("likelihood", step.terms().likelihood());
      row.put("prior", step.terms().prior());
      row.put("networkPrior", step.anchor());
      rows.add(row);
    }
    return rows;
  }
}
