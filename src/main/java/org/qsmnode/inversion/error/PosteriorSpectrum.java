package org.qsmnode.inversion.error;

import org.qsmnode.numeric.Fourier;

/**
 * How the errors of a susceptibility map go together: {@code chi = mean + G (sd * e)} with e
 * independent standard normal. G is the convolution whose spectrum is the square root of q(k), mean
 * of q = 1. Where the dipole is small the field says little, q is large, and errors form streaks; a
 * mean-field posterior is q = 1 everywhere.
 *
 * <p>The square of G's image sums to 1, so that for standard deviations that vary slowly the one of
 * chi is {@code sd}.
 */
public final class PosteriorSpectrum {

  private static final double LEAST = 1e-4;

  private final Fourier fourier;
  private final float[] root;

  private PosteriorSpectrum(Fourier fourier, float[] q) {
    this.fourier = fourier;
    double mean = mean(new Fourier(fourier.padded(), fourier.padded()), q);
    for (int i = 0; i < q.length; i++) {
      q[i] = (float) Math.sqrt(Math.max(LEAST, q[i] / mean));
    }
    root = q;
  }

  /**
   * The spectrum that errors had on calibration cases.
   *
   * @param kernel dipole in the order of {@code fourier}
   */
  public static PosteriorSpectrum measured(
      Fourier fourier, float[] kernel, double[] voxelMm, ErrorSpectrum errors) {
    double[] power = errors.power();
    int[] bins = ErrorSpectrum.bins(fourier, kernel, voxelMm);
    float[] q = new float[bins.length];
    for (int i = 0; i < q.length; i++) {
      q[i] = (float) power[bins[i]];
    }
    return new PosteriorSpectrum(fourier, q);
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

  /** Applies G, which is its own adjoint; {@code out} may be {@code in}. */
  void filter(float[] in, float[] out) {
    fourier.convolve(in, root, out);
  }
}
