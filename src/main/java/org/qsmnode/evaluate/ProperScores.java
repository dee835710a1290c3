package org.qsmnode.evaluate;

import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Scores of a Gaussian per voxel against the reference; smaller is better. Map and reference are
 * demeaned inside the mask.
 *
 * @param nll mean negative log likelihood, error and standard deviation in ppm
 * @param crpsPpm mean continuous ranked probability score (Gneiting and Raftery 2007,
 *     doi:10.1198/016214506000001437)
 * @param regressionEce mean over p = 0.05, 0.10 .. 0.95 of |part of the voxels below the stated
 *     quantile p - p| (Kuleshov et al. 2018, arXiv:1807.00263)
 * @param ence mean over 20 bins of equally many voxels by standard deviation of |root mean variance
 *     - root mean squared error| / root mean variance (Levi et al. 2022, doi:10.3390/s22155540)
 */
public record ProperScores(double nll, double crpsPpm, double regressionEce, double ence) {

  private static final int BINS = 20;

  /** Scores inside {@code mask}. */
  public static ProperScores of(Volume chiPpm, Volume sdPpm, Volume referencePpm, Mask mask) {
    return of(Errors.of(chiPpm, sdPpm, referencePpm, mask, mask));
  }

  static ProperScores of(Errors errors) {
    double nll = 0;
    double crps = 0;
    for (int i = 0; i < errors.count(); i++) {
      double s = errors.sd()[i];
      double z = errors.z(i);
      nll += 0.5 * Math.log(2 * Math.PI * s * s) + 0.5 * z * z;
      crps +=
          s
              * (z * (2 * Normal.distribution(z) - 1)
                  + 2 * Normal.density(z)
                  - 1 / Math.sqrt(Math.PI));
    }
    double ece = 0;
    double[] below = ReliabilityCurve.of(errors).observed();
    for (int j = 0; j < below.length; j++) {
      ece += Math.abs(below[j] - ReliabilityCurve.LEVELS[j]) / below.length;
    }
    return new ProperScores(nll / errors.count(), crps / errors.count(), ece, ence(errors));
  }

  private static double ence(Errors errors) {
    int[] order = Order.ascending(errors.sd());
    double sum = 0;
    int used = 0;
    for (int b = 0; b < BINS; b++) {
      int from = (int) ((long) order.length * b / BINS);
      int to = (int) ((long) order.length * (b + 1) / BINS);
      double variance = 0;
      double squares = 0;
      for (int k = from; k < to; k++) {
        variance += Math.pow(errors.sd()[order[k]], 2);
        squares += Math.pow(errors.error()[order[k]], 2);
      }
      if (to > from) {
        sum += Math.abs(Math.sqrt(variance) - Math.sqrt(squares)) / Math.sqrt(variance);
        used++;
      }
    }
    return sum / Math.max(1, used);
  }
}
