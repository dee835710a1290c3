package org.qsmnode.inversion;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * What errors on calibration cases made of the standard deviations that a network predicts: a
 * factor for each of some predicted values, in between by the logarithm, beyond the last one as
 * there (recalibration of regression, Kuleshov et al. 2018, arXiv:1807.00263).
 *
 * @param predictedPpm increasing standard deviations, ppm
 * @param factor what each is multiplied by; the products do not fall
 */
public record SdCalibration(double[] predictedPpm, double[] factor) {

  private static final String PREDICTED = "sdCalibration.predictedPpm";
  private static final String FACTOR = "sdCalibration.factor";

  public SdCalibration {
    predictedPpm = predictedPpm.clone();
    factor = factor.clone();
    if (predictedPpm.length == 0 || predictedPpm.length != factor.length) {
      throw new IllegalArgumentException("predicted values and factors must be as many, and some");
    }
    for (int k = 0; k < factor.length; k++) {
      boolean increasing = k == 0 || predictedPpm[k] > predictedPpm[k - 1];
      if (!(predictedPpm[k] > 0 && increasing && factor[k] > 0 && Double.isFinite(factor[k]))) {
        throw new IllegalArgumentException(
            "predicted values must be positive and increase, factors must be positive");
      }
    }
  }

  /** Every standard deviation times one factor. */
  public static SdCalibration constant(double factor) {
    return new SdCalibration(new double[] {1}, new double[] {factor});
  }

  /** The calibrated standard deviation of a predicted one, both in ppm. */
  public double sdPpm(double predicted) {
    int last = factor.length - 1;
    if (predicted <= predictedPpm[0]) {
      return predicted * factor[0];
    }
    if (predicted >= predictedPpm[last]) {
      return predicted * factor[last];
    }
    int k = 1;
    while (predictedPpm[k] < predicted) {
      k++;
    }
    double part =
        Math.log(predicted / predictedPpm[k - 1]) / Math.log(predictedPpm[k] / predictedPpm[k - 1]);
    return predicted * Math.exp((1 - part) * Math.log(factor[k - 1]) + part * Math.log(factor[k]));
  }

  /**
   * Between two: geometric means of the factors, that of {@code other} with weight {@code part}.
   */
  SdCalibration towards(SdCalibration other, double part) {
    double[] knots =
        DoubleStream.concat(Arrays.stream(predictedPpm), Arrays.stream(other.predictedPpm))
            .sorted()
            .distinct()
            .toArray();
    double[] factors =
        Arrays.stream(knots)
            .map(
                ppm ->
                    Math.pow(sdPpm(ppm) / ppm, 1 - part) * Math.pow(other.sdPpm(ppm) / ppm, part))
            .toArray();
    return new SdCalibration(knots, factors);
  }

  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(PREDICTED, Numbers.text(predictedPpm));
    texts.put(FACTOR, Numbers.text(factor));
    return texts;
  }

  static SdCalibration of(Map<String, String> texts) {
    return new SdCalibration(
        Numbers.of(PdiFacts.text(texts, PREDICTED)), Numbers.of(PdiFacts.text(texts, FACTOR)));
  }
}
