package org.qsmnode.inversion;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a network's errors are like, by how much noisier the field is than it says. Where field
 * mapping left something of the background, errors are larger and smoother than where noise is all
 * there is.
 *
 * @param quiet of fields as noisy as stated
 * @param noisy of fields at least {@link #NOISY} times as noisy
 */
public record ErrorModels(ErrorModel quiet, ErrorModel noisy) {

  /** Noise over the stated one from which on a field counts as wholly noisy. */
  public static final double NOISY = 2;

  private static final String QUIET = "quiet.";
  private static final String LOUD = "noisy.";

  /** How noisy a field counts as: 0 as stated, 1 from {@link #NOISY} times as noisy. */
  public static double noisiness(double noiseFactor) {
    return Math.max(0, Math.min(1, Math.log(noiseFactor) / Math.log(NOISY)));
  }

  /** The same whatever the noise. */
  public static ErrorModels always(ErrorModel model) {
    return new ErrorModels(model, model);
  }

  /** Errors in a field that is {@code noiseFactor} times as noisy as stated. */
  public ErrorModel at(double noiseFactor) {
    return quiet.towards(noisy, noisiness(noiseFactor));
  }

  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>(quiet.texts(QUIET));
    texts.putAll(noisy.texts(LOUD));
    return texts;
  }

  static ErrorModels of(Map<String, String> texts) {
    return new ErrorModels(ErrorModel.of(texts, QUIET), ErrorModel.of(texts, LOUD));
  }
}
