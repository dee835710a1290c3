package org.qsmnode.inversion.error;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.qsmnode.numeric.Fourier;

/**
 * Power of a method's errors on calibration cases, by spatial frequency and dipole kernel. The unit
 * is what errors of unrelated voxels with equal standard deviations would have. Errors of dipole
 * inversion are smooth, and form streaks where the kernel is small.
 *
 * @param power {@link #FREQUENCIES} rows of {@link #DIPOLES} values, row by row
 */
public record ErrorSpectrum(double[] power) {

  /** Upper bounds of the rows in cycles per mm; the last row has none. */
  private static final double[] UPPER_PER_MM = {.008, .015, .025, .04, .06, .09, .13, .2, .3};

  /** Upper bounds of the columns in |D|; the last column has none. */
  private static final double[] UPPER_DIPOLE = {.05, .12, .22, .34};

  public static final int FREQUENCIES = UPPER_PER_MM.length + 1;
  public static final int DIPOLES = UPPER_DIPOLE.length + 1;

  private static final String POWER = "errorSpectrum.power";

  public ErrorSpectrum {
    power = power.clone();
    if (power.length != FREQUENCIES * DIPOLES || Arrays.stream(power).anyMatch(p -> !(p > 0))) {
      throw new IllegalArgumentException(
          "an error spectrum has %d positive values".formatted(FREQUENCIES * DIPOLES));
    }
  }

  /** Unrelated voxels. */
  public static ErrorSpectrum white() {
    double[] power = new double[FREQUENCIES * DIPOLES];
    Arrays.fill(power, 1);
    return new ErrorSpectrum(power);
  }

  /**
   * Where in {@link #power} each frequency of a transform stands.
   *
   * @param kernel dipole in the order of {@code fourier}
   */
  public static int[] bins(Fourier fourier, float[] kernel, double[] voxelMm) {
    int[] n = fourier.padded();
    float[] perMm =
        fourier.multiplier(
            (x, y, z) -> {
              double fx = x / (n[0] * voxelMm[0]);
              double fy = y / (n[1] * voxelMm[1]);
              double fz = z / (n[2] * voxelMm[2]);
              return Math.sqrt(fx * fx + fy * fy + fz * fz);
            });
    int[] bins = new int[perMm.length];
    for (int i = 0; i < bins.length; i++) {
      bins[i] = bin(perMm[i], kernel[i]);
    }
    return bins;
  }

  /** Where in {@link #power} a frequency stands. */
  public static int bin(double cyclesPerMm, double dipole) {
    return place(UPPER_PER_MM, cyclesPerMm) * DIPOLES + place(UPPER_DIPOLE, Math.abs(dipole));
  }

  private static int place(double[] upper, double value) {
    int k = 0;
    while (k < upper.length && value >= upper[k]) {
      k++;
    }
    return k;
  }

  /** Between two: geometric means, that of {@code other} with the weight {@code part}. */
  ErrorSpectrum towards(ErrorSpectrum other, double part) {
    double[] between = new double[power.length];
    for (int k = 0; k < between.length; k++) {
      between[k] = Math.pow(power[k], 1 - part) * Math.pow(other.power[k], part);
    }
    return new ErrorSpectrum(between);
  }

  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(POWER, Numbers.text(power));
    return texts;
  }

  static ErrorSpectrum of(Map<String, String> texts) {
    return new ErrorSpectrum(Numbers.of(texts, POWER));
  }
}
