package org.qsmnode.field.phase;

import java.util.Locale;
import java.util.Optional;
import org.qsmnode.field.data.EchoImages;
import org.qsmnode.field.data.Slices;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/**
 * A smooth phase of one sign in the first, third, fifth echo and of the other sign in those
 * between. Readout gradients of alternating polarity leave it (Li et al., Magn Reson Med 2015, doi
 * 10.1002/mrm.25329).
 *
 * <p>It shows where neither field nor offset do: in the phase of {@code S(j) conj(S(j+1))^2 S(j+2)}
 * over three evenly spaced echoes. That is four times the alternating phase with the sign of echo
 * j. A plane through it tells whether the readout is bipolar; its smooth part is what is corrected.
 * With fewer than three echoes, or without even spacing, nothing can be told. A level of pi/2
 * cannot be told from zero; it only moves the whole field by a constant.
 *
 * @param phase alternating phase of the first echo in radians, 0 outside the mask
 * @param rms root mean square over the mask of the plane through it, rad
 */
public record BipolarReadout(float[] phase, double rms) {

  /**
   * Root mean square in radians from which on a readout counts as bipolar. Over 27 simulated
   * acquisitions of one polarity (1.5 to 7 T, 3 to 12 echoes, SNR 8 to 200) the largest value was
   * 0.007.
   */
  static final double LEAST_RMS = 0.03;

  /** Coherence of the alternating phase about a plane under which it counts as noise. */
  private static final double LEAST_COHERENCE = 0.3;

  private static final double SAME_SPACING = 0.01;

  /**
   * Looks for an alternating phase.
   *
   * @param sigmaMm standard deviation of the smoothing
   * @return empty for a readout of one polarity, and where nothing can be told
   */
  public static Optional<BipolarReadout> detect(EchoImages images, Mask mask, double sigmaMm) {
    Alternation alternation = Alternation.of(images, mask);
    PhaseRamp ramp = PhaseRamp.of(mask, alternation.phase(), alternation.weight());
    double rms = rms(mask, alternation.weight(), ramp) / 4;
    if (rms < LEAST_RMS || ramp.coherence() < LEAST_COHERENCE) {
      return Optional.empty();
    }
    float[] phase = SmoothPhase.of(mask, alternation.phase(), alternation.weight(), sigmaMm);
    for (int i = 0; i < phase.length; i++) {
      phase[i] /= 4;
    }
    return Optional.of(new BipolarReadout(phase, rms));
  }

  /**
   * Four times the alternating phase, wrapped, and its weight (inverse variance times noise
   * variance); 0 outside the mask.
   */
  public record Alternation(float[] phase, float[] weight) {

    public static Alternation of(EchoImages images, Mask mask) {
      Alternation result = new Alternation(new float[images.size()], new float[images.size()]);
      double[] te = images.te();
      boolean[] even = new boolean[te.length];
      for (int e = 0; e + 2 < te.length; e++) {
        double first = te[e + 1] - te[e];
        double second = te[e + 2] - te[e + 1];
        even[e] = Math.abs(first - second) <= SAME_SPACING * first;
      }
      int slice = images.grid().nx() * images.grid().ny();
      Slices.each(
          images.grid().nz(),
          z -> {
            for (int i = z * slice; i < (z + 1) * slice; i++) {
              if (mask.data()[i]) {
                result.add(images, even, i);
              }
            }
          });
      return result;
    }

    private void add(EchoImages images, boolean[] even, int i) {
      double re = 0;
      double im = 0;
      for (int e = 0; e + 2 < even.length; e++) {
        double a = images.magnitude(e, i);
        double b = images.magnitude(e + 1, i);
        double c = images.magnitude(e + 2, i);
        if (even[e] && a > 0 && b > 0 && c > 0) {
          double w = 1 / (1 / (a * a) + 4 / (b * b) + 1 / (c * c));
          double angle =
              images.phase()[e][i] - 2.0 * images.phase()[e + 1][i] + images.phase()[e + 2][i];
          re += w * Math.cos(angle);
          im += w * (e % 2 == 0 ? Math.sin(angle) : -Math.sin(angle));
        }
      }
      phase[i] = (float) Math.atan2(im, re);
      weight[i] = (float) Math.hypot(re, im);
    }
  }

  public static double rms(Mask mask, float[] weight, PhaseRamp ramp) {
    Grid grid = mask.grid();
    double sum = 0;
    double mass = 0;
    for (int z = 0, i = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++, i++) {
          if (mask.data()[i]) {
            double value = ramp.at(x, y, z);
            sum += weight[i] * value * value;
            mass += weight[i];
          }
        }
      }
    }
    return mass > 0 ? Math.sqrt(sum / mass) : 0;
  }

  /** {@code images} without the alternating phase. Magnitudes are shared, not copied. */
  public EchoImages corrected(EchoImages images) {
    float[][] corrected = new float[images.echoes()][];
    for (int e = 0; e < corrected.length; e++) {
      float[] echo = images.phase()[e].clone();
      int sign = e % 2 == 0 ? 1 : -1;
      for (int i = 0; i < echo.length; i++) {
        echo[i] -= sign * phase[i];
      }
      corrected[e] = echo;
    }
    return new EchoImages(images.grid(), images.magnitude(), corrected, images.te());
  }

  public String note() {
    return String.format(
        Locale.ROOT,
        "Bipolar readout: echoes of odd and even number differ by a smooth phase of %.2f rad (root"
            + " mean square); it was removed.",
        2 * rms);
  }
}
