package org.qsmnode.inversion.classic;

import java.util.Locale;

/**
 * Settings of {@link TvInversion}.
 *
 * @param lambda weight of total variation against half the squared residual over noise, 1/(ppm/mm);
 *     0 takes it from the field
 * @param iterations limit of steps; 24 more where {@link OutsideSources} are freed, up to 60 where
 *     {@link OutsideCheck} keeps them held
 * @param tolerance relative change of the map in one step at which it counts as found
 */
public record TvSettings(double lambda, int iterations, double tolerance) {

  public TvSettings {
    if (!(lambda >= 0 && Double.isFinite(lambda))) {
      throw new IllegalArgumentException("lambda must not be negative");
    }
    if (iterations < 1) {
      throw new IllegalArgumentException("iterations must be at least 1");
    }
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new IllegalArgumentException("tolerance must lie between 0 and 1");
    }
  }

  /** Defaults of all settings. */
  public static TvSettings defaults() {
    return new TvSettings(0, 30, 0.01);
  }

  /** All values in a fixed order, for the configuration digest. */
  String canonical() {
    return String.format(
        Locale.ROOT, "tv lambda=%s iterations=%d tolerance=%s", lambda, iterations, tolerance);
  }
}
