package org.qsmnode.evaluate;

import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/**
 * Whether a standard deviation is right: z = (reference - map) / sd per voxel, map and reference
 * demeaned inside the mask.
 *
 * @param voxels voxels compared: those of the mask with a finite, positive standard deviation
 * @param within1Percent voxels with |z| up to 1; nominal 68.27
 * @param within2Percent up to 2; nominal 95.45
 * @param within3Percent up to 3; nominal 99.73
 * @param meanSquaredZ nominal 1
 * @param spearman rank correlation of standard deviation and absolute error, ties at mean rank
 * @param spearmanIfRight rank correlation for errors drawn from the stated standard deviations: the
 *     most that deviations as unequal as these can reach
 * @param meanSdPpm mean standard deviation
 */
public record Calibration(
    int voxels,
    double within1Percent,
    double within2Percent,
    double within3Percent,
    double meanSquaredZ,
    double spearman,
    double spearmanIfRight,
    double meanSdPpm) {

  private static final long SEED = 20261129;

  /** Compares the error of {@code chiPpm} with its stated {@code sdPpm} inside {@code mask}. */
  public static Calibration of(Volume chiPpm, Volume sdPpm, Volume referencePpm, Mask mask) {
    return of(Errors.of(chiPpm, sdPpm, referencePpm, mask, mask));
  }

  static Calibration of(Errors errors) {
    int n = errors.count();
    if (n == 0) {
      throw new IllegalArgumentException("sdPpm is nowhere positive inside the mask");
    }
    double[] size = new double[n];
    int[] within = new int[4];
    double squares = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      size[i] = Math.abs(errors.error()[i]);
      double z = Math.abs(errors.z(i));
      squares += z * z;
      sum += errors.sd()[i];
      for (int k = 1; k <= 3; k++) {
        within[k] += z <= k ? 1 : 0;
      }
    }
    double[] ranks = Ranks.of(errors.sd());
    return new Calibration(
        n,
        100.0 * within[1] / n,
        100.0 * within[2] / n,
        100.0 * within[3] / n,
        squares / n,
        Ranks.pearson(ranks, Ranks.of(size)),
        Ranks.pearson(ranks, Ranks.of(drawn(errors.sd()))),
        sum / n);
  }

  /** Sizes of errors that are as the standard deviations say. */
  private static double[] drawn(double[] sd) {
    float[] normal = new float[sd.length];
    new SeededRandom(SEED).fillGaussian(normal);
    double[] size = new double[sd.length];
    for (int i = 0; i < size.length; i++) {
      size[i] = Math.abs(sd[i] * normal[i]);
    }
    return size;
  }
}
