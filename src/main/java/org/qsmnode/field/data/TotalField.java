package org.qsmnode.field.data;

import org.qsmnode.numeric.Quantiles;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;

/**
 * Field of all sources, the input of background removal.
 *
 * @param ppm relative field, any constant offset, 0 outside the mask
 * @param sdPpm noise standard deviation, positive infinity where nothing is known
 * @param mask voxels with a field
 * @param b0 unit vector of the main field in voxel axes
 */
public record TotalField(float[] ppm, float[] sdPpm, Mask mask, Vector3 b0) {

  public Grid grid() {
    return mask.grid();
  }

  /** Least-squares weights w^2 with w = median sd / sd, at most {@code cap} squared, 0 outside. */
  public float[] squaredWeights(double cap) {
    boolean[] in = mask.data();
    double[] sorted = Quantiles.sorted(in.length, i -> in[i] && sdPpm[i] > 0, i -> sdPpm[i]);
    double typical = sorted.length == 0 ? 1 : Quantiles.median(sorted);
    float[] result = new float[in.length];
    for (int i = 0; i < in.length; i++) {
      if (in[i] && sdPpm[i] >= 0 && sdPpm[i] < Float.POSITIVE_INFINITY) {
        double w = sdPpm[i] > 0 ? Math.min(cap, typical / sdPpm[i]) : cap;
        result[i] = (float) (w * w);
      }
    }
    return result;
  }

  /** 1 / (sd^2 + floor^2) in 1/ppm^2, 0 where nothing is known and outside the mask. */
  public float[] inverseVariances(double floorPpm) {
    float[] result = new float[sdPpm.length];
    for (int i = 0; i < result.length; i++) {
      if (mask.data()[i] && sdPpm[i] >= 0) {
        result[i] = (float) (1 / ((double) sdPpm[i] * sdPpm[i] + floorPpm * floorPpm));
      }
    }
    return result;
  }
}
