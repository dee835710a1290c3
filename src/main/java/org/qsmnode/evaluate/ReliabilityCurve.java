package org.qsmnode.evaluate;

import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Which part of the reference lies below the quantiles that map and standard deviation state.
 *
 * @param observed part for each of {@link #LEVELS}; an honest standard deviation gives the levels
 */
public record ReliabilityCurve(double[] observed) {

  /** 0.05, 0.10 .. 0.95. */
  static final double[] LEVELS = new double[19];

  private static final double[] QUANTILES = new double[LEVELS.length];

  static {
    for (int j = 0; j < LEVELS.length; j++) {
      LEVELS[j] = (j + 1) / 20.0;
      QUANTILES[j] = Normal.quantile(LEVELS[j]);
    }
  }

  /** The curve inside {@code mask}, in which both maps are demeaned. */
  public static ReliabilityCurve of(Volume chiPpm, Volume sdPpm, Volume referencePpm, Mask mask) {
    return of(Errors.of(chiPpm, sdPpm, referencePpm, mask, mask));
  }

  static ReliabilityCurve of(Errors errors) {
    double[] observed = new double[LEVELS.length];
    for (int i = 0; i < errors.count(); i++) {
      double z = errors.z(i);
      for (int j = 0; j < observed.length; j++) {
        observed[j] += z <= QUANTILES[j] ? 1.0 / errors.count() : 0;
      }
    }
    return new ReliabilityCurve(observed);
  }
}
