package org.qsmnode.inversion.classic;

import org.qsmnode.inversion.data.NoiseWeights;
import org.qsmnode.inversion.data.SourceSpace;
import org.qsmnode.numeric.SeededRandom;

/**
 * Noise factor and prior gradient from the field itself, by expectation maximisation (Dempster et
 * al. 1977, doi:10.1111/j.2517-6161.1977.tb01600.x). Each round sets both to what posterior mean
 * and one posterior sample show. The factor follows from squared residuals per known voxel, the
 * gradient from squared differences per voxel of the mask. Smooth maps determine neighbours from
 * each other, so differences have one degree of freedom per voxel, not three.
 */
final class Evidence {

  private static final double START_GRADIENT = 0.01;
  private static final double LEAST_GRADIENT = 1e-5;

  private final SourceSpace space;
  private final SourcePrior prior;
  private final NoiseWeights noise;
  private final GaussianSettings settings;
  private double noiseFactor;
  private double gradient;

  Evidence(SourceSpace space, SourcePrior prior, NoiseWeights noise, GaussianSettings settings) {
    this.space = space;
    this.prior = prior;
    this.noise = noise;
    this.settings = settings;
    gradient = settings.gradient() > 0 ? settings.gradient() : START_GRADIENT;
    noiseFactor = settings.noiseFactor() > 0 ? settings.noiseFactor() : noise.fitted() ? 2 : 0.01;
  }

  double noiseFactor() {
    return noiseFactor;
  }

  double gradient() {
    return gradient;
  }

  /** The system with what is known so far. */
  PosteriorSystem system() {
    prior.gradient(gradient);
    float[] weight = noise.weight().clone();
    for (int i = 0; i < weight.length; i++) {
      weight[i] /= (float) noiseFactor;
    }
    return new PosteriorSystem(space, prior, weight);
  }

  /** Whether there is something to estimate. */
  boolean open() {
    return noise.known() > 1 && (settings.noiseFactor() == 0 || settings.gradient() == 0);
  }

  /**
   * One round.
   *
   * @param maskVoxels number of voxels inside the mask
   * @param chi start and result of the posterior mean
   * @param draw start and result of the sample
   * @param iterations steps for each
   */
  void round(float[] fieldPpm, int maskVoxels, float[] chi, float[] draw, int iterations) {
    PosteriorSystem system = system();
    system.mean(fieldPpm, chi, iterations, settings.tolerance(), step -> {});
    SeededRandom random = new SeededRandom(settings.seed()).stream(-1);
    system.draw(random, draw, iterations, settings.tolerance(), step -> {});
    if (settings.gradient() == 0) {
      double roughness = prior.roughness(chi) + prior.roughness(draw);
      gradient = Math.max(LEAST_GRADIENT, Math.sqrt(roughness / maskVoxels));
    }
    if (settings.noiseFactor() == 0) {
      double misfit =
          system.misfit(chi, fieldPpm) + system.misfit(draw, new float[fieldPpm.length]);
      double factor = noiseFactor * Math.sqrt(misfit / (noise.known() - 1));
      noiseFactor = Math.max(noise.fitted() ? 1 : 1e-7, factor);
    }
  }
}
