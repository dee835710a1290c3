package org.qsmnode.inversion.adapt;

import java.util.List;
import org.qsmnode.inversion.Ending;

/** What came of the adaptation of a map to the patient. */
sealed interface AdaptationFindings {

  /** Whether the map is adapted. */
  boolean adapted();

  /** Why the steps ended. */
  Ending stop();

  /** There was no time to begin. */
  record NotBegun(boolean adapted, int steps, Ending stop) implements AdaptationFindings {

    static NotBegun outOfTime() {
      return new NotBegun(false, 0, Ending.TIME_BUDGET);
    }
  }

  /**
   * The bound was climbed, as far as there was time and reason.
   *
   * @param outcome whether adapted means are used, or why not
   * @param steps number of them
   * @param secondsPerStep of the longest step
   * @param share weight of the adapted means in the pool
   * @param startShare weight of the start map in the pool
   * @param sharesBy what the weights follow from
   * @param movedPpbRms root mean square of the change of the means
   * @param discrepancyBefore mean squared residual over noise before adaptation
   * @param discrepancy the mean squared residual after it
   * @param medianResidualBefore median absolute residual over noise before adaptation
   * @param medianResidual the median absolute residual after it
   * @param noiseFactor noise in the bound over the stated one
   * @param lambdaPerPpmPerMm strength of the prior in the bound
   * @param knownVoxels voxels whose field is known
   * @param elbo the bound before each step
   */
  record Climbed(
      boolean adapted,
      AdaptationOutcome outcome,
      int steps,
      Ending stop,
      double secondsPerStep,
      double share,
      double startShare,
      SharesBy sharesBy,
      double movedPpbRms,
      double discrepancyBefore,
      double discrepancy,
      double medianResidualBefore,
      double medianResidual,
      double noiseFactor,
      double lambdaPerPpmPerMm,
      int knownVoxels,
      int maskVoxels,
      List<BoundFindings> elbo)
      implements AdaptationFindings {}

  /** What the weights of a pool follow from. */
  enum SharesBy {
    /** They have the least risk. */
    RISK,
    /** Sources outside the mask are unknowns of the bound, which then counts wholly. */
    OUTSIDE,
    /** The network leaves so much of the field unexplained. */
    RESIDUAL
  }

  /**
   * The bound before one step, term by term.
   *
   * @param entropy of the posterior without constants
   * @param likelihood expected log likelihood
   * @param prior expected log prior
   * @param networkPrior log density of the means under the network's posterior
   */
  record BoundFindings(double entropy, double likelihood, double prior, double networkPrior) {

    static BoundFindings of(AdaptationRun.Step step) {
      Elbo.Terms terms = step.terms();
      return new BoundFindings(terms.entropy(), terms.likelihood(), terms.prior(), step.anchor());
    }
  }
}
