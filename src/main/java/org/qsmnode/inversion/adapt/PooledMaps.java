package org.qsmnode.inversion.adapt;

/**
 * Maps of one field that are pooled, in ppm on one box, their means inside the mask removed.
 *
 * @param network means of the network's posterior
 * @param adapted means of the posterior that was adapted to the field
 * @param start map that the network corrected
 */
record PooledMaps(float[] network, float[] adapted, float[] start) {

  /**
   * Weights of a pool; the network's is what is left to 1.
   *
   * @param adapted 0 to 1
   * @param start 0 to 1
   */
  record Weights(double adapted, double start) {

    /** Both weights times {@code part}; the network gains what they lose. */
    Weights times(double part) {
      return new Weights(part * adapted, part * start);
    }
  }

  /** The weighted mean of the maps. */
  float[] pool(Weights weights) {
    float[] pooled = new float[network.length];
    for (int i = 0; i < pooled.length; i++) {
      pooled[i] =
          (float)
              (network[i]
                  + weights.adapted() * (adapted[i] - network[i])
                  + weights.start() * (start[i] - network[i]));
    }
    return pooled;
  }
}
