package org.qsmnode.field.check;

import org.qsmnode.field.data.Blocks;
import org.qsmnode.field.data.EchoImages;
import org.qsmnode.volume.Mask;

/**
 * Whether phase was high-pass filtered, as for susceptibility-weighted images. A high-pass filter
 * leaves no phase on a large scale. The mean signal of every block of about 24 mm is then real and
 * positive at every echo. Without a filter receive phase and background field turn it to any angle.
 */
public final class PhaseFilterCheck {

  private static final double BLOCK_MM = 24;

  /** Above this no phase on a large scale is left; the benchmark of input checks shows why. */
  private static final double FILTERED = 0.8;

  private PhaseFilterCheck() {}

  public static boolean isFiltered(double realShare) {
    return realShare > FILTERED;
  }

  /**
   * The share of the blocks' signal that is real and positive, between -1 and 1, at the echo where
   * it is smallest.
   *
   * @param mask voxels with signal
   */
  public static double realShare(EchoImages images, Mask mask) {
    Blocks blocks = new Blocks(images.grid(), BLOCK_MM);
    double least = 1;
    for (int e = 0; e < images.echoes(); e++) {
      float[] phase = images.phase()[e];
      int echo = e;
      double[] re = blocks.sum(mask, i -> images.magnitude(echo, i) * Math.cos(phase[i]));
      double[] im = blocks.sum(mask, i -> images.magnitude(echo, i) * Math.sin(phase[i]));
      double real = 0;
      double all = 0;
      for (int b = 0; b < re.length; b++) {
        real += re[b];
        all += Math.hypot(re[b], im[b]);
      }
      least = Math.min(least, all > 0 ? real / all : 0);
    }
    return least;
  }
}
