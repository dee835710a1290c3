package org.qsmnode.field.data;

import org.qsmnode.volume.Grid;
import org.qsmnode.volume.MultiEcho;

/** The samples of an acquisition as bare arrays, for the inner loops. Nothing is copied. */
public record EchoImages(Grid grid, float[][] magnitude, float[][] phase, double[] te) {

  public static EchoImages of(MultiEcho input) {
    int echoes = input.echoes();
    float[][] magnitude = new float[echoes][];
    float[][] phase = new float[echoes][];
    for (int e = 0; e < echoes; e++) {
      magnitude[e] = input.magnitude().get(e).data();
      phase[e] = input.phaseRad().get(e).data();
    }
    return new EchoImages(input.grid(), magnitude, phase, input.echoTimesSeconds());
  }

  public int echoes() {
    return te.length;
  }

  public int size() {
    return grid.size();
  }

  /** Magnitude of one sample; 0 where the image holds no number. */
  public double magnitude(int echo, int voxel) {
    float m = magnitude[echo][voxel];
    return Float.isFinite(m) && Float.isFinite(phase[echo][voxel]) ? m : 0;
  }

  /** Root of the sum of squared magnitudes over the echoes. */
  public float[] combinedMagnitude() {
    float[] combined = new float[size()];
    int slice = grid.nx() * grid.ny();
    Slices.each(
        grid.nz(),
        z -> {
          for (int i = z * slice; i < (z + 1) * slice; i++) {
            double sum = 0;
            for (int e = 0; e < echoes(); e++) {
              double m = magnitude(e, i);
              sum += m * m;
            }
            combined[i] = (float) Math.sqrt(sum);
          }
        });
    return combined;
  }
}
