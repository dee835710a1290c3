package org.qsmnode.inversion.adapt;

import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.pdi.PdiHeads;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.inversion.pdi.PdiModel;
import org.qsmnode.inversion.pdi.PdiPrediction;

/**
 * The objective of amortised adaptation of a network, for one patient whose susceptibility nobody
 * knows. It is the bound of {@link Elbo} at the means of the network's outputs, per voxel of the
 * mask. Added to it is the log of the posterior of the network before adaptation, as a prior of the
 * means.
 *
 * <p>Noise and strength of the prior are those that the start map's total variation found. Standard
 * deviations in the bound are at most those of a flat region without data. Both are as in {@link
 * PdiAdaptation}. The standard deviations that the network gives are calibrated on known answers,
 * which a mean-field bound would undo. So a change of their logarithms costs as much as one of a
 * normal variable of standard deviation {@value #LOG_SD_SPREAD}.
 */
public final class PatientBound {

  private static final double LOG_SD_SPREAD = 0.1;

  private final PdiInputs inputs;
  private final Elbo elbo;
  private final float[] firstMu;
  private final float[] firstSd;
  private final float[] firstLogSd;
  private final float[] boundSd;
  private final float[] mu;
  private final float[] sd;

  private PatientBound(PdiPrediction prediction, float[] firstLogSd, Elbo elbo, float[] boundSd) {
    this.inputs = prediction.inputs();
    this.elbo = elbo;
    this.firstMu = prediction.mu();
    this.firstSd = prediction.sd();
    this.firstLogSd = firstLogSd;
    this.boundSd = boundSd;
    this.mu = new float[firstMu.length];
    this.sd = new float[firstMu.length];
  }

  /**
   * The bound of a patient.
   *
   * @param start map that the network corrects, as in {@code inputs}
   * @param outputs of the network before adaptation
   */
  public static PatientBound of(
      LocalField field, Posterior start, PdiInputs inputs, PdiModel model, float[][] outputs) {
    PdiPrediction prediction = PdiPrediction.of(inputs, start, model, outputs);
    Elbo elbo = Elbo.forPatient(prediction, field);
    return new PatientBound(
        prediction, outputs[1].clone(), elbo, elbo.sdBelowFlat(prediction.sd()));
  }

  /** The objective at the outputs of a network, per voxel of the mask. */
  public double value(float[][] outputs) {
    PdiHeads.posterior(inputs, outputs, mu, sd);
    double prior = 0;
    boolean[] inside = inputs.mask().data();
    for (int i = 0; i < mu.length; i++) {
      if (inside[i]) {
        double move = (mu[i] - firstMu[i]) / firstSd[i];
        double stretch = (outputs[1][i] - firstLogSd[i]) / LOG_SD_SPREAD;
        prior -= 0.5 * (move * move + stretch * stretch);
      }
    }
    return (elbo.at(mu, boundSd).bound() + prior) / elbo.voxels();
  }

  /** Its derivatives with respect to the outputs that {@link #value} was last asked for. */
  public float[][] gradients(float[][] outputs) {
    float[] byMu = new float[mu.length];
    float[] byLogSd = new float[mu.length];
    elbo.likelihood().addGradient(byMu);
    elbo.addPriorGradient(mu, boundSd, byMu);
    boolean[] inside = inputs.mask().data();
    for (int i = 0; i < mu.length; i++) {
      if (inside[i]) {
        byMu[i] -= (mu[i] - firstMu[i]) / (firstSd[i] * firstSd[i]);
        byLogSd[i] -= (float) ((outputs[1][i] - firstLogSd[i]) / (LOG_SD_SPREAD * LOG_SD_SPREAD));
      }
    }
    float[][] gradients = PdiHeads.gradients(inputs, outputs, byMu, byLogSd);
    for (float[] gradient : gradients) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] /= elbo.voxels();
      }
    }
    return gradients;
  }
}
