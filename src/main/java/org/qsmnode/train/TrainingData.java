package org.qsmnode.train;

import java.nio.file.Path;

/**
 * Folders of cases, see {@code simulate --cases}; no case may be in two of them.
 *
 * @param training what weights are fitted to
 * @param validation what the learning curve is measured on
 * @param calibration what standard deviations and the spectrum of errors are fitted to
 * @param test what the card reports; may hold held-out families
 */
public record TrainingData(Path training, Path validation, Path calibration, Path test) {

  /** The four folders below one. */
  public static TrainingData below(Path root) {
    return new TrainingData(
        root.resolve("training"),
        root.resolve("validation"),
        root.resolve("calibration"),
        root.resolve("test"));
  }
}
