package org.qsmnode.volume;

/** Conversions between relative field (ppm), frequency (Hz) and phase (rad) of protons. */
public final class FieldUnits {

  /**
   * Proton gyromagnetic ratio over 2 pi, in MHz per tesla (CODATA 2018, shielded value not used).
   */
  public static final double GAMMA_BAR_MHZ_PER_TESLA = 42.577478518;

  private FieldUnits() {}

  /** Frequency in Hz of a relative field of 1 ppm. */
  public static double hzPerPpm(double fieldStrengthTesla) {
    return GAMMA_BAR_MHZ_PER_TESLA * fieldStrengthTesla;
  }

  /** Phase in radians of a relative field of 1 ppm after {@code timeSeconds}. */
  public static double radPerPpm(double fieldStrengthTesla, double timeSeconds) {
    return 2 * Math.PI * hzPerPpm(fieldStrengthTesla) * timeSeconds;
  }
}
