package org.qsmnode.inversion.adapt;

import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.adapt.AdaptationFindings.SharesBy;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.inversion.error.ErrorModels;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.inversion.pdi.PdiPrediction;
import org.qsmnode.inversion.pdi.Reliability;
import org.qsmnode.numeric.Parallel;
import org.qsmnode.volume.Volume;

/**
 * From a network's posterior to one that fits the patient's field.
 *
 * <p>Noise and strength of the prior are those that the start map's total variation found, the
 * strength once more by the bound. The variational posterior has independent voxels. Its standard
 * deviations are those of the network or, where smaller, those that the prior alone would leave in
 * a flat region. {@link MeanAdaptation} maximises {@link Elbo} over its means with the network's
 * posterior as a further prior. The means that are shown are a logarithmic pool of the network's
 * posterior and the adapted one (Genest and Zidek 1986, doi:10.1214/ss/1177013825). The bound knows
 * nothing of errors of field mapping, which the network has learned. The network knows nothing of
 * what is special in this patient. Where there is time for it, their weights, and that of the start
 * map, are those of least {@link FieldRisk}. What does not raise the bound, or explains the field
 * worse in its median or its mean square, is not taken.
 */
final class PdiAdaptation {

  /** Variance of the prior on a change of the means, in units of the network's own. */
  private static final double TRUST = 1;

  /** Standard deviation of the prior of a source outside: so wide that it hardly counts. */
  private static final float OUTSIDE_SD_PPM = 0.5f;

  /** Weight of the adapted posterior in the pool where the network already explains the field. */
  private static final double SHARE = 0.5;

  /** Median residual, in standard deviations, from which the adapted posterior counts wholly. */
  private static final double UNEXPLAINED = 2;

  /** Up to this excess noise a field counts as wrong by noise alone. */
  private static final double TRUSTED_PPM = 0.0003;

  /**
   * From this excess noise on a field counts as mapped. A mapped field that is taken for exact
   * costs more than an exact one that is taken for mapped.
   */
  private static final double MISTRUSTED_PPM = 0.0006;

  /** Up to this noise hides no errors of the size that mapped fields have. */
  private static final double SEEN_PPM = 0.0006;

  /** From this on it may hide those of any mapped field. */
  private static final double UNSEEN_PPM = 0.0012;

  /** Least part of the network's variance that is left. */
  private static final double LEAST_VARIANCE = 0.25;

  private final PdiPrediction prediction;
  private final Elbo elbo;
  private final MeanAdaptation means;
  private final double discrepancyBefore;
  private final double residualBefore;
  private AdaptationOutcome outcome = AdaptationOutcome.NO_STEPS;
  private Optional<PooledMaps.Weights> byRisk = Optional.empty();

  /**
   * Begins where the network's posterior stands.
   *
   * @param field what the prediction was made of
   */
  PdiAdaptation(PdiPrediction prediction, LocalField field) {
    this.prediction = prediction;
    elbo = Elbo.forPatient(prediction, field);
    discrepancyBefore = elbo.likelihood().discrepancy();
    residualBefore = elbo.likelihood().medianResidual();
    means =
        new MeanAdaptation(
            prediction.inputs(),
            elbo,
            prediction.mu(),
            elbo.sdBelowFlat(prediction.sd()),
            priorSd(),
            TRUST);
  }

  /** Whether sources outside are unknowns of the bound. */
  private boolean outsideUnknown() {
    return prediction.start().outsidePpm().isPresent();
  }

  /** How far means may move: the network's standard deviations, and those of sources outside. */
  private float[] priorSd() {
    if (!outsideUnknown()) {
      return prediction.sd();
    }
    float[] sd = prediction.sd().clone();
    boolean[] inside = prediction.inputs().mask().data();
    for (int i = 0; i < sd.length; i++) {
      sd[i] = inside[i] ? sd[i] : OUTSIDE_SD_PPM;
    }
    return sd;
  }

  void run(AdaptationRun run, DoubleConsumer progress) {
    if (trusted() == 0) {
      outcome = AdaptationOutcome.EXCESS_NOISE;
    } else {
      climb(run, progress);
    }
  }

  /** Adapts whether or not that is {@link #trusted}. */
  void climb(AdaptationRun run, DoubleConsumer progress) {
    run.run(
        () -> {
          double anchor = means.anchor();
          return new AdaptationRun.Step(means.step(), anchor);
        },
        elbo.voxels(),
        progress);
    RobustLikelihood likelihood = elbo.likelihood();
    outcome =
        AdaptationOutcome.of(
            run,
            likelihood.medianResidual() / residualBefore,
            likelihood.discrepancy() / discrepancyBefore);
  }

