package org.qsmnode.inversion.error;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a network's errors are like, by how much noisier the field is than it says. Where field
 * mapping left something of the background, errors are larger and smoother than where noise is all
 * there is.
 *
 * @param quiet of fields with an excess noise of up to {@link #QUIET_PPM}
 * @param noisy of fields with one of {@link #NOISY_PPM} and more
 */
public record ErrorModels(ErrorModel quiet, ErrorModel noisy) {

  /** Nearly all fields with no other error than noise have less; the rest is of chance. */
  public static final double QUIET_PPM = 0.0004;

  /** Nearly all fields with no other error have less, most that went through field mapping more. */
  public static final double NOISY_PPM = 0.001;

  private static final String QUIET = "quiet.";
  private static final String NOISY = "noisy.";

  /** How noisy a field counts as, from 0 for quiet to 1 for noisy. */
  public static double noisiness(double excessNoisePpm) {
    return noisiness(excessNoisePpm, QUIET_PPM, NOISY_PPM);
  }

  /**
   * How noisy a field counts as where other bounds than those of error models hold.
   *
   * @param quietPpm errors beyond noise up to which a field counts as quiet, 0
   * @param noisyPpm errors beyond noise from which it counts as noisy, 1; in between by the
   *     logarithm
   */
  public static double noisiness(double excessNoisePpm, double quietPpm, double noisyPpm) {
    double place = Math.log(excessNoisePpm / quietPpm) / Math.log(noisyPpm / quietPpm);
    return Math.max(0, Math.min(1, place));
  }

  /** One model of errors for quiet and noisy fields. */
  public static ErrorModels always(ErrorModel model) {
    return new ErrorModels(model, model);
  }

  /** Errors in a field whose errors beyond noise have a root mean square of this size, ppm. */
  public ErrorModel at(double excessNoisePpm) {
    return quiet.towards(noisy, noisiness(excessNoisePpm));
  }

  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>(quiet.texts(QUIET));
    texts.putAll(noisy.texts(NOISY));
    return texts;
  }

  public static ErrorModels of(Map<String, String> texts) {
    return new ErrorModels(ErrorModel.of(texts, QUIET), ErrorModel.of(texts, NOISY));
  }
}
