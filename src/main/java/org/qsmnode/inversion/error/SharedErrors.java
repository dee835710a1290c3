package org.qsmnode.inversion.error;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.qsmnode.numeric.SeededRandom;

/**
 * Errors that voxels of like susceptibility share: a random function of the posterior mean, h = sum
 * of xi_k tent_k with independent normal xi_k, see {@link Tents}. A network errs by anatomy. Where
 * it has one cortex too low, all of it is, however far apart its voxels lie, and a nucleus errs as
 * a whole. {@link ErrorSpectrum} knows distances only, and averages such errors out in the mean of
 * a region.
 *
 * @param meanPpm increasing posterior means, those of the knots, ppm
 * @param sdPpm standard deviation of the shared error at each, ppm
 */
public record SharedErrors(double[] meanPpm, double[] sdPpm) {

  /** Part of a voxel's variance that it shares with no other because of its mean, at least. */
  private static final double LEAST_REST = 0.25;

  private static final String MEAN = "sharedErrors.meanPpm";
  private static final String SD = "sharedErrors.sdPpm";

  public SharedErrors {
    meanPpm = meanPpm.clone();
    sdPpm = sdPpm.clone();
    if (meanPpm.length == 0 || meanPpm.length != sdPpm.length) {
      throw new IllegalArgumentException("means and deviations must be as many, and some");
    }
    for (int k = 0; k < sdPpm.length; k++) {
      boolean increasing = k == 0 ? Double.isFinite(meanPpm[0]) : meanPpm[k] > meanPpm[k - 1];
      if (!(increasing && sdPpm[k] >= 0 && Double.isFinite(sdPpm[k]))) {
        throw new IllegalArgumentException(
            "means of shared errors must increase, deviations must not be negative");
      }
    }
  }

  /** Nothing is shared. */
  public static SharedErrors none() {
    return new SharedErrors(new double[] {0}, new double[] {0});
  }

  /** Variance in ppm^2 of the shared error of voxels with a posterior mean. */
  public double variance(double meanPpm) {
    Tents tents = tents();
    int k = tents.left(meanPpm);
    double right = tents.right(meanPpm);
    double variance = Math.pow((1 - right) * sdPpm[k], 2);
    return right > 0 ? variance + Math.pow(right * sdPpm[k + 1], 2) : variance;
  }

  /**
   * What is left for errors that are not shared, of the whole variance of a voxel, both in ppm^2. A
   * quarter is left always: no voxel's error is all its tissue's.
   */
  public double restVariance(double variance, double meanPpm) {
    return Math.max(LEAST_REST * variance, variance - variance(meanPpm));
  }

  /** The shared error in ppm by posterior mean in ppm, drawn. */
  DoubleUnaryOperator draw(SeededRandom random) {
    double[] drawn = Arrays.stream(sdPpm).map(sd -> sd * random.gaussian()).toArray();
    Tents tents = tents();
    return mean -> tents.at(mean, drawn);
  }

  private Tents tents() {
    return new Tents(meanPpm);
  }

  /**
   * What lies between this and {@code other}: at the knots of either the geometric mean of the
   * deviations, that of {@code other} with weight {@code part}. Nothing where one of them shares
   * nothing.
   */
  SharedErrors towards(SharedErrors other, double part) {
    double[] knots =
        DoubleStream.concat(Arrays.stream(meanPpm), Arrays.stream(other.meanPpm))
            .sorted()
            .distinct()
            .toArray();
    double[] sds =
        Arrays.stream(knots)
            .map(
                mean ->
                    Math.pow(variance(mean), (1 - part) / 2)
                        * Math.pow(other.variance(mean), part / 2))
            .toArray();
    return new SharedErrors(knots, sds);
  }

  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(MEAN, Numbers.text(meanPpm));
    texts.put(SD, Numbers.text(sdPpm));
    return texts;
  }

  static SharedErrors of(Map<String, String> texts) {
    return new SharedErrors(Numbers.of(texts, MEAN), Numbers.of(texts, SD));
  }
}
