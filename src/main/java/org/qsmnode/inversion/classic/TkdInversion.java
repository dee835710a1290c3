package org.qsmnode.inversion.classic;

import java.util.Locale;
import java.util.Optional;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.data.BoxedField;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.Parallel;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Mask;

/**
 * Thresholded k-space division (Shmueli et al. 2009, doi:10.1002/mrm.22135) with the correction of
 * its underestimation (Schweser et al. 2013, doi:10.1002/mrm.24405).
 *
 * <p>The field is divided by the dipole kernel D; where |D| is below the threshold t, by sign(D) t.
 * The result is divided by the mean over k-space of D times the used inverse, so that a small
 * source keeps its value. That mean is what the centre voxel of a point source keeps. Voxels
 * without information count as field 0. Gives no standard deviation.
 */
public final class TkdInversion implements Inversion {

  /** Threshold of the maps that networks see, and of the method where no other is set. */
  public static final double DEFAULT_THRESHOLD = 0.19;

  private final double threshold;

  /** Division with |D| of at least {@code threshold}, between 0 and 2/3. */
  public TkdInversion(double threshold) {
    if (!(threshold > 0 && threshold < 2.0 / 3)) {
      throw new IllegalArgumentException("threshold must lie between 0 and 2/3");
    }
    this.threshold = threshold;
  }

  @Override
  public String name() {
    return "tkd";
  }

  @Override
  public String parameters() {
    return String.format(Locale.ROOT, "tkd threshold=%s padding=1.5 biasCorrection=1", threshold);
  }

  @Override
  public Posterior invert(LocalField field, Progress progress) {
    long start = System.nanoTime();
    progress.at("dipole inversion", 0);
    BoxedField boxed = BoxedField.of(field);
    Divided divided = divide(boxed.knownPpm(), boxed.mask(), boxed.dipole());
    progress.at("dipole inversion", 1);
    TkdFindings findings =
        new TkdFindings(name(), threshold, 1 / divided.kept(), (System.nanoTime() - start) / 1e9);
    return new Posterior(boxed.onWhole(divided.chiPpm()), Optional.empty(), findings);
  }

  /**
   * The map of a field in a box, ppm.
   *
   * @param knownPpm the field, 0 where it is unknown
   * @param mask fills the box
   * @param dipole on the box
   */
  public float[] map(float[] knownPpm, Mask mask, DipoleConvolution dipole) {
    return divide(knownPpm, mask, dipole).chiPpm();
  }

  /**
   * A map and how it was corrected.
   *
   * @param kept part of its value that a point source would have kept without the correction
   */
  private record Divided(float[] chiPpm, double kept) {}

  private Divided divide(float[] knownPpm, Mask mask, DipoleConvolution dipole) {
    Fourier fourier = dipole.fourier();
    float[] kernel = dipole.multiplier();
    float[] inverse = new float[kernel.length];
    double kept =
        Parallel.sum(
                kernel.length,
                (from, to) -> {
                  double sum = 0;
                  for (int i = from; i < to; i++) {
                    inverse[i] = inverseOf(kernel[i]);
                    sum += kernel[i] * inverse[i];
                  }
                  return sum;
                })
            / kernel.length;
    float[] chi = new float[knownPpm.length];
    fourier.convolve(knownPpm, inverse, chi);
    for (int i = 0; i < chi.length; i++) {
      chi[i] /= (float) kept;
    }
    MaskedMap.reference(chi, mask);
    return new Divided(chi, kept);
  }

  private float inverseOf(float d) {
    if (d == 0) {
      return 0;
    }
    return (float) (Math.abs(d) >= threshold ? 1 / d : Math.signum(d) / threshold);
  }
}
