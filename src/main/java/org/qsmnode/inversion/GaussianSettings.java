package org.qsmnode.inversion;

import java.util.Locale;

/**
 * Settings of {@link GaussianInversion}.
 *
 * @param samples posterior samples for the standard deviation, at least 2; its own relative error
 *     falls with the square root of this number times the voxels smoothed over
 * @param iterations limit of conjugate gradient steps per solution
 * @param tolerance relative residual at which a solution counts as found; a looser one than 1e-3
 *     understates the standard deviation, mean z^2 of draws from the prior being 1.03 at 1e-3 and
 *     1.08 at 5e-3
 * @param smoothing width in voxels (standard deviation) over which the sampled variance is averaged
 *     relative to its model; 0 takes the samples as they are
 * @param seed of the samples
 * @param noiseFactor factor on the fitted noise standard deviation; 0 estimates it from the field
 * @param priorAmplitude amplitude of the prior in ppm/mm^2; 0 estimates it
 * @param correlationLengthMm length beyond which susceptibilities are unrelated, mm; 0 estimates it
 */
public record GaussianSettings(
    int samples,
    int iterations,
    double tolerance,
    double smoothing,
    long seed,
    double noiseFactor,
    double priorAmplitude,
    double correlationLengthMm) {

  public GaussianSettings {
    if (samples < 2) {
      throw new IllegalArgumentException("samples must be at least 2");
    }
    if (iterations < 1) {
      throw new IllegalArgumentException("iterations must be at least 1");
    }
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new IllegalArgumentException("tolerance must lie between 0 and 1");
    }
    if (!(smoothing >= 0 && smoothing <= 8)) {
      throw new IllegalArgumentException("smoothing must lie between 0 and 8 voxels");
    }
    if (!(noiseFactor >= 0 && priorAmplitude >= 0 && correlationLengthMm >= 0)) {
      throw new IllegalArgumentException(
          "noiseFactor, priorAmplitude and correlationLengthMm must not be negative");
    }
  }

  /** Eight samples, everything else estimated from the field. */
  public static GaussianSettings defaults() {
    return new GaussianSettings(8, 80, 1e-3, 1.5, 20260101, 0, 0, 0);
  }

  /** All values in a fixed order, for the configuration digest. */
  String canonical() {
    return String.format(
        Locale.ROOT,
        "gaussian samples=%d iterations=%d tolerance=%s smoothing=%s seed=%d noiseFactor=%s"
            + " priorAmplitude=%s correlationLengthMm=%s",
        samples,
        iterations,
        tolerance,
        smoothing,
        seed,
        noiseFactor,
        priorAmplitude,
        correlationLengthMm);
  }
}
