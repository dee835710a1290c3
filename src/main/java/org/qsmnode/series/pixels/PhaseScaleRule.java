package org.qsmnode.series.pixels;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.qsmnode.series.header.PhaseScale;
import org.qsmnode.series.header.PixelLayout;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.series.header.ValueScale;
import org.qsmnode.series.header.Vendor;

/**
 * Decides how phase values become radians. It goes by a unit in the header, by the range the
 * header's rescaling can produce, or by the range of the data. Values are never stretched to fit;
 * what nothing explains is refused.
 */
final class PhaseScaleRule {

  private static final double PI = Math.PI;
  private static final int TWELVE_BITS = 4096;
  private static final double CLEARLY_SHARPER = 0.2;

  /** A range that wraps prove to be a turn may differ from the assumed turn by this part. */
  private static final double SAME_TURN = 0.1;

  private final Vendor vendor;
  private final List<ValueScale> scales;
  private final PixelLayout layout;

  PhaseScaleRule(Vendor vendor, List<ValueScale> scales, PixelLayout layout) {
    this.vendor = vendor;
    this.scales = scales;
    this.layout = layout;
  }

  /** Slope and intercept with which stored phase values are to be read. */
  static double[] transformation(ValueScale scale) {
    boolean realWorldAngle =
        PhaseScale.ofUnit(scale.type()) == null
            && PhaseScale.ofUnit(scale.realWorldUnits()) != null
            && scale.hasRealWorld();
    return realWorldAngle
        ? new double[] {scale.realWorldSlope(), scale.realWorldIntercept()}
        : new double[] {scale.effectiveSlope(), scale.effectiveIntercept()};
  }

  /**
   * The scale of phase volumes.
   *
   * @param phase one array per echo, read with {@link #transformation}
   * @param magnitude one array per echo
   * @throws RefusedException with {@link ReasonCode#UNKNOWN_PHASE_SCALE}
   */
  PhaseScale decide(List<float[]> phase, List<float[]> magnitude, double[] echoTimesMs)
      throws RefusedException {
    PhaseScale scale = found(phase, magnitude, echoTimesMs);
    TurnProof proof = TurnProof.of(phase, magnitude);
    double turns = proof.range().width() * scale.radiansPerUnit() / (2 * PI);
    if (proof.isTurn() && Math.abs(turns - 1) > SAME_TURN) {
      throw unknown(
          String.format(
              Locale.ROOT,
              "By %s the values cover %.2f turns, but %d wraps show that they cover one",
              scale.evidence(),
              turns,
              proof.wraps()));
    }
    return scale;
  }

  private PhaseScale found(List<float[]> phase, List<float[]> magnitude, double[] echoTimesMs)
      throws RefusedException {
    ValueRange all = ValueRange.of(phase);
    PhaseScale scale = byUnit();
    if (scale == null) {
      scale = byHeaderRange();
    }
    if (scale != null) {
      double reach = Math.max(Math.abs(all.lowest()), Math.abs(all.highest()));
      if (reach * scale.radiansPerUnit() > 2 * PI * 1.02) {
        throw unknown(
            "Phase values exceed a full turn of what the header calls " + scale.evidence());
      }
      return scale;
    }
    PhaseScale everywhere = byDataRange(all);
    PhaseScale inside = byDataRange(ValueRange.loose(phase, magnitude));
    if (everywhere == null && inside == null) {
      throw unknown(
          String.format(
              Locale.ROOT,
              "Phase values from %.4g to %.4g fit no known scale",
              all.lowest(),
              all.highest()));
    }
    if (everywhere == null || inside == null) {
      return everywhere == null ? Objects.requireNonNull(inside) : everywhere;
    }
    return sharper(everywhere, inside, phase, magnitude, echoTimesMs);
  }

  private @Nullable PhaseScale byUnit() {
    PhaseScale common = null;
    for (ValueScale scale : scales) {
      PhaseScale declared = PhaseScale.ofUnit(scale.type());
      if (declared == null && scale.hasRealWorld()) {
        declared = PhaseScale.ofUnit(scale.realWorldUnits());
      }
      if (declared == null || common != null && !common.equals(declared)) {
        return null;
      }
      common = declared;
    }
    return common;
  }

