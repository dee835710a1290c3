package org.qsmnode.inversion.error;

/**
 * Errors of the voxels of one map, in two parts whose variances add up to that of the voxel.
 *
 * @param shared by voxels of like means
 * @param sharedFactor of the shared error in each voxel
 * @param restPpm standard deviation of the other errors in each voxel, ppm
 */
public record VoxelErrors(SharedErrors shared, float[] sharedFactor, float[] restPpm) {

  /**
   * Splits standard deviations. Where they are smaller than what the network said, both parts are,
   * by the same factor.
   *
   * @param means of the voxels, ppm
   * @param network standard deviations by the network, ppm
   * @param deviations to split, ppm
   */
  public static VoxelErrors of(
      SharedErrors shared, float[] means, float[] network, float[] deviations) {
    float[] factor = new float[deviations.length];
    float[] rest = new float[deviations.length];
    for (int i = 0; i < rest.length; i++) {
      double before = Math.max(network[i], deviations[i]);
      if (before > 0) {
        double variance = before * before;
        double unshared = shared.restVariance(variance, means[i]);
        double toShare = shared.variance(means[i]);
        double shrink = deviations[i] / before;
        rest[i] = (float) (shrink * Math.sqrt(unshared));
        factor[i] = toShare > 0 ? (float) (shrink * Math.sqrt((variance - unshared) / toShare)) : 0;
      }
    }
    return new VoxelErrors(shared, factor, rest);
  }
}
