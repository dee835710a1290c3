package org.qsmnode.simulate;

import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.volume.Vector3;

/**
 * Relative field of a head's susceptibility by the dipole in image space, in ppm on the head's
 * grid; beyond the grid there is air.
 *
 * @param totalPpm field of the whole head, shimmed over the brain
 * @param localPpm field of the susceptibility inside the brain, referred to its mean
 * @param meanChiPpm mean susceptibility inside the brain
 */
record HeadField(float[] totalPpm, float[] localPpm, double meanChiPpm) {

  /**
   * Computes both fields.
   *
   * @param b0 direction of the main field in voxel axes
   */
  static HeadField of(Head head, Vector3 b0) {
    float[] chi = head.chiPpm();
    boolean[] brain = head.brain();
    double air = head.table().chiPpm(Tissue.AIR);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < chi.length; i++) {
      if (brain[i]) {
        sum += chi[i];
        count++;
      }
    }
    double mean = count == 0 ? 0 : sum / count;
    float[] total = new float[chi.length];
    float[] local = new float[chi.length];
    for (int i = 0; i < chi.length; i++) {
      total[i] = (float) (chi[i] - air);
      local[i] = brain[i] ? (float) (chi[i] - mean) : 0;
    }
    DipoleConvolution dipole = DipoleConvolution.imageSpace(head.grid(), b0);
    dipole.apply(total, total);
    dipole.apply(local, local);
    Shim.apply(head.grid(), brain, total);
    return new HeadField(total, local, mean);
  }
}
