package org.qsmnode.inversion.classic;

import java.util.Optional;
import org.qsmnode.inversion.data.BoxedField;
import org.qsmnode.inversion.data.FieldResidual;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.inversion.data.NoiseColour;
import org.qsmnode.inversion.data.NoiseWeights;
import org.qsmnode.inversion.data.SourceSpace;
import org.qsmnode.inversion.error.ErrorModels;
import org.qsmnode.volume.Volume;

/**
 * The sources outside the mask in total variation. Background removal leaves some of the background
 * near the rim of the mask and takes some of the local field for background. Either error is a
 * field of sources outside. {@link NoiseColour} tells whether a field has such errors, and {@link
 * OutsideCheck}, where asked for, whether they stay with more steps. If so, differences of those
 * sources hardly count, as in total-field inversion (Liu et al. 2017, doi:10.1002/mrm.26331). Where
 * it tells of none, they count as those inside: sources outside would only explain what lies
 * within.
 */
final class OutsideSources {

  /** Up to this excess noise a field counts as wrong by noise alone. */
  private static final double EXACT_PPM = 0.0004;

  /** From this excess noise on a field counts as one that went through background removal. */
  private static final double MAPPED_PPM = 0.0006;

  /** What a difference outside counts for such a field, where one inside counts 1. */
  static final double FREE_WEIGHT = 0.001;

  private final SourceSpace space;
  private final boolean[] inside;
  private final BoxedField boxed;
  private double weight = 1;

  /**
   * @param space places around the box of {@code boxed}
   * @param inside the mask on all of them
   * @param boxed the field
   */
  OutsideSources(SourceSpace space, boolean[] inside, BoxedField boxed) {
    this.space = space;
    this.inside = inside;
    this.boxed = boxed;
  }

  /** What a difference of theirs counts. */
  double weight() {
    return weight;
  }

  /** What is wrong with the field beyond noise, as its map so far tells, ppm. */
  double excessPpm(SplitVariation problem) {
    float[] chi = space.crop(problem.chi());
    MaskedMap.reference(chi, boxed.mask());
    NoiseWeights noise = boxed.noise();
    float[] residual = FieldResidual.of(boxed.dipole(), boxed.knownPpm(), chi, noise.weight());
    return NoiseColour.ofResidual(boxed.dipole(), residual, noise.weight(), noise.known()).excess();
  }

  /**
   * Whether a field counts as wrong by noise alone.
   *
   * @param excessPpm what is wrong with it beyond noise
   */
  static boolean exact(double excessPpm) {
    return excessPpm <= EXACT_PPM;
  }

  /**
   * Whether it counts as one that went through background removal; between this and {@link #exact}
   * there is doubt.
   *
   * @param excessPpm what is wrong with it beyond noise
   */
  static boolean mapped(double excessPpm) {
    return excessPpm >= MAPPED_PPM;
  }

  /**
   * Frees them by how wrong the field is beyond noise.
   *
   * @param excessPpm as the map told after few steps
   * @return whether they count less than those inside now
   */
  boolean free(SplitVariation problem, double excessPpm) {
    weight = Math.pow(FREE_WEIGHT, ErrorModels.noisiness(excessPpm, EXACT_PPM, MAPPED_PPM));
    boolean free = weight < 1;
    if (free) {
      problem.weighOutside(inside, (float) weight);
    }
    return free;
  }

  /** Their field where they were freed, on the grid of the field, ppm. */
  Optional<Volume> field(float[] chi) {
    if (weight == 1) {
      return Optional.empty();
    }
    float[] made = new float[boxed.grid().size()];
    space.field(MaskedMap.outside(chi, inside), made);
    return Optional.of(boxed.onWhole(made));
  }
}
