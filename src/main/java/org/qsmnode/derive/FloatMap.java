package org.qsmnode.derive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.qsmnode.digest.Digests;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * A map as it is stored in floating point: ppb, slices in ascending position.
 *
 * @param ppb 1000 times the ppm of the map, rounded once to float. Outside the mask, and where
 *     there is no finite value, the background of the statistic
 * @param notFinite voxels inside the mask without a finite value
 */
record FloatMap(Grid grid, float[] ppb, int notFinite) {

  private static final double PPB_PER_PPM = 1000;

  static FloatMap of(Statistic statistic, Volume ppm, Mask mask) {
    ppm.grid().requireSameDims(mask.grid(), "mask");
    float[] ppb = new float[ppm.data().length];
    Arrays.fill(ppb, statistic.background());
    int notFinite = 0;
    for (int i = 0; i < ppb.length; i++) {
      float value = (float) (PPB_PER_PPM * ppm.data()[i]);
      if (mask.data()[i] && Float.isFinite(value)) {
        ppb[i] = value;
      } else if (mask.data()[i]) {
        notFinite++;
      }
    }
    return new FloatMap(ppm.grid(), ppb, notFinite);
  }

  /** All values, little endian. */
  byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(4 * ppb.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(ppb);
    return bytes.array();
  }

  /** SHA-256 of {@link #bytes}. */
  byte[] digest() {
    return Digests.sha256().digest(bytes());
  }

  double smallest() {
    double smallest = ppb[0];
    for (float value : ppb) {
      smallest = Math.min(smallest, value);
    }
    return smallest;
  }

  double largest() {
    double largest = ppb[0];
    for (float value : ppb) {
      largest = Math.max(largest, value);
    }
    return largest;
  }
}
