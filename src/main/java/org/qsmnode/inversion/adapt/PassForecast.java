package org.qsmnode.inversion.adapt;

import org.qsmnode.inversion.TimeBudget;
import org.qsmnode.network.Network;

/** Predicts how long a pass of a network takes, which cannot be cut short. */
final class PassForecast {

  private static final int EDGE = 32;

  private PassForecast() {}

  /**
   * Seconds for a volume, from the second of two passes over a small block: the first one includes
   * the start of the engine.
   *
   * @param dims extents of the volume
   * @param clock measures
   */
  static double seconds(Network network, int[] dims, TimeBudget clock) {
    int[] block = new int[3];
    for (int a = 0; a < 3; a++) {
      block[a] = Math.min(EDGE, dims[a]);
    }
    float[][] zeros = new float[network.architecture().inputs()][block[0] * block[1] * block[2]];
    network.forward(zeros, block);
    double before = clock.spent();
    network.forward(zeros, block);
    double measured = clock.spent() - before;
    return measured * network.passVoxels(dims) / network.passVoxels(block);
  }
}
