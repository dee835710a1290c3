package org.qsmnode.inversion;

import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.Parallel;

/**
 * How the errors of a susceptibility map go together: chi = mean + G (sd * e) with e independent
 * standard normal and G the convolution whose spectrum is the square root of q(k), mean of q = 1.
 * Where the dipole is small the field says little, q is large, and errors form streaks; a
 * mean-field posterior is q = 1 everywhere.
 *
 * <p>The square of G's image sums to 1, so that for standard deviations that vary slowly the one of
 * chi is {@code sd}.
 */
final class PosteriorSpectrum {

  private static final double LEAST = 1e-4;

  private final Fourier fourier;
  private final float[] root;
  private final float[] correlation;
  private final double meanLog;

  private PosteriorSpectrum(Fourier fourier, float[] q) {
    this.fourier = fourier;
    Fourier whole = new Fourier(fourier.padded(), fourier.padded());
    double mean = mean(whole, q);
    float[] spectrum = new float[whole.spectrumLength()];
    float[] logs = new float[q.length];
    for (int i = 0; i < q.length; i++) {
      q[i] = (float) Math.max(LEAST, q[i] / mean);
      spectrum[2 * i] = q[i];
      logs[i] = (float) Math.log(q[i]);
    }
    meanLog = mean(whole, logs);
    int[] n = fourier.padded();
    float[] image = new float[n[0] * n[1] * n[2]];
    whole.inverse(spectrum, image);
    correlation =
        new float[] {image[1] / image[0], image[n[0]] / image[0], image[n[0] * n[1]] / image[0]};
    for (int i = 0; i < q.length; i++) {
      q[i] = (float) Math.sqrt(q[i]);
    }
    root = q;
  }

  /** Independent voxels. */
  static PosteriorSpectrum white(Fourier fourier) {
    return new PosteriorSpectrum(fourier, fourier.multiplier((x, y, z) -> 1));
  }

  /**
   * The spectrum with the largest evidence bound for a standard deviation and a weight that vary
   * slowly: q = 1 / (data D^2 + sum over axes of variation_a (2 sin(pi k_a / n_a) / h_a)^2 +
   * other), scaled to mean 1.
   *
   * @param kernel dipole in the order of {@code fourier}
   * @param data curvature of the likelihood per squared field
   * @param variation curvature of the total variation per squared difference per mm, along each
   *     axis
   * @param other curvature of the rest of the prior
   */
  static PosteriorSpectrum of(
      Fourier fourier,
      float[] kernel,
      double[] voxelMm,
      double data,
      double[] variation,
      double other) {
    int[] n = fourier.padded();
    float[] q =
        fourier.multiplier(
            (x, y, z) ->
                other
                    + variation[0] * squaredDifference(x, n[0], voxelMm[0])
                    + variation[1] * squaredDifference(y, n[1], voxelMm[1])
                    + variation[2] * squaredDifference(z, n[2], voxelMm[2]));
    Parallel.run(
        q.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            q[i] = (float) (1 / (q[i] + data * kernel[i] * kernel[i]));
          }
        });
    return new PosteriorSpectrum(fourier, q);
  }

  /**
   * The spectrum that errors had on calibration cases.
   *
   * @param kernel dipole in the order of {@code fourier}
   */
  static PosteriorSpectrum measured(
      Fourier fourier, float[] kernel, double[] voxelMm, ErrorSpectrum errors) {
    int[] n = fourier.padded();
    double[] power = errors.power();
    float[] q =
        fourier.multiplier(
            (x, y, z) -> {
              double fx = x / (n[0] * voxelMm[0]);
              double fy = y / (n[1] * voxelMm[1]);
              double fz = z / (n[2] * voxelMm[2]);
              return Math.sqrt(fx * fx + fy * fy + fz * fz);
            });
    for (int i = 0; i < q.length; i++) {
      q[i] = (float) power[ErrorSpectrum.bin(q[i], kernel[i])];
    }
    return new PosteriorSpectrum(fourier, q);
  }

  private static double squaredDifference(int k, int n, double h) {
    double s = 2 * Math.sin(Math.PI * k / n) / h;
    return s * s;
  }

  /** Mean over the whole spectrum, of which a multiplier holds half. */
  private static double mean(Fourier whole, float[] multiplier) {
    float[] spectrum = new float[whole.spectrumLength()];
    for (int i = 0; i < multiplier.length; i++) {
      spectrum[2 * i] = multiplier[i];
    }
    int[] n = whole.padded();
    float[] image = new float[n[0] * n[1] * n[2]];
    whole.inverse(spectrum, image);
    return image[0];
  }

  /** Mean over frequencies of log q, at most 0. */
  double meanLog() {
    return meanLog;
  }

  /** Correlation of the errors of neighbours along an axis. */
  float correlation(int axis) {
    return correlation[axis];
  }

  /** Applies G, which is its own adjoint; {@code out} may be {@code in}. */
  void filter(float[] in, float[] out) {
    fourier.convolve(in, root, out);
  }

  /**
   * Multiplier that takes squared standard deviations to the variance of {@code kernel}'s output.
   */
  float[] squaredResponse(float[] kernel) {
    Fourier whole = new Fourier(fourier.padded(), fourier.padded());
    float[] spectrum = new float[whole.spectrumLength()];
    for (int i = 0; i < kernel.length; i++) {
      spectrum[2 * i] = kernel[i] * root[i];
    }
    int[] n = fourier.padded();
    float[] image = new float[n[0] * n[1] * n[2]];
    whole.inverse(spectrum, image);
    for (int i = 0; i < image.length; i++) {
      image[i] *= image[i];
    }
    return whole.multiplierOfImage(image);
  }
}
