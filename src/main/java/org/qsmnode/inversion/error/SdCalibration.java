package org.qsmnode.inversion.error;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What errors on calibration cases made of the standard deviations that a network predicts, as two
 * factors. One goes by the predicted value (recalibration of regression, Kuleshov et al. 2018,
 * arXiv:1807.00263), one by the size of the posterior mean. The second is there because what a
 * source does to its surroundings grows with it. Errors of its place, edge and field are in
 * proportion to its strength, and so are those of the start map around it. A network that sees
 * mostly weak tissue says too little of it in veins, deep grey nuclei and blood, and a little too
 * much elsewhere.
 *
 * @param byPredicted factors by predicted standard deviation; their products do not fall
 * @param byMean factors by size of the mean, whatever its sign, that of the mask being 0
 */
public record SdCalibration(FactorTable byPredicted, FactorTable byMean) {

  private static final String PREDICTED = "sdCalibration.predictedPpm";
  private static final String FACTOR = "sdCalibration.factor";
  private static final String MEAN = "sdCalibration.meanPpm";
  private static final String MEAN_FACTOR = "sdCalibration.meanFactor";

  /** Every standard deviation times one factor. */
  public static SdCalibration constant(double factor) {
    return new SdCalibration(FactorTable.constant(factor), FactorTable.constant(1));
  }

  /** The calibrated standard deviation of a predicted one at a posterior mean, all in ppm. */
  public double sdPpm(double predictedPpm, double meanPpm) {
    return predictedPpm * byPredicted.at(predictedPpm) * byMean.at(Math.abs(meanPpm));
  }

  /**
   * Between two: geometric means of the factors, those of {@code other} with weight {@code part}.
   */
  SdCalibration towards(SdCalibration other, double part) {
    return new SdCalibration(
        byPredicted.towards(other.byPredicted, part), byMean.towards(other.byMean, part));
  }

  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>(byPredicted.texts(PREDICTED, FACTOR));
    texts.putAll(byMean.texts(MEAN, MEAN_FACTOR));
    return texts;
  }

  static SdCalibration of(Map<String, String> texts) {
    return new SdCalibration(
        FactorTable.of(texts, PREDICTED, FACTOR), FactorTable.of(texts, MEAN, MEAN_FACTOR));
  }
}