  /** Whether means are adapted, and the field is one whose {@link FieldRisk} tells the truth. */
  boolean hasRisk() {
    return outcome == AdaptationOutcome.ADAPTED && trusted() > 0 && !outsideUnknown();
  }

  /** What can be pooled. */
  PooledMaps maps() {
    float[] adapted = means.mu().clone();
    MaskedMap.restrict(adapted, prediction.inputs().mask());
    return new PooledMaps(prediction.mu(), adapted, prediction.inputs().startPpm());
  }

  /**
   * Field in the mask of the sources outside that the bound found beyond those of the start map, on
   * the grid of the field, ppm.
   */
  Volume outsidePpm() {
    PdiInputs inputs = prediction.inputs();
    float[] sources = MaskedMap.outside(means.mu(), inputs.mask().data());
    inputs.dipole().apply(sources, sources);
    return inputs.box().embed(new Volume(inputs.box().grid(), sources));
  }

  /** Pools by weights of least risk. */
  void poolBy(PooledMaps.Weights leastRisk) {
    byRisk = Optional.of(leastRisk);
  }

  /**
   * What a field has beyond noise is mostly what background removal left, of which the network
   * knows more than a bound without sources outside. Where there is little of it and the network's
   * means leave the field unexplained all the same, the bound knows more than the network.
   */
  private PooledMaps.Weights weights() {
    if (outcome != AdaptationOutcome.ADAPTED) {
      return new PooledMaps.Weights(0, 0);
    }
    double byResidual =
        outsideUnknown() ? 1 : Math.max(SHARE, Math.min(1, residualBefore / UNEXPLAINED));
    return byRisk.orElse(new PooledMaps.Weights(byResidual, 0)).times(trusted());
  }

  /**
   * From 1 where the bound knows all that is wrong with the field to 0 where it does not, or may
   * not.
   */
  private double trusted() {
    PdiInputs inputs = prediction.inputs();
    double wrong =
        outsideUnknown()
            ? 0
            : ErrorModels.noisiness(inputs.excessNoisePpm(), TRUSTED_PPM, MISTRUSTED_PPM);
    double hidden = ErrorModels.noisiness(inputs.hiddenExcessPpm(), SEEN_PPM, UNSEEN_PPM);
    return 1 - Math.max(wrong, hidden);
  }

  /** The means to show: pooled, or the network's where adaptation was no improvement. */
  float[] mu() {
    return maps().pool(weights());
  }

  /**
   * The standard deviations to show: the network's. Where the weights are those of least risk, the
   * error of the pool is at right angles to what was changed. So the variance is less by the square
   * of the change.
   */
  float[] sd() {
    float[] sd = prediction.sd().clone();
    if (byRisk.isPresent()) {
      double left = 1 - squaredMove() / Parallel.dot(sd, sd);
      float factor = (float) Math.sqrt(Math.max(LEAST_VARIANCE, left));
      for (int i = 0; i < sd.length; i++) {
        sd[i] *= factor;
      }
    }
    return sd;
  }

  private double squaredMove() {
    float[] mu = mu();
    double sum = 0;
    for (int i = 0; i < mu.length; i++) {
      double move = mu[i] - prediction.mu()[i];
      sum += move * move;
    }
    return sum;
  }

  /** Root mean square of the change of the means, ppb. */
  private double movedPpb() {
    return 1000 * Math.sqrt(squaredMove() / elbo.voxels());
  }

  AdaptationFindings.Climbed findings(AdaptationRun run) {
    RobustLikelihood likelihood = elbo.likelihood();
    PooledMaps.Weights weights = weights();
    return new AdaptationFindings.Climbed(
        outcome == AdaptationOutcome.ADAPTED,
        outcome,
        run.steps().size(),
        run.ending(),
        run.secondsPerStep(),
        weights.adapted(),
        weights.start(),
        byRisk.isPresent()
            ? SharesBy.RISK
            : outsideUnknown() ? SharesBy.OUTSIDE : SharesBy.RESIDUAL,
        movedPpb(),
        discrepancyBefore,
        likelihood.discrepancy(),
        residualBefore,
        likelihood.medianResidual(),
        likelihood.noiseFactor(),
        elbo.lambda(),
        likelihood.known(),
        elbo.voxels(),
        run.steps().stream().map(AdaptationFindings.BoundFindings::of).toList());
  }

  /**
   * Where the adapted means leave the field unexplained, the map should not be read.
   *
   * @param sd those to show, ppm
   */
  Reliability reliability(float[] sd) {
    return Reliability.of(prediction.inputs(), sd, elbo.likelihood()::rejected);
  }
}
