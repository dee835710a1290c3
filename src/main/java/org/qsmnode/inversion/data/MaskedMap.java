package org.qsmnode.inversion.data;

import org.qsmnode.numeric.Parallel;
import org.qsmnode.volume.Mask;

/** Operations on arrays of which only the voxels of a mask matter. */
public final class MaskedMap {

  private MaskedMap() {}

  /** Mean inside the mask. */
  public static double mean(float[] values, Mask mask) {
    boolean[] inside = mask.data();
    double sum =
        Parallel.sum(
            values.length,
            (from, to) -> {
              double part = 0;
              for (int i = from; i < to; i++) {
                part += inside[i] ? values[i] : 0;
              }
              return part;
            });
    return sum / Math.max(1, mask.count());
  }

  /** Subtracts the mean inside the mask and sets everything outside to 0, in place. */
  public static void reference(float[] values, Mask mask) {
    centre(values, mask);
    restrict(values, mask);
  }

  /** Subtracts the mean inside the mask there, in place. */
  public static void centre(float[] values, Mask mask) {
    float mean = (float) mean(values, mask);
    boolean[] inside = mask.data();
    for (int i = 0; i < values.length; i++) {
      values[i] -= inside[i] ? mean : 0;
    }
  }

  /** The values outside, and 0 inside. */
  public static float[] outside(float[] values, boolean[] inside) {
    float[] outside = values.clone();
    for (int i = 0; i < outside.length; i++) {
      outside[i] = inside[i] ? 0 : outside[i];
    }
    return outside;
  }

  /** Sets everything outside the mask to 0, in place. */
  public static void restrict(float[] values, Mask mask) {
    boolean[] inside = mask.data();
    for (int i = 0; i < values.length; i++) {
      if (!inside[i]) {
        values[i] = 0;
      }
    }
  }
}
