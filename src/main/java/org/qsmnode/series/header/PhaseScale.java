package org.qsmnode.series.header;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How rescaled phase values become radians: {@code (value - offset) * radiansPerUnit}.
 *
 * @param evidence what the decision rests on, for the derivation text
 */
public record PhaseScale(double radiansPerUnit, double offset, String evidence) {

  private static final double TWO_PI = 2 * Math.PI;

  /** The angle in [-pi, pi). */
  public static float wrap(double angle) {
    double turns = Math.floor((angle + Math.PI) / TWO_PI);
    float wrapped = (float) (angle - TWO_PI * turns);
    // Rounding to float may reach +pi, which is the same angle as -pi.
    return wrapped >= (float) Math.PI ? (float) -Math.PI : wrapped;
  }

  public void apply(float[] values, int sign) {
    for (int i = 0; i < values.length; i++) {
      values[i] = wrap(sign * (values[i] - offset) * radiansPerUnit);
    }
  }

  /** A unit named by the header, or null if it names none that is an angle. */
  public static @Nullable PhaseScale ofUnit(String unit) {
    return switch (unit.trim().toLowerCase(Locale.ROOT)) {
      case "rad", "radian", "radians" -> new PhaseScale(1, 0, "unit rad");
      case "mrad", "milliradian", "milliradians" -> new PhaseScale(1e-3, 0, "unit mrad");
      case "deg", "degree", "degrees" -> new PhaseScale(Math.PI / 180, 0, "unit deg");
      default -> null;
    };
  }
}
