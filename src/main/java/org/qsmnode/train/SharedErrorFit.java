package org.qsmnode.train;

import java.util.List;
import org.qsmnode.inversion.error.SharedErrors;
import org.qsmnode.inversion.error.Tents;

/**
 * The error that voxels of like posterior means share in one case: least squares of a function of
 * the mean, linear between fixed knots. The other errors count as unrelated, so that a knot of few
 * voxels takes a part of theirs for shared.
 *
 * @param knotPpm values of the function at the knots, ppm; 0 where the case has no such voxels
 * @param known whether it has
 */
record SharedErrorFit(double[] knotPpm, boolean[] known) {

  private static final double[] KNOTS_PPM = {-0.1, -0.05, -0.025, 0, 0.025, 0.05, 0.1, 0.2, 0.4};

  private static final Tents TENTS = new Tents(KNOTS_PPM);

  /** Voxels that a knot needs, each counted by the height of its tent there. */
  private static final double LEAST_VOXELS = 50;

  /** Voxels without error at every knot: two knots whose voxels all have one mean are alike. */
  private static final double RIDGE_VOXELS = 1;

  static SharedErrorFit of(CachedCase one, Prediction prediction) {
    int n = KNOTS_PPM.length;
    double[] voxels = new double[n];
    double[] diagonal = new double[n];
    double[] beside = new double[n];
    double[] right = new double[n];
    for (int i = 0; i < one.voxels(); i++) {
      if (one.inMask(i)) {
        double mean = prediction.meanPpm()[i];
        double error = prediction.errorPpm(one, i);
        int k = TENTS.left(mean);
        double above = TENTS.right(mean);
        double below = 1 - above;
        voxels[k] += below;
        voxels[k + 1] += above;
        diagonal[k] += below * below;
        diagonal[k + 1] += above * above;
        beside[k] += below * above;
        right[k] += below * error;
        right[k + 1] += above * error;
      }
    }
    boolean[] known = new boolean[n];
    for (int k = 0; k < n; k++) {
      known[k] = voxels[k] >= LEAST_VOXELS;
      diagonal[k] += RIDGE_VOXELS;
    }
    return new SharedErrorFit(solve(diagonal, beside, right, known), known);
  }

  /** Tents overlap with their neighbours only, so that the normal equations are tridiagonal. */
  private static double[] solve(
      double[] diagonal, double[] beside, double[] right, boolean[] known) {
    int n = diagonal.length;
    double[] pivot = new double[n];
    double[] x = new double[n];
    for (int k = 0; k < n; k++) {
      boolean joined = k > 0 && known[k] && known[k - 1];
      double factor = joined ? beside[k - 1] / pivot[k - 1] : 0;
      pivot[k] = joined ? diagonal[k] - factor * beside[k - 1] : diagonal[k];
      x[k] = known[k] ? right[k] - (joined ? factor * x[k - 1] : 0) : 0;
    }
    for (int k = n - 1; k >= 0; k--) {
      boolean joined = k + 1 < n && known[k] && known[k + 1];
      x[k] = (x[k] - (joined ? beside[k] * x[k + 1] : 0)) / pivot[k];
    }
    return x;
  }

  /** The shared error of voxels of a posterior mean, both in ppm. */
  double ppm(double meanPpm) {
    return TENTS.at(meanPpm, knotPpm);
  }

  /**
   * What cases say together. A knot that no case has is as the one below, and where there is none
   * below, as the one above.
   *
   * @param weights of the cases
   */
  static SharedErrors spread(List<SharedErrorFit> cases, double[] weights) {
    int n = KNOTS_PPM.length;
    double[] sd = new double[n];
    int lowest = n;
    for (int k = 0; k < n; k++) {
      double squares = 0;
      double weight = 0;
      for (int c = 0; c < weights.length; c++) {
        SharedErrorFit one = cases.get(c);
        squares += weights[c] * one.knotPpm[k] * one.knotPpm[k];
        weight += one.known[k] ? weights[c] : 0;
      }
      if (weight > 0) {
        sd[k] = Math.sqrt(squares / weight);
        lowest = Math.min(lowest, k);
      } else {
        sd[k] = k > 0 ? sd[k - 1] : 0;
      }
    }
    for (int k = 0; k < lowest && lowest < n; k++) {
      sd[k] = sd[lowest];
    }
    return new SharedErrors(KNOTS_PPM, sd);
  }
}
