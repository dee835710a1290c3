package org.qsmnode.field.background;

import java.util.function.DoubleConsumer;
import org.qsmnode.field.data.TotalField;
import org.qsmnode.volume.Mask;

/**
 * Takes the field of sources outside the mask away from a total field.
 *
 * <p>Inside the mask that field is harmonic; the methods differ in how they find it and in what
 * they need to know at the rim. All work in ppm on the grid of the total field.
 */
public interface BackgroundRemoval {

  /** The word of the setting that chooses the method. */
  String name();

  /** Every parameter that influences the result, on one line. */
  String parameters();

  /**
   * Removes the background.
   *
   * @param progress told the share of the work that is done
   */
  Result remove(TotalField total, DoubleConsumer progress);

  /**
   * The local field and what to say about it.
   *
   * @param localPpm 0 outside {@code mask}
   * @param mask voxels with a local field, within the mask of the total field
   * @param note one sentence for the report
   */
  record Result(float[] localPpm, Mask mask, String note) {}
}
