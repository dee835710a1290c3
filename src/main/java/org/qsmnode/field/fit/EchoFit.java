package org.qsmnode.field.fit;

import org.qsmnode.field.data.Angles;
import org.qsmnode.field.data.EchoImages;
import org.qsmnode.field.data.Slices;
import org.qsmnode.volume.Mask;

/**
 * Frequency from the echoes of each voxel by complex least squares (Liu et al., Magn Reson Med
 * 2013, doi 10.1002/mrm.24272). Phase offset p0 and slope w minimise the sum of {@code |S_j - a_j
 * exp(i (p0 + w t_j))|^2}, with a Gaussian prior on p0. The amplitudes a_j are the magnitudes, or,
 * once the noise is known, what the decay of the voxel makes of them. So echoes lost in noise count
 * for nothing instead of for their noise.
 *
 * <p>The echoes are first unwrapped in time, each towards what the earlier ones predict.
 * Gauss-Newton steps on the wrapped residuals then make the result independent of the multiples of
 * 2 pi that were chosen.
 *
 * @param slope rad/s, 0 outside the mask
 * @param intercept remaining phase at time zero, rad
 * @param residual sum of a_j |S_j| 2(1 - cos r_j) plus the prior's term, squared magnitude unit
 * @param slopeFactor variance of the slope over the variance of the noise per channel
 * @param interceptFactor variance of the free intercept over the variance of the noise
 * @param r2starHz effective transverse relaxation rate, 1/s
 */
public record EchoFit(
    float[] slope,
    float[] intercept,
    float[] residual,
    float[] slopeFactor,
    float[] interceptFactor,
    float[] r2starHz) {

  private static final int STEPS = 4;

  private EchoFit(int size) {
    this(
        new float[size],
        new float[size],
        new float[size],
        new float[size],
        new float[size],
        new float[size]);
  }

  /**
   * Fits every voxel of the mask.
   *
   * @param offset phase at time zero to subtract from every echo, rad
   * @param startSlope unwrapped estimate of the slope, rad/s
   * @param priorRatio variance of the noise over the variance of the remaining intercept: 0 leaves
   *     the intercept free, infinity holds it at zero
   * @param sigma noise of a real channel, unit of the magnitude; 0 where it is not known
   */
  public static EchoFit run(
      EchoImages images,
      Mask mask,
      float[] offset,
      float[] startSlope,
      double priorRatio,
      double sigma) {
    EchoFit fit = new EchoFit(images.size());
    int slice = images.grid().nx() * images.grid().ny();
    Slices.each(
        images.grid().nz(),
        z -> {
          Voxel voxel = new Voxel(images.te());
          for (int i = z * slice; i < (z + 1) * slice; i++) {
            if (mask.data()[i]) {
              voxel.load(images, i, offset[i], sigma);
              voxel.solve(startSlope[i], priorRatio);
              voxel.store(fit, i, priorRatio);
            }
          }
        });
    return fit;
  }

  /** The samples of one voxel and the sums over them. */
  private static final class Voxel {
    private final double[] te;
    private final double[] phase;
    private final double[] magnitude;
    private final double[] weight;
    private final Decay decay;

    /** Sums of weight, weight t, weight t^2, and the same of the expected weights. */
    private double a00;

    private double a01;
    private double a11;
    private double f00;
    private double f01;
    private double f11;
    private double p0;
    private double slope;

    Voxel(double[] te) {
      this.te = te;
      this.phase = new double[te.length];
      this.magnitude = new double[te.length];
      this.weight = new double[te.length];
      this.decay = new Decay(te);
    }

    void load(EchoImages images, int i, double offset, double sigma) {
      for (int e = 0; e < te.length; e++) {
        magnitude[e] = images.magnitude(e, i);
        phase[e] = magnitude[e] > 0 ? images.phase()[e][i] - offset : 0;
      }
      decay.fit(magnitude, sigma);
      a00 = 0;
      a01 = 0;
      a11 = 0;
      f00 = 0;
      f01 = 0;
      f11 = 0;
      for (int e = 0; e < te.length; e++) {
        double a = decay.amplitude(e, magnitude[e], sigma);
        double w = a * magnitude[e];
        weight[e] = w;
        a00 += w;
        a01 += w * te[e];
        a11 += w * te[e] * te[e];
        f00 += a * a;
        f01 += a * a * te[e];
        f11 += a * a * te[e] * te[e];
      }
    }

    void solve(double startSlope, double priorRatio) {
      p0 = 0;
      slope = startSlope;
      if (!(a11 > 0)) {
        return;
      }
      unwrapInTime();
      double held = Double.isInfinite(priorRatio) ? 0 : 1 / (a00 + priorRatio);
      double b0 = 0;
      double b1 = 0;
      for (int e = 0; e < te.length; e++) {
        b0 += weight[e] * phase[e];
        b1 += weight[e] * te[e] * phase[e];
      }
      double information = a11 - a01 * a01 * held;
      if (!(information > 1e-9 * a11)) {
        return;
      }
      slope = (b1 - a01 * b0 * held) / information;
      p0 = (b0 - a01 * slope) * held;
      for (int step = 0; step < STEPS; step++) {
        double g0 = held > 0 ? -priorRatio * p0 : 0;
        double g1 = 0;
        for (int e = 0; e < te.length; e++) {
          double pull = weight[e] * Math.sin(phase[e] - p0 - slope * te[e]);
          g0 += pull;
          g1 += pull * te[e];
        }
        double change = (g1 - a01 * g0 * held) / information;
        slope += change;
        p0 += (g0 - a01 * change) * held;
        if (Math.abs(change) * te[te.length - 1] < 1e-5) {
          break;
        }
      }
    }

    /** Moves each echo by multiples of 2 pi next to what the start and the earlier echoes say. */
    private void unwrapInTime() {
      double top = weight[0] * te[0] * te[0];
      double numerator = top * slope;
      for (int e = 0; e < te.length; e++) {
        phase[e] = Angles.nearest(phase[e], numerator / Math.max(top, Double.MIN_NORMAL) * te[e]);
        double w = weight[e] * te[e] * te[e];
        numerator += w * phase[e] / te[e];
        top += w;
      }
    }

    void store(EchoFit fit, int i, double priorRatio) {
      fit.slope[i] = (float) slope;
      fit.intercept[i] = (float) p0;
      double rss = Double.isInfinite(priorRatio) ? 0 : priorRatio * p0 * p0;
      for (int e = 0; e < te.length; e++) {
        rss += weight[e] * 2 * (1 - Math.cos(phase[e] - p0 - slope * te[e]));
      }
      double held = Double.isInfinite(priorRatio) ? 0 : 1 / (f00 + priorRatio);
      fit.residual[i] = (float) rss;
      fit.slopeFactor[i] = (float) (1 / (f11 - f01 * f01 * held));
      fit.interceptFactor[i] = (float) (f11 / (f00 * f11 - f01 * f01));
      fit.r2starHz[i] = (float) decay.rate();
    }
  }
}
