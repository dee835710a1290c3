package org.qsmnode.field.phase;

import org.qsmnode.field.data.EchoImages;
import org.qsmnode.field.data.Slices;
import org.qsmnode.volume.Mask;

/**
 * Phase at time zero (coil and receive phase). The estimate is the smooth part of the first echo's
 * phase less its share of the phase step between echoes, as in MCPC-3D-S (Eckstein et al., Magn
 * Reson Med 2018, doi 10.1002/mrm.26963). Here the data are combined, and the smoothing follows
 * slopes up to the rim of the mask.
 */
public final class PhaseOffset {

  private PhaseOffset() {}

  /**
   * Offset in radians, 0 outside the mask.
   *
   * @param unwrappedStep unwrapped phase step in radians
   * @param sigmaMm standard deviation of the smoothing
   */
  public static float[] estimate(
      EchoImages images, Mask mask, PhaseStep step, float[] unwrappedStep, double sigmaMm) {
    double share = images.te()[0] / step.seconds();
    float[] raw = new float[images.size()];
    float[] weight = new float[images.size()];
    int slice = images.grid().nx() * images.grid().ny();
    Slices.each(
        images.grid().nz(),
        z -> {
          for (int i = z * slice; i < (z + 1) * slice; i++) {
            if (mask.data()[i] && images.magnitude(0, i) > 0) {
              raw[i] = (float) (images.phase()[0][i] - share * unwrappedStep[i]);
              weight[i] = step.weight()[i] * step.weight()[i];
            }
          }
        });
    return SmoothPhase.of(mask, raw, weight, sigmaMm);
  }
}
