package org.qsmnode.field;

import java.util.Locale;
import org.qsmnode.field.background.BackgroundSettings;
import org.qsmnode.field.phase.Unwrapping;

/**
 * What may be tuned in field mapping; every value influences the result.
 *
 * @param brainThreshold share of the local brightness of the brain above which a voxel is taken for
 *     tissue at first. The share is raised by steps until the outline keeps clear of the skin.
 *     Default 0.75; smaller gives a larger mask
 * @param minimumSnr a voxel whose first echo is under this many noise standard deviations carries
 *     no information; default 3
 * @param minimumQuality phase quality (0 to 1) under which voxels at the rim of the mask are
 *     removed; default 0.3
 * @param offsetSmoothingMm standard deviation of the smoothing of the phase offset; default 8
 * @param unwrapping how phase is unwrapped in space; default region growing
 * @param background how the field of sources outside the mask is taken away
 * @param rimVoxels layers at the rim of the mask that are left out after background removal, which
 *     is least certain there; default 1
 * @param leastSkewness skewness of the field that a head shows at least, default 1.4; 0 turns the
 *     check off. Below it the direction of the main field is in doubt, below its negative the sign
 *     of the phase
 * @param signKnown whether a rule covers the sign of the phase; if not, the field must prove it
 */
public record FieldSettings(
    double brainThreshold,
    double minimumSnr,
    double minimumQuality,
    double offsetSmoothingMm,
    Unwrapping unwrapping,
    BackgroundSettings background,
    int rimVoxels,
    double leastSkewness,
    boolean signKnown) {

  public FieldSettings {
    require(brainThreshold > 0 && brainThreshold < 1, "brainThreshold must be between 0 and 1");
    require(minimumSnr >= 0, "minimumSnr must not be negative");
    require(minimumQuality >= 0 && minimumQuality < 1, "minimumQuality must be in [0, 1)");
    require(offsetSmoothingMm > 0, "offsetSmoothingMm must be positive");
    require(rimVoxels >= 0, "rimVoxels must not be negative");
    require(leastSkewness >= 0, "leastSkewness must not be negative");
  }

  public static FieldSettings defaults() {
    return new FieldSettings(
        0.75, 3, 0.3, 8, Unwrapping.REGION_GROWING, BackgroundSettings.defaults(), 1, 1.4, true);
  }

  /** These settings for a scanner whose sign of phase no rule covers. */
  public FieldSettings withUnknownSign() {
    return withSign(leastSkewness, false);
  }

  /** These settings for images that need not show a whole head. */
  public FieldSettings withoutSignCheck() {
    return withSign(0, signKnown);
  }

  private FieldSettings withSign(double least, boolean known) {
    return new FieldSettings(
        brainThreshold,
        minimumSnr,
        minimumQuality,
        offsetSmoothingMm,
        unwrapping,
        background,
        rimVoxels,
        least,
        known);
  }

  /** These settings with another way to unwrap. */
  public FieldSettings withUnwrapping(Unwrapping method) {
    return new FieldSettings(
        brainThreshold,
        minimumSnr,
        minimumQuality,
        offsetSmoothingMm,
        method,
        background,
        rimVoxels,
        leastSkewness,
        signKnown);
  }

  /** One line that names every setting, for the configuration digest. */
  public String canonical() {
    return String.format(
        Locale.ROOT,
        "brainThreshold=%s;minimumSnr=%s;minimumQuality=%s;offsetSmoothingMm=%s;unwrapping=%s;"
            + "background=%s;rimVoxels=%d;leastSkewness=%s",
        brainThreshold,
        minimumSnr,
        minimumQuality,
        offsetSmoothingMm,
        unwrapping.word(),
        background.canonical(),
        rimVoxels,
        leastSkewness);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
