package org.qsmnode.simulate.signal;

import org.qsmnode.field.background.Shim;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.simulate.head.Head;
import org.qsmnode.simulate.head.Tissue;
import org.qsmnode.volume.Vector3;

/**
 * Relative field of a head's susceptibility by the dipole in image space, in ppm on the head's
 * grid; beyond the grid there is air.
 *
 * @param totalPpm field of the whole head, shimmed over the brain
 * @param localPpm field of the susceptibility inside the brain, referred to its mean
 * @param meanChiPpm mean susceptibility inside the brain
 */
public record HeadField(float[] totalPpm, float[] localPpm, double meanChiPpm) {

  /**
   * Computes both fields.
   *
   * @param b0 direction of the main field in voxel axes
   */
  public static HeadField of(Head head, Vector3 b0) {
    float[] chi = head.chiPpm();
    boolean[] brain = head.brain();
    double air = head.table().chiPpm(Tissue.AIR);
    double mean = meanInBrain(head);
    float[] total = new float[chi.length];
    for (int i = 0; i < chi.length; i++) {
      total[i] = (float) (chi[i] - air);
    }
    float[] local = inBrain(head, mean);
    DipoleConvolution dipole = DipoleConvolution.imageSpace(head.grid(), b0);
    dipole.apply(total, total);
    dipole.apply(local, local);
    Shim.apply(head.grid(), brain, total);
    return new HeadField(total, local, mean);
  }

  /** Only the field of the brain; where that alone is measured, it is the total field too. */
  public static HeadField ofBrain(Head head, Vector3 b0) {
    double mean = meanInBrain(head);
    float[] local = inBrain(head, mean);
    DipoleConvolution.imageSpace(head.grid(), b0).apply(local, local);
    return new HeadField(local, local, mean);
  }

  private static double meanInBrain(Head head) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < head.brain().length; i++) {
      if (head.brain()[i]) {
        sum += head.chiPpm()[i];
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  /**
   * Susceptibility of the brain relative to {@code mean}, 0 elsewhere: the source of the local
   * field.
   */
  public static float[] inBrain(Head head, double mean) {
    float[] chi = new float[head.chiPpm().length];
    for (int i = 0; i < chi.length; i++) {
      chi[i] = head.brain()[i] ? (float) (head.chiPpm()[i] - mean) : 0;
    }
    return chi;
  }
}
