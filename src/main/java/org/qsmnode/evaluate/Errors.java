package org.qsmnode.evaluate;

import java.util.Arrays;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Errors of a map beside their stated standard deviations, for the voxels that have one.
 *
 * @param error reference - map in ppm, both demeaned inside the mask that gave the offset
 * @param sd standard deviation in ppm, finite and positive
 */
record Errors(double[] error, double[] sd) {

  /**
   * Errors inside {@code region}.
   *
   * @param mask inside which map and reference are demeaned
   */
  static Errors of(Volume chiPpm, Volume sdPpm, Volume referencePpm, Mask mask, Mask region) {
    mask.grid().requireSameDims(chiPpm.grid(), "chiPpm");
    mask.grid().requireSameDims(sdPpm.grid(), "sdPpm");
    mask.grid().requireSameDims(referencePpm.grid(), "referencePpm");
    double offset = mean(chiPpm, mask) - mean(referencePpm, mask);
    int n = 0;
    double[] sd = new double[region.count()];
    double[] error = new double[sd.length];
    for (int i = 0; i < mask.data().length; i++) {
      float s = sdPpm.data()[i];
      if (region.data()[i] && s > 0 && Float.isFinite(s)) {
        sd[n] = s;
        error[n++] = (double) referencePpm.data()[i] - chiPpm.data()[i] + offset;
      }
    }
    return new Errors(Arrays.copyOf(error, n), Arrays.copyOf(sd, n));
  }

  static double mean(Volume volume, Mask mask) {
    double sum = 0;
    for (int i = 0; i < mask.data().length; i++) {
      sum += mask.data()[i] ? volume.data()[i] : 0;
    }
    return sum / Math.max(1, mask.count());
  }

  int count() {
    return error.length;
  }

  double z(int i) {
    return error[i] / sd[i];
  }
}
