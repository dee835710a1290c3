package org.qsmnode.inversion.pdi;

import java.util.List;
import java.util.function.IntPredicate;
import org.qsmnode.field.LocalField;
import org.qsmnode.volume.Mask;

/**
 * Which voxels of a map should be read. Those of the mask whose field is known and was not
 * rejected, and whose standard deviation is at most {@value #LARGEST_READ_SD_PPM} ppm.
 *
 * @param readable 1 for those, 0 for others, on the box of the inputs
 * @param unread how many of the mask are not among them
 */
public record Reliability(float[] readable, UnreadVoxels unread) {

  private static final double LARGEST_READ_SD_PPM = 0.1;

  /**
   * Looks at every voxel.
   *
   * @param sd of the map, ppm
   * @param rejected whether the field of a voxel counts as wrong
   */
  public static Reliability of(PdiInputs inputs, float[] sd, IntPredicate rejected) {
    boolean[] inside = inputs.mask().data();
    float[] readable = new float[sd.length];
    int[] found = {0, 0, 0, 0};
    for (int i = 0; i < sd.length; i++) {
      if (inside[i]) {
        boolean noField = inputs.weight()[i] == 0;
        boolean wrongField = !noField && rejected.test(i);
        boolean wide = sd[i] > LARGEST_READ_SD_PPM;
        readable[i] = noField || wrongField || wide ? 0 : 1;
        found[0] += readable[i] == 0 ? 1 : 0;
        found[1] += noField ? 1 : 0;
        found[2] += wrongField ? 1 : 0;
        found[3] += wide ? 1 : 0;
      }
    }
    return new Reliability(readable, new UnreadVoxels(found[0], found[1], found[2], found[3]));
  }

  /** The readable voxels on the grid of the field. */
  public Mask mask(LocalField field, PdiInputs inputs) {
    return Mask.nonZero(inputs.onWhole(field, readable));
  }

  /** A sentence for who reads the map; empty if every voxel can be read. */
  public List<String> warnings(PdiInputs inputs) {
    return unread.voxels() == 0
        ? List.of()
        : List.of(
            ("%d of %d voxels should not be read: field unknown or contradicted, or a standard"
                    + " deviation above 100 ppb.")
                .formatted(unread.voxels(), inputs.mask().count()));
  }
}