  /** What the header's slope and intercept make of the smallest and largest stored value. */
  private @Nullable PhaseScale byHeaderRange() {
    PhaseScale common = null;
    for (ValueScale scale : scales) {
      double[] line = transformation(scale);
      if (line[1] == 0) {
        return null;
      }
      double low = line[0] * layout.minimum() + line[1];
      double high = line[0] * layout.maximum() + line[1];
      PhaseScale found = null;
      if (near(-low, 4096, 1) && near(high, 4094, 3)) {
        found = new PhaseScale(PI / 4096, 0, "rescaled range +-4096");
      } else if (near(-low, 1000 * PI, 3) && near(high, 1000 * PI, 3)) {
        found = new PhaseScale(1e-3, 0, "rescaled range in mrad");
      } else if (near(-low, PI, 0.01) && near(high, PI, 0.01)) {
        found = new PhaseScale(1, 0, "rescaled range in rad");
      } else if (near(-low, 180, 0.2) && near(high, 180, 0.2)) {
        found = new PhaseScale(PI / 180, 0, "rescaled range in degrees");
      } else if (vendor == Vendor.SIEMENS && line[1] < 0 && near(high / -line[1], 1, 0.01)) {
        found = new PhaseScale(PI / -line[1], 0, "rescale intercept is half a turn");
      }
      if (found == null || common != null && !common.equals(found)) {
        return null;
      }
      common = found;
    }
    return common;
  }

  private @Nullable PhaseScale byDataRange(ValueRange range) {
    double width = range.width();
    if (range.within(-3.3, 3.3) && width > 4) {
      return new PhaseScale(1, 0, "data range +-pi");
    }
    if (range.within(-180.5, 180.5) && width > 340) {
      return new PhaseScale(PI / 180, 0, "data range +-180");
    }
    if (range.within(0, 360.5) && width > 340) {
      return new PhaseScale(PI / 180, 180, "data range 0..360");
    }
    // UIH maps the 4095 steps, not the 4096 values, onto a turn.
    double steps = vendor == Vendor.UIH ? TWELVE_BITS - 1 : TWELVE_BITS;
    double centre = vendor == Vendor.UIH ? 0.5 : 0;
    double least = vendor == Vendor.SIEMENS ? 3900 : 4000;
    if (range.within(0, 4095) && width >= least) {
      return new PhaseScale(2 * PI / steps, 2048 - centre, "data range 0..4095");
    }
    if (range.within(-2048, 2047) && width >= 4000) {
      return new PhaseScale(2 * PI / steps, 0 - centre, "data range +-2048");
    }
    if (range.within(-3143, 3143) && width > 5600) {
      return new PhaseScale(1e-3, 0, "data range +-3142");
    }
    if (range.within(-4096, 4096) && width >= 8000) {
      return new PhaseScale(PI / 4096, 0, "data range +-4096");
    }
    if (range.within(-32768, 32767) && width > 60000) {
      return new PhaseScale(PI / 32768, 0, "data range +-32768");
    }
    return null;
  }

  /** Range everywhere, unless range inside the head makes phase clearly straighter in time. */
  private static PhaseScale sharper(
      PhaseScale everywhere,
      PhaseScale inside,
      List<float[]> phase,
      List<float[]> magnitude,
      double[] echoTimesMs) {
    if (everywhere.equals(inside) || !PhaseLine.isDefined(echoTimesMs)) {
      return everywhere;
    }
    double outer = PhaseLine.sharpness(everywhere.radiansPerUnit(), phase, magnitude);
    double inner = PhaseLine.sharpness(inside.radiansPerUnit(), phase, magnitude);
    return inner > outer + CLEARLY_SHARPER ? inside : everywhere;
  }

  private static boolean near(double value, double expected, double tolerance) {
    return Math.abs(value - expected) <= tolerance;
  }

  private static RefusedException unknown(String what) {
    return new RefusedException(new Reason(ReasonCode.UNKNOWN_PHASE_SCALE, what + "."));
  }
}
