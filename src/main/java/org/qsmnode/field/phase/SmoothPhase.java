package org.qsmnode.field.phase;

import org.qsmnode.field.data.Blocks;
import org.qsmnode.field.data.BoxBlur;
import org.qsmnode.field.data.Slices;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;

/**
 * The smooth part of a phase image inside a mask, by local regression of the complex signal.
 *
 * <p>A plane through the whole mask is taken off first. What is left is fitted around each place by
 * a plane with complex coefficients, under Gaussian weights times the weights of the samples
 * (normalised convolution of first order: Knutsson and Westin 1993, doi 10.1109/CVPR.1993.341081).
 * Voxels outside the mask have no weight and nothing is assumed there, so a sloping phase is
 * followed up to the rim. More rounds on the remainder follow curvature. The regression runs on
 * blocks of a quarter of the smoothing length.
 */
final class SmoothPhase {

  private static final int ROUNDS = 3;

  /** Blocks per standard deviation of the smoothing. */
  private static final int FINENESS = 4;

  /** Moments of the weights: 1, x, y, z, xx, yy, zz, xy, xz, yz. */
  private static final int MOMENTS = 10;

  private final Mask mask;
  private final float[] phase;
  private final float[] weight;
  private final Grid fine;
  private final Blocks blocks;
  private final Grid coarse;
  private final double sigmaMm;

  private SmoothPhase(Mask mask, float[] phase, float[] weight, double sigmaMm) {
    this.mask = mask;
    this.phase = phase;
    this.weight = weight;
    this.fine = mask.grid();
    this.blocks = new Blocks(fine, sigmaMm / FINENESS);
    this.coarse = blocks.grid();
    this.sigmaMm = sigmaMm;
  }

  /**
   * Smooth part of {@code phase} in radians, 0 outside the mask. It has no wraps as long as it
   * keeps within pi of a plane.
   *
   * @param phase radians, wrapped or not
   * @param weight inverse variance of the phase in any unit; 0 where nothing is known
   * @param sigmaMm standard deviation of the Gaussian weights
   */
  static float[] of(Mask mask, float[] phase, float[] weight, double sigmaMm) {
    return new SmoothPhase(mask, phase, weight, sigmaMm).smooth();
  }

  private float[] smooth() {
    float[] smooth = new float[fine.size()];
    PhaseRamp ramp = PhaseRamp.of(mask, phase, weight);
    fill(smooth, (x, y, z) -> ramp.at(x, y, z));
    BoxBlur blur = BoxBlur.gaussian(coarse, sigmaMm);
    float[][] moments = new float[MOMENTS][coarse.size()];
    Slices.each(coarse.nz(), z -> addMoments(z, moments));
    blurAll(blur, moments);
    for (int round = 0; round < ROUNDS; round++) {
      float[][] signal = new float[8][coarse.size()];
      Slices.each(coarse.nz(), z -> addSignal(z, smooth, signal));
      blurAll(blur, signal);
      Slices.each(coarse.nz(), z -> regress(z, moments, signal));
      fill(smooth, (x, y, z) -> smooth[fine.index(x, y, z)] + angle(signal[0], signal[4], x, y, z));
    }
    return smooth;
  }

  /** A value for a voxel of the mask. */
  @FunctionalInterface
  private interface VoxelValue {
    double at(int x, int y, int z);
  }

  private void fill(float[] target, VoxelValue value) {
    Slices.each(
        fine.nz(),
        z -> {
          int i = z * fine.nx() * fine.ny();
          for (int y = 0; y < fine.ny(); y++) {
            for (int x = 0; x < fine.nx(); x++, i++) {
              if (mask.data()[i]) {
                target[i] = (float) value.at(x, y, z);
              }
            }
          }
        });
  }

  private static void blurAll(BoxBlur blur, float[][] volumes) {
    for (float[] volume : volumes) {
      blur.apply(volume);
    }
  }

  /** Receives the samples of one layer of blocks; u, v, w are positions in smoothing lengths. */
  @FunctionalInterface
  private interface Sample {
    void at(int block, int voxel, double u, double v, double w);
  }

  private void eachSample(int layer, Sample sample) {
    int thickness = blocks.edge(2);
    int end = Math.min(fine.nz(), (layer + 1) * thickness);
    for (int z = layer * thickness; z < end; z++) {
      int i = z * fine.nx() * fine.ny();
      for (int y = 0; y < fine.ny(); y++) {
        int row = coarse.index(0, y / blocks.edge(1), layer);
        for (int x = 0; x < fine.nx(); x++, i++) {
          if (mask.data()[i] && weight[i] > 0) {
            sample.at(row + x / blocks.edge(0), i, position(0, x), position(1, y), position(2, z));
          }
        }
      }
    }
  }

  private double position(int axis, double voxel) {
    return (voxel - 0.5 * fine.dims()[axis]) * fine.voxelMm()[axis] / sigmaMm;
  }

  private void addMoments(int layer, float[][] sums) {
    eachSample(
        layer,
        (b, i, u, v, w) -> {
          double a = weight[i];
          sums[0][b] += (float) a;
          sums[1][b] += (float) (a * u);
          sums[2][b] += (float) (a * v);
          sums[3][b] += (float) (a * w);
          sums[4][b] += (float) (a * u * u);
          sums[5][b] += (float) (a * v * v);
          sums[6][b] += (float) (a * w * w);
          sums[7][b] += (float) (a * u * v);
          sums[8][b] += (float) (a * u * w);
          sums[9][b] += (float) (a * v * w);
        });
  }

  private void addSignal(int layer, float[] known, float[][] sums) {
    eachSample(
        layer,
        (b, i, u, v, w) -> {
          double left = phase[i] - (double) known[i];
          for (int part = 0; part < 2; part++) {
            double s = weight[i] * (part == 0 ? Math.cos(left) : Math.sin(left));
            sums[4 * part][b] += (float) s;
            sums[4 * part + 1][b] += (float) (s * u);
            sums[4 * part + 2][b] += (float) (s * v);
            sums[4 * part + 3][b] += (float) (s * w);
          }
        });
  }

  /** Puts the value of each block's own regression into the first array of either part. */
  private void regress(int layer, float[][] moments, float[][] signal) {
    LocalPlane plane = new LocalPlane();
    for (int y = 0; y < coarse.ny(); y++) {
      for (int x = 0; x < coarse.nx(); x++) {
        int b = coarse.index(x, y, layer);
        plane.weights(
            moments,
            b,
            position(0, blocks.centre(0, x)),
            position(1, blocks.centre(1, y)),
            position(2, blocks.centre(2, layer)));
        double re = plane.value(signal, 0, b);
        double im = plane.value(signal, 4, b);
        double length = Math.max(Math.hypot(re, im), Double.MIN_NORMAL);
        signal[0][b] = (float) (re / length);
        signal[4][b] = (float) (im / length);
      }
    }
  }

  private double angle(float[] re, float[] im, int x, int y, int z) {
    return Math.atan2(blocks.interpolate(im, x, y, z), blocks.interpolate(re, x, y, z));
  }
}
