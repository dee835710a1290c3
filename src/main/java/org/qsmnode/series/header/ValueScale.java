package org.qsmnode.series.header;

import java.util.Set;

/**
 * How stored values become values with a meaning; NaN and empty where the header is silent.
 *
 * @param slope RescaleSlope (0028,1053)
 * @param intercept RescaleIntercept (0028,1052)
 * @param type RescaleType (0028,1054), trimmed, or a digest of one without a meaning here
 * @param realWorldSlope RealWorldValueSlope (0040,9225)
 * @param realWorldIntercept RealWorldValueIntercept (0040,9224)
 * @param realWorldUnits code value of MeasurementUnitsCodeSequence (0040,08EA)
 * @param philipsScaleSlope Philips (2005,100E): floating value = rescaled value / (slope * this)
 */
public record ValueScale(
    double slope,
    double intercept,
    String type,
    double realWorldSlope,
    double realWorldIntercept,
    String realWorldUnits,
    double philipsScaleSlope) {

  private static final Set<String> TYPES = Set.of("US", "HU", "normalized");

  /** Characters of a code value (SH, PS3.5 6.2). */
  private static final int CODE_CHARACTERS = 16;

  /** A header without any scaling. */
  public static final ValueScale NONE =
      new ValueScale(Double.NaN, Double.NaN, "", Double.NaN, Double.NaN, "", Double.NaN);

  public ValueScale {
    boolean unit = PhaseScale.ofUnit(type) != null || type.equalsIgnoreCase("Hz");
    type = unit || TYPES.contains(type) ? type : FactText.digest(type);
    realWorldUnits =
        realWorldUnits.length() <= CODE_CHARACTERS
            ? realWorldUnits
            : FactText.digest(realWorldUnits);
  }

  /** Whether slope and intercept are present and usable. */
  public boolean hasRescale() {
    return Double.isFinite(slope) && slope != 0 && Double.isFinite(intercept);
  }

  /** Whether a real-world mapping is present and usable. */
  public boolean hasRealWorld() {
    return Double.isFinite(realWorldSlope)
        && realWorldSlope != 0
        && Double.isFinite(realWorldIntercept);
  }

  /** Slope to apply to stored values: rescale, else real-world mapping, else 1. */
  public double effectiveSlope() {
    return hasRescale() ? slope : hasRealWorld() ? realWorldSlope : 1;
  }

  /** Intercept that goes with {@link #effectiveSlope()}. */
  public double effectiveIntercept() {
    return hasRescale() ? intercept : hasRealWorld() ? realWorldIntercept : 0;
  }
}
