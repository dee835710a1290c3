package org.qsmnode.inversion.data;

import java.util.Arrays;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.Quantiles;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Which voxels carry information and how much: weight 1/sd in 1/ppm, 0 where the field is unknown.
 *
 * @param weight per voxel of the box
 * @param known number of voxels with a weight above 0
 * @param fitted whether the field came with a standard deviation; if not, all weights are 1/ppm and
 *     only the estimated noise factor carries the noise
 */
public record NoiseWeights(float[] weight, int known, boolean fitted) {

  /** Standard deviations below this part of the median count as this part. */
  private static final double FLOOR = 0.2;

  /**
   * Weights of a field by its stated noise.
   *
   * @param fieldPpm the field that is inverted, local or total, on the grid of {@code field}
   * @param box around the mask
   */
  static NoiseWeights of(LocalField field, Volume fieldPpm, Box box) {
    Mask mask = box.crop(field.mask());
    float[] sd = box.crop(field.sdPpm()).data();
    float[] values = box.crop(fieldPpm).data();
    float[] finite = new float[sd.length];
    int count = 0;
    for (int i = 0; i < sd.length; i++) {
      if (mask.data()[i] && sd[i] > 0 && Float.isFinite(sd[i]) && Float.isFinite(values[i])) {
        finite[count++] = sd[i];
      }
    }
    boolean fitted = count > 0 || containsInfinite(sd, mask);
    float floor = 0;
    if (count > 0) {
      Arrays.sort(finite, 0, count);
      floor = (float) (FLOOR * finite[count / 2]);
    }
    float[] weight = new float[sd.length];
    int known = 0;
    for (int i = 0; i < sd.length; i++) {
      if (!mask.data()[i] || !Float.isFinite(values[i])) {
        continue;
      }
      if (!fitted) {
        weight[i] = 1;
      } else if (sd[i] > 0 && Float.isFinite(sd[i])) {
        weight[i] = 1 / Math.max(floor, sd[i]);
      }
      known += weight[i] > 0 ? 1 : 0;
    }
    return new NoiseWeights(weight, known, fitted);
  }

  /** Median standard deviation of the known field, ppm; 0 if nothing is known. */
  public static double medianSdPpm(float[] weight) {
    float[] values = new float[weight.length];
    int count = 0;
    for (float w : weight) {
      if (w > 0) {
        values[count++] = 1 / w;
      }
    }
    return Quantiles.lower(values, count, 0.5);
  }

  private static boolean containsInfinite(float[] sd, Mask mask) {
    for (int i = 0; i < sd.length; i++) {
      if (mask.data()[i] && Float.isInfinite(sd[i])) {
        return true;
      }
    }
    return false;
  }

  /** The field in the box, 0 where it is unknown. */
  float[] known(Volume fieldPpm, Box box) {
    float[] values = box.crop(fieldPpm).data();
    for (int i = 0; i < values.length; i++) {
      if (weight[i] == 0) {
        values[i] = 0;
      }
    }
    return values;
  }
}
