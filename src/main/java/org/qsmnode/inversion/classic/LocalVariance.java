package org.qsmnode.inversion.classic;

import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.numeric.Fourier;
import org.qsmnode.numeric.GoodSizes;
import org.qsmnode.volume.Mask;

/** Standard deviation from few samples: their mean square, averaged over neighbours. */
final class LocalVariance {

  private LocalVariance() {}

  /**
   * Standard deviation inside the mask, 0 outside.
   *
   * @param meanSquare mean of the squared samples
   * @param smoothing standard deviation of the Gaussian average in voxels; 0 for none
   */
  static float[] standardDeviation(Mask mask, float[] meanSquare, double smoothing) {
    float[] sd = meanSquare.clone();
    MaskedMap.restrict(sd, mask);
    if (smoothing > 0) {
      smooth(mask, sd, smoothing);
    }
    for (int i = 0; i < sd.length; i++) {
      sd[i] = mask.data()[i] ? (float) Math.sqrt(Math.max(0, sd[i])) : 0;
    }
    return sd;
  }

  private static void smooth(Mask mask, float[] values, double sigmaVoxels) {
    int reach = (int) Math.ceil(4 * sigmaVoxels);
    int[] lengths = mask.grid().dims();
    for (int a = 0; a < 3; a++) {
      lengths[a] = GoodSizes.next(lengths[a] + reach);
    }
    Fourier fourier = new Fourier(mask.grid().dims(), lengths);
    double omega = 2 * Math.PI * sigmaVoxels;
    float[] kernel =
        fourier.multiplier(
            (kx, ky, kz) -> {
              double x = (double) kx / lengths[0];
              double y = (double) ky / lengths[1];
              double z = (double) kz / lengths[2];
              return Math.exp(-0.5 * omega * omega * (x * x + y * y + z * z));
            });
    float[] inside = mask.toVolume().data();
    fourier.convolve(inside, kernel, inside);
    fourier.convolve(values, kernel, values);
    for (int i = 0; i < values.length; i++) {
      values[i] = mask.data()[i] ? values[i] / Math.max(inside[i], 1e-3f) : 0;
    }
  }
}
