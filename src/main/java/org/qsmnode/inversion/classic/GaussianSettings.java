package org.qsmnode.inversion.classic;

import java.util.Locale;

/**
 * Settings of {@link GaussianInversion}.
 *
 * @param field which field is explained
 * @param samples posterior samples for the standard deviation, at least 2. The relative error of
 *     the standard deviation falls with the square root of this number times the voxels smoothed
 *     over
 * @param iterations limit of conjugate gradient steps per solution
 * @param tolerance relative residual at which a solution counts as found
 * @param smoothing width in voxels (standard deviation) over which the sampled variance is
 *     averaged; 0 takes the samples as they are
 * @param seed of the samples
 * @param noiseFactor factor on the fitted noise standard deviation; 0 estimates it from the field
 * @param gradient standard deviation of the prior's differences between neighbours in ppm/mm; 0
 *     estimates it from the field
 * @param inside standard deviation of the prior inside the mask, ppm
 * @param outside standard deviation of the prior of sources outside the mask, ppm per voxel
 * @param marginMm least distance around the mask in which sources may lie, mm
 * @param rounds how often noise factor and gradient are estimated anew
 */
public record GaussianSettings(
    FieldChoice field,
    int samples,
    int iterations,
    double tolerance,
    double smoothing,
    long seed,
    double noiseFactor,
    double gradient,
    double inside,
    double outside,
    double marginMm,
    int rounds) {

  public GaussianSettings {
    if (samples < 2) {
      throw new IllegalArgumentException("samples must be at least 2");
    }
    if (iterations < 1 || rounds < 1) {
      throw new IllegalArgumentException("iterations and rounds must be at least 1");
    }
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new IllegalArgumentException("tolerance must lie between 0 and 1");
    }
    if (!(smoothing >= 0 && smoothing <= 8)) {
      throw new IllegalArgumentException("smoothing must lie between 0 and 8 voxels");
    }
    if (!(noiseFactor >= 0 && gradient >= 0 && marginMm >= 0)) {
      throw new IllegalArgumentException("noiseFactor, gradient and marginMm must not be negative");
    }
    if (!(inside > 0 && outside > 0)) {
      throw new IllegalArgumentException("inside and outside must be positive");
    }
  }

  /** Defaults of all settings; noise factor and gradient estimated from the field. */
  public static GaussianSettings defaults() {
    return new GaussianSettings(FieldChoice.LOCAL, 4, 60, 1e-3, 1.5, 20260101, 0, 0, 0.1, 1, 24, 2);
  }

  /** All values in a fixed order, for the configuration digest. */
  String canonical() {
    return String.format(
        Locale.ROOT,
        "gaussian field=%s samples=%d iterations=%d tolerance=%s smoothing=%s seed=%d"
            + " noiseFactor=%s gradient=%s inside=%s outside=%s marginMm=%s rounds=%d",
        field.word(),
        samples,
        iterations,
        tolerance,
        smoothing,
        seed,
        noiseFactor,
        gradient,
        inside,
        outside,
        marginMm,
        rounds);
  }
}
