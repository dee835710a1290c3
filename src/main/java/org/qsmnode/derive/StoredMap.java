package org.qsmnode.derive;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.qsmnode.digest.Digests;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * A map as it is stored: signed 16 bit, 1 unit = 1 ppb, slices in ascending position.
 *
 * @param saturated voxels inside the mask beyond the largest stored value
 * @param notFinite voxels inside the mask without a finite value, stored as background
 */
record StoredMap(DerivedKind kind, int nx, int ny, short[] values, int saturated, int notFinite) {

  private static final double LARGEST_SHARE_NOT_FINITE = 0.001;
  private static final double PPB_PER_PPM = 1000;

  /** Smallest and largest stored value that is not background. */
  record Range(int smallest, int largest) {}

  /**
   * Rounds a map to stored values.
   *
   * @throws IllegalArgumentException if more than 0.1 % of the mask has no finite value, or a
   *     standard deviation is negative
   */
  static StoredMap of(DerivedKind kind, Volume ppm, Mask mask) {
    ppm.grid().requireSameDims(mask.grid(), "mask");
    float[] data = ppm.data();
    short[] values = new short[data.length];
    Arrays.fill(values, (short) kind.statistic().background());
    int saturated = 0;
    int notFinite = 0;
    int inside = 0;
    for (int i = 0; i < data.length; i++) {
      if (!mask.data()[i]) {
        continue;
      }
      inside++;
      if (!Float.isFinite(data[i])) {
        notFinite++;
        continue;
      }
      if (kind.statistic() == Statistic.STANDARD_DEVIATION && data[i] < 0) {
        throw new IllegalArgumentException("a standard deviation is negative");
      }
      long ppb = Math.round(data[i] * PPB_PER_PPM);
      if (Math.abs(ppb) > Statistic.LARGEST) {
        saturated++;
        ppb = Long.signum(ppb) * Statistic.LARGEST;
      }
      values[i] = (short) ppb;
    }
    if (notFinite > LARGEST_SHARE_NOT_FINITE * inside) {
      throw new IllegalArgumentException(
          "%s has no finite value in %d of %d voxels of the mask"
              .formatted(kind.folder(), notFinite, inside));
    }
    return new StoredMap(kind, ppm.grid().nx(), ppm.grid().ny(), values, saturated, notFinite);
  }

  /** Pixels of slice {@code z}, little endian. */
  byte[] slice(int z) {
    int size = nx * ny;
    byte[] bytes = new byte[2 * size];
    for (int i = 0; i < size; i++) {
      short value = values[z * size + i];
      bytes[2 * i] = (byte) value;
      bytes[2 * i + 1] = (byte) (value >> 8);
    }
    return bytes;
  }

  /** Range of slice {@code z} inside the mask; empty if the mask does not meet the slice. */
  Optional<Range> range(int z, Mask mask) {
    int size = nx * ny;
    int smallest = Integer.MAX_VALUE;
    int largest = Integer.MIN_VALUE;
    for (int i = z * size; i < (z + 1) * size; i++) {
      if (mask.data()[i] && values[i] >= kind.statistic().smallest()) {
        smallest = Math.min(smallest, values[i]);
        largest = Math.max(largest, values[i]);
      }
    }
    return smallest > largest ? Optional.empty() : Optional.of(new Range(smallest, largest));
  }

  /** SHA-256 of all stored pixels, little endian. */
  byte[] digest() {
    MessageDigest sha256 = Digests.sha256();
    for (int z = 0; z < values.length / (nx * ny); z++) {
      sha256.update(slice(z));
    }
    return sha256.digest();
  }
}
