package org.qsmnode.inversion;

import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Draws maps from a posterior whose errors are correlated, for the uncertainty of what is computed
 * from many voxels, such as the mean of a region. For one thread at a time.
 */
public final class PosteriorSampler {

  private final Box box;
  private final Mask mask;
  private final PosteriorSpectrum spectrum;
  private final float[] mu;
  private final float[] sd;

  PosteriorSampler(Box box, Mask mask, PosteriorSpectrum spectrum, float[] mu, float[] sd) {
    this.box = box;
    this.mask = mask;
    this.spectrum = spectrum;
    this.mu = mu;
    this.sd = sd;
  }

  /**
   * A map in ppm, mean 0 in the mask and 0 outside; depends on the state of {@code random} only.
   */
  public Volume draw(SeededRandom random) {
    float[] chi = new float[mu.length];
    random.fillGaussian(chi);
    for (int i = 0; i < chi.length; i++) {
      chi[i] *= sd[i];
    }
    spectrum.filter(chi, chi);
    for (int i = 0; i < chi.length; i++) {
      chi[i] += mu[i];
    }
    MaskedMap.reference(chi, mask);
    return new Volume(box.whole(), box.embed(new Volume(box.grid(), chi)).data());
  }
}
