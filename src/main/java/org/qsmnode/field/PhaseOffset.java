package org.qsmnode.field;

import org.qsmnode.volume.Mask;

/**
 * Phase at time zero (coil and receive phase), estimated as the smooth part of the first echo's
 * phase less its share of the phase step between echoes, as in MCPC-3D-S (Eckstein et al., Magn
 * Reson Med 2018, doi 10.1002/mrm.26963). The smoothing is repeated on what it left over, so that a
 * curved offset is not flattened towards the edge of the mask.
 */
final class PhaseOffset {

  private static final int ROUNDS = 4;

  private PhaseOffset() {}

  /**
   * Offset in radians, 0 outside the mask.
   *
   * @param unwrappedStep unwrapped phase step in radians
   * @param sigmaMm standard deviation of the smoothing
   */
  static float[] estimate(
      EchoImages images, Mask mask, PhaseStep step, float[] unwrappedStep, double sigmaMm) {
    double share = images.te()[0] / step.seconds();
    int size = images.size();
    float[] offset = new float[size];
    float[] re = new float[size];
    float[] im = new float[size];
    BoxBlur blur = BoxBlur.gaussian(images.grid(), sigmaMm);
    int slice = images.grid().nx() * images.grid().ny();
    for (int round = 0; round < ROUNDS; round++) {
      Slices.each(
          images.grid().nz(),
          z -> {
            for (int i = z * slice; i < (z + 1) * slice; i++) {
              boolean use = mask.data()[i] && images.magnitude(0, i) > 0;
              double w = use ? step.weight()[i] * (double) step.weight()[i] : 0;
              double left = use ? images.phase()[0][i] - share * unwrappedStep[i] - offset[i] : 0;
              re[i] = (float) (w * Math.cos(left));
              im[i] = (float) (w * Math.sin(left));
            }
          });
      blur.apply(re);
      blur.apply(im);
      for (int i = 0; i < size; i++) {
        if (mask.data()[i]) {
          offset[i] += (float) Math.atan2(im[i], re[i]);
        }
      }
    }
    return offset;
  }
}
