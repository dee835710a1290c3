package org.qsmnode.evaluate;

import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/** A map and its reference, each 0 outside the mask and demeaned inside it. */
record MaskedPair(Mask mask, double[] map, double[] reference) {

  static MaskedPair of(Volume chiPpm, Volume referencePpm, Mask mask) {
    Grid grid = mask.grid();
    grid.requireSameDims(chiPpm.grid(), "chiPpm");
    grid.requireSameDims(referencePpm.grid(), "referencePpm");
    if (mask.count() == 0) {
      throw new IllegalArgumentException("mask is empty");
    }
    return new MaskedPair(mask, demeaned(chiPpm, mask), demeaned(referencePpm, mask));
  }

  private static double[] demeaned(Volume volume, Mask mask) {
    double mean = Errors.mean(volume, mask);
    double[] values = new double[mask.data().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = mask.data()[i] ? volume.data()[i] - mean : 0;
    }
    return values;
  }

  /** Mean of {@code values} inside the mask. */
  double mean(double[] values) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += mask.data()[i] ? values[i] : 0;
    }
    return sum / mask.count();
  }
}
