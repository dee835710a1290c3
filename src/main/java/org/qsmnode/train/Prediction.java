package org.qsmnode.train;

import org.qsmnode.inversion.pdi.MirroredViews;
import org.qsmnode.inversion.pdi.PdiHeads;
import org.qsmnode.network.Network;

/**
 * What a network says of a case, before calibration.
 *
 * @param meanPpm means, their mean inside the mask removed
 * @param sdPpm standard deviations
 * @param voxels of the mask
 */
record Prediction(double[] meanPpm, double[] sdPpm, int voxels) {

  /**
   * Asks a network.
   *
   * @param views number of {@link MirroredViews}
   */
  static Prediction of(Network network, CachedCase one, int views) {
    return of(one, MirroredViews.average(network, one.inputs(), one.dims(), views));
  }

  static Prediction of(CachedCase one, float[][] outputs) {
    double[] mean = new double[one.voxels()];
    double[] sd = new double[one.voxels()];
    double sum = 0;
    int count = 0;
    for (int i = 0; i < mean.length; i++) {
      if (one.inMask(i)) {
        mean[i] = PdiHeads.mean(one.startPpm(i), outputs[0][i]);
        sd[i] = PdiHeads.sd(one.startPpm(i), outputs[1][i]);
        sum += mean[i];
        count++;
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] -= one.inMask(i) ? sum / count : 0;
    }
    return new Prediction(mean, sd, count);
  }

  double errorPpm(CachedCase one, int voxel) {
    return meanPpm[voxel] - one.truthPpm(voxel);
  }
}
