package org.qsmnode.inversion;

import java.util.function.IntConsumer;
import org.qsmnode.numeric.ConjugateGradient;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.Laplacian;
import org.qsmnode.numeric.Parallel;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Mask;

/**
 * The posterior precision A W^2 A + P on the susceptibilities inside a mask, and its solutions: the
 * mean, and draws by perturbing data and prior (Papandreou and Yuille 2010, "Gaussian sampling by
 * local perturbations", NIPS 23).
 */
final class PosteriorSystem {

  private final Mask mask;
  private final DipoleConvolution dipole;
  private final GaussianPrior prior;
  private final float[] squaredWeight;
  private final double meanSquaredWeight;
  private final float[] maskedKernel;
  private final float[] preconditioner;
  private final float[] field;
  private final float[] work;
  private final ConjugateGradient solver;

  /** The system on the grid of {@code mask}; {@code weight} in 1/ppm, 0 outside. */
  PosteriorSystem(Mask mask, DipoleConvolution dipole, GaussianPrior prior, float[] weight) {
    this.mask = mask;
    this.dipole = dipole;
    this.prior = prior;
    int size = weight.length;
    squaredWeight = new float[size];
    for (int i = 0; i < size; i++) {
      squaredWeight[i] = weight[i] * weight[i];
    }
    meanSquaredWeight = Parallel.dot(weight, weight) / Math.max(1, mask.count());
    field = new float[size];
    work = new float[size];
    Fourier fourier = dipole.fourier();
    maskedKernel = maskedKernel(fourier);
    float[] laplacian = Laplacian.sevenPoint(fourier, mask.grid().voxelMm());
    preconditioner = new float[maskedKernel.length];
    for (int i = 0; i < preconditioner.length; i++) {
      preconditioner[i] =
          (float) (1 / (meanSquaredWeight * maskedKernel[i] + prior.precision(laplacian[i])));
    }
    solver = new ConjugateGradient(size, this::precision, this::precondition);
  }

  /**
   * The spectrum of the best stationary approximation of mask A^2 mask: D^2 smoothed by the power
   * spectrum of the mask (T. Chan 1988, doi:10.1137/0909051). Never 0, unlike D^2, because the edge
   * of the mask mixes neighbouring frequencies.
   */
  private float[] maskedKernel(Fourier fourier) {
    int[] n = fourier.padded();
    Fourier whole = new Fourier(n[0], n[1], n[2]);
    float[] spectrum = new float[fourier.spectrumLength()];
    fourier.forward(mask.toVolume().data(), spectrum);
    for (int i = 0; i < spectrum.length; i += 2) {
      spectrum[i] = spectrum[i] * spectrum[i] + spectrum[i + 1] * spectrum[i + 1];
      spectrum[i + 1] = 0;
    }
    float[] overlap = new float[n[0] * n[1] * n[2]];
    whole.inverse(spectrum, overlap);
    float[] d = dipole.multiplier();
    for (int i = 0; i < d.length; i++) {
      spectrum[2 * i] = d[i] * d[i];
      spectrum[2 * i + 1] = 0;
    }
    float[] response = new float[overlap.length];
    whole.inverse(spectrum, response);
    float scale = 1f / Math.max(1, mask.count());
    for (int i = 0; i < response.length; i++) {
      response[i] *= scale * overlap[i];
    }
    float[] smoothed = fourier.multiplierOfImage(response);
    for (int i = 0; i < smoothed.length; i++) {
      smoothed[i] = Math.max(smoothed[i], 1e-6f);
    }
    return smoothed;
  }

  /** out = A W^2 A in + P in, inside the mask. */
  void precision(float[] in, float[] out) {
    dipole.apply(in, field);
    Parallel.run(
        field.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            field[i] *= squaredWeight[i];
          }
        });
    dipole.apply(field, field);
    prior.applyPrecision(mask, in, out, work);
    boolean[] inside = mask.data();
    Parallel.run(
        out.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            out[i] = inside[i] ? out[i] + field[i] : 0;
          }
        });
  }

  private void precondition(float[] in, float[] out) {
    dipole.fourier().convolve(in, preconditioner, out);
    MaskedMap.restrict(out, mask);
  }

  /** Posterior mean for a field in ppm; {@code chi} is start and result. */
  ConjugateGradient.Outcome mean(
      float[] fieldPpm, float[] chi, GaussianSettings settings, IntConsumer step) {
    float[] right = new float[fieldPpm.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = squaredWeight[i] * fieldPpm[i];
    }
    dipole.apply(right, right);
    MaskedMap.restrict(right, mask);
    return solver.solve(right, chi, settings.iterations(), settings.tolerance(), step);
  }

  /** A draw from the posterior around zero, written to {@code chi}, which is 0 on entry. */
  ConjugateGradient.Outcome draw(
      SeededRandom random, float[] chi, GaussianSettings settings, IntConsumer step) {
    float[] right = new float[chi.length];
    float[] noise = new float[chi.length];
    random.fillGaussian(right);
    for (int i = 0; i < right.length; i++) {
      right[i] *= (float) Math.sqrt(squaredWeight[i]);
    }
    dipole.apply(right, right);
    MaskedMap.restrict(right, mask);
    prior.addPrecisionNoise(mask, random, right, work, noise);
    return solver.solve(right, chi, settings.iterations(), settings.tolerance(), step);
  }

  /** Mean of (W (A chi - field))^2 over voxels with a weight. */
  double chiSquaredPerVoxel(float[] chi, float[] fieldPpm) {
    dipole.apply(chi, field);
    double sum = 0;
    int known = 0;
    for (int i = 0; i < field.length; i++) {
      double residual = field[i] - fieldPpm[i];
      sum += squaredWeight[i] * residual * residual;
      known += squaredWeight[i] > 0 ? 1 : 0;
    }
    return sum / Math.max(1, known);
  }

  /** Approximate eigenvalues of mask A^2 mask in the order of the transform. */
  float[] maskedKernel() {
    return maskedKernel;
  }

  float[] squaredWeight() {
    return squaredWeight;
  }
}
