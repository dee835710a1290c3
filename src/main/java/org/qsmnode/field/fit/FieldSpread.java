package org.qsmnode.field.fit;

import org.qsmnode.field.data.BoxBlur;
import org.qsmnode.field.data.EchoImages;
import org.qsmnode.volume.Mask;

/**
 * Standard deviation of the fitted slope, per voxel. It is the noise of the acquisition, scaled by
 * how large residuals are around the voxel, since parallel imaging makes noise uneven. Where one
 * voxel misses the model by more than chance allows (flow, steep field), its own residual scales it
 * too.
 */
public final class FieldSpread {

  private static final int HALF_WIDTH = 3;

  /** Noise levels of the first echo from which on residuals tell of the noise around a voxel. */
  private static final double BRIGHT = 5;

  /** Normal deviate that one good voxel in a thousand exceeds. */
  private static final double SURPRISE = 3.09;

  private FieldSpread() {}

  /**
   * Standard deviation of the slope in rad/s; positive infinity where the first echo is under
   * {@code minimumSnr} times the noise; 0 outside the mask.
   */
  public static float[] slopeSd(
      EchoImages images, Mask mask, EchoFit fit, EchoNoise noise, double minimumSnr) {
    int degrees = images.echoes() - 1;
    double variance = noise.sigma() * noise.sigma();
    double surprising = EchoNoise.chiSquareQuantile(degrees, SURPRISE);
    float[] local = new float[images.size()];
    float[] count = new float[images.size()];
    for (int i = 0; i < local.length; i++) {
      if (mask.data()[i] && images.magnitude(0, i) > BRIGHT * noise.sigma()) {
        count[i] = 1;
        local[i] = (float) Math.min(fit.residual()[i] / variance, 2 * surprising);
      }
    }
    BoxBlur blur = BoxBlur.box(images.grid(), HALF_WIDTH);
    blur.apply(local);
    blur.apply(count);
    float[] sd = new float[images.size()];
    for (int i = 0; i < sd.length; i++) {
      if (mask.data()[i]) {
        double scale = count[i] > 0 ? local[i] / count[i] / degrees : 1;
        double chiSquare = variance > 0 ? fit.residual()[i] / variance : 0;
        if (chiSquare > surprising * Math.max(1, scale)) {
          scale = Math.max(scale, chiSquare / degrees);
        }
        double sigma = Math.sqrt(variance * scale);
        boolean seen = images.magnitude(0, i) > minimumSnr * sigma && fit.slopeFactor()[i] > 0;
        sd[i] = seen ? (float) (sigma * Math.sqrt(fit.slopeFactor()[i])) : Float.POSITIVE_INFINITY;
      }
    }
    return sd;
  }
}
