package org.qsmnode.field.fit;

import org.qsmnode.field.data.Angles;
import org.qsmnode.field.data.EchoImages;
import org.qsmnode.numeric.Quantiles;
import org.qsmnode.volume.Mask;

/**
 * Noise of an acquisition, estimated from how the echoes of bright voxels miss a straight phase
 * line.
 *
 * @param sigma standard deviation of the noise per real channel, unit of the magnitude
 * @param interceptVariance variance in rad^2 of the phase offset that the smooth offset left over;
 *     0 where noise explains all of it
 */
public record EchoNoise(double sigma, double interceptVariance) {

  /** Median of chi-square with one degree of freedom. */
  private static final double MEDIAN_ONE = 0.45494;

  /**
   * Estimates the noise from a fit with free intercept. With two echoes that fit has no residual;
   * then all scatter of the intercept counts as noise.
   */
  public static EchoNoise estimate(EchoImages images, Mask mask, EchoFit free) {
    int echoes = images.echoes();
    if (echoes == 2) {
      double[] ratio =
          Quantiles.sorted(images.size(), i -> mask.data()[i], i -> scaledIntercept(free, i));
      return new EchoNoise(Math.sqrt(Quantiles.median(ratio) / MEDIAN_ONE), 0);
    }
    double[] residual =
        Quantiles.sorted(images.size(), i -> mask.data()[i], i -> free.residual()[i]);
    double variance = Quantiles.median(residual) / medianChiSquare(echoes - 2);
    return new EchoNoise(Math.sqrt(variance), interceptVariance(images, mask, free, variance));
  }

  private static double scaledIntercept(EchoFit free, int i) {
    double p0 = Angles.wrap(free.intercept()[i]);
    return p0 * p0 / free.interceptFactor()[i];
  }

  /** The variance at which the median of p0^2 / (variance + its noise) is that of chi-square. */
  private static double interceptVariance(
      EchoImages images, Mask mask, EchoFit free, double noiseVariance) {
    double low = 0;
    double high = Math.PI * Math.PI;
    if (excess(images, mask, free, noiseVariance, 0) <= 0) {
      return 0;
    }
    for (int step = 0; step < 24; step++) {
      double middle = step < 12 ? Math.sqrt(Math.max(low, 1e-8) * high) : (low + high) / 2;
      if (excess(images, mask, free, noiseVariance, middle) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static double excess(
      EchoImages images, Mask mask, EchoFit free, double noiseVariance, double variance) {
    double[] ratio =
        Quantiles.sorted(
            images.size(),
            i -> mask.data()[i],
            i -> {
              double p0 = Angles.wrap(free.intercept()[i]);
              return p0 * p0 / (variance + noiseVariance * free.interceptFactor()[i]);
            });
    return Quantiles.median(ratio) - MEDIAN_ONE;
  }

  /** Noise variance over intercept variance, the prior of {@link EchoFit#run}. */
  public double priorRatio() {
    return interceptVariance == 0 ? Double.POSITIVE_INFINITY : sigma * sigma / interceptVariance;
  }

  /** Median of chi-square (Wilson and Hilferty, exact for one and two degrees of freedom). */
  static double medianChiSquare(int degrees) {
    return switch (degrees) {
      case 1 -> MEDIAN_ONE;
      case 2 -> 2 * Math.log(2);
      default -> chiSquareQuantile(degrees, 0);
    };
  }

  /** Quantile of chi-square at the standard normal deviate {@code z}. */
  static double chiSquareQuantile(int degrees, double z) {
    double c = 2.0 / (9 * degrees);
    return degrees * Math.pow(1 - c + z * Math.sqrt(c), 3);
  }
}
