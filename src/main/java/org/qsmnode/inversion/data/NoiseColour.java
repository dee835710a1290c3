package org.qsmnode.inversion.data;

import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Fourier;

/**
 * What is wrong with a field, seen where the dipole kernel is almost 0 and no susceptibility makes
 * a field. Noise has the same power at all frequencies; what background removal left or took away
 * is smooth. So the power at fine frequencies is that of noise, and what the mean over all has more
 * is not.
 *
 * @param white standard deviation of the noise, in the unit of the residual
 * @param excess root mean square of what is no noise, in the same unit
 * @param unseen the largest excess that noise would hide
 */
public record NoiseColour(double white, double excess, double unseen) {

  private static final double ALMOST_ZERO = 0.02;

  /** Frequencies from here on, in cycles per voxel along some axis, are fine. */
  private static final double FINE = 0.25;

  /** Part of the power by which that of noise alone may differ between fine and all frequencies. */
  private static final double MARGIN = 0.05;

  /** Margin for chance, in standard deviations of a mean over the fine frequencies. */
  private static final double CHANCE = 3;

  /** These figures in another unit, of which the present one is {@code factor}. */
  NoiseColour times(double factor) {
    return new NoiseColour(factor * white, factor * excess, factor * unseen);
  }

  /**
   * In ppm, of what a map leaves unexplained of a field.
   *
   * @param residualPpm 0 where the field is unknown
   * @param weight 1/sd of the field, 0 where it is unknown
   */
  public static NoiseColour ofResidual(
      DipoleConvolution dipole, float[] residualPpm, float[] weight, int known) {
    float[] whitened = FieldResidual.whitened(residualPpm, weight);
    return of(dipole, whitened, known).times(NoiseWeights.medianSdPpm(weight));
  }

  /**
   * Looks at what a map leaves unexplained.
   *
   * @param residual of the field, 0 where it is unknown
   * @param known number of voxels where it is known
   */
  static NoiseColour of(DipoleConvolution dipole, float[] residual, int known) {
    Fourier fourier = dipole.fourier();
    int[] n = fourier.padded();
    float[] spectrum = new float[fourier.spectrumLength()];
    fourier.forward(residual, spectrum);
    float[] largest =
        fourier.multiplier(
            (x, y, z) ->
                Math.max(
                    (double) Math.abs(x) / n[0],
                    Math.max((double) Math.abs(y) / n[1], (double) Math.abs(z) / n[2])));
    float[] kernel = dipole.multiplier();
    double all = 0;
    double fine = 0;
    int counted = 0;
    int countedFine = 0;
    for (int i = 0; i < kernel.length; i++) {
      if (Math.abs(kernel[i]) < ALMOST_ZERO && largest[i] > 0) {
        double re = spectrum[2 * i];
        double im = spectrum[2 * i + 1];
        double power = re * re + im * im;
        all += power;
        counted++;
        if (largest[i] >= FINE) {
          fine += power;
          countedFine++;
        }
      }
    }
    if (countedFine == 0 || known == 0) {
      return new NoiseColour(0, 0, 0);
    }
    double ofAll = all / counted / known;
    double ofNoise = fine / countedFine / known;
    double independent = (double) countedFine * known / ((double) n[0] * n[1] * n[2]);
    double margin = MARGIN + CHANCE / Math.sqrt(independent);
    double excess = ofAll - (1 + margin) * ofNoise;
    return new NoiseColour(
        Math.sqrt(ofNoise), Math.sqrt(Math.max(0, excess)), Math.sqrt(margin * ofNoise));
  }
}
