package org.qsmnode.inversion.error;

import java.util.function.DoubleUnaryOperator;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Draws maps from a posterior whose errors are correlated, for the uncertainty of what many voxels
 * make, such as the mean of a region. A draw is {@code chi = mu + h(mu) + G (rest * e)}. Here h is
 * what voxels of like means share ({@link SharedErrors}) and G the relation of neighbours ({@link
 * PosteriorSpectrum}). For one thread at a time.
 */
public final class PosteriorSampler {

  private final Box box;
  private final Mask mask;
  private final PosteriorSpectrum spectrum;
  private final float[] mu;
  private final VoxelErrors errors;

  /**
   * Draws around given means.
   *
   * @param box place of the arrays in the whole grid
   * @param mask the mask in the box
   * @param spectrum how errors that are not shared go together in neighbours
   * @param mu means, ppm
   * @param errors sizes of the two parts of each voxel's error
   */
  public PosteriorSampler(
      Box box, Mask mask, PosteriorSpectrum spectrum, float[] mu, VoxelErrors errors) {
    this.box = box;
    this.mask = mask;
    this.spectrum = spectrum;
    this.mu = mu;
    this.errors = errors;
  }

  /**
   * A map in ppm, mean 0 in the mask and 0 outside; depends on the state of {@code random} only.
   */
  public Volume draw(SeededRandom random) {
    float[] chi = new float[mu.length];
    random.fillGaussian(chi);
    for (int i = 0; i < chi.length; i++) {
      chi[i] *= errors.restPpm()[i];
    }
    spectrum.filter(chi, chi);
    DoubleUnaryOperator shared = errors.shared().draw(random);
    for (int i = 0; i < chi.length; i++) {
      chi[i] += mu[i] + errors.sharedFactor()[i] * (float) shared.applyAsDouble(mu[i]);
    }
    MaskedMap.reference(chi, mask);
    return new Volume(box.whole(), box.embed(new Volume(box.grid(), chi)).data());
  }
}
