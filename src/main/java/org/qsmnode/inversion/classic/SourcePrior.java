package org.qsmnode.inversion.classic;

import org.qsmnode.inversion.data.EdgeWeights;
import org.qsmnode.inversion.data.SourceSpace;
import org.qsmnode.numeric.Parallel;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Mask;

/**
 * Gaussian prior of sources, independent with one standard deviation inside the mask and another
 * outside. Neighbours inside are alike, except across edges of the magnitude ({@link EdgeWeights}).
 *
 * <p>Precision R + sum over neighbours (w / gradient^2) (x_i - x_j)^2 / h^2.
 */
final class SourcePrior {

  private static final float OUTSIDE_PART = 0.05f;

  private final int[] step;
  private final boolean[] inside;
  private final float insidePrecision;
  private final float outsidePrecision;

  /** Per axis, 1/h^2 times the edge weight between a place and the next; 0 at the mask's edge. */
  private final float[][] coupling;

  private float inverseSquaredGradient = 1;

  SourcePrior(SourceSpace space, Mask mask, float[] magnitude, double inside, double outside) {
    int[] dims = space.dims();
    step = new int[] {1, dims[0], dims[0] * dims[1]};
    this.inside = space.embed(mask);
    insidePrecision = (float) (1 / (inside * inside));
    outsidePrecision = (float) (1 / (outside * outside));
    coupling = EdgeWeights.of(step, this.inside, space.embed(magnitude), mask.grid().voxelMm());
  }

  void gradient(double ppmPerMm) {
    inverseSquaredGradient = (float) (1 / (ppmPerMm * ppmPerMm));
  }

  /** Adds precision times {@code in} to {@code out}. */
  void addPrecision(float[] in, float[] out) {
    Parallel.run(
        in.length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            float x = in[i];
            if (!inside[i]) {
              out[i] += outsidePrecision * x;
              continue;
            }
            float sum = 0;
            for (int a = 0; a < 3; a++) {
              int next = i + step[a];
              int last = i - step[a];
              if (next < in.length) {
                sum += coupling[a][i] * (x - in[next]);
              }
              if (last >= 0) {
                sum += coupling[a][last] * (x - in[last]);
              }
            }
            out[i] += insidePrecision * x + inverseSquaredGradient * sum;
          }
        });
  }

  /**
   * The diagonal of the precision plus a level, a part of it outside.
   *
   * @param level diagonal of the data's precision
   */
  float[] diagonal(float level) {
    float[] out = new float[inside.length];
    for (int i = 0; i < out.length; i++) {
      out[i] += inside[i] ? insidePrecision + level : outsidePrecision + OUTSIDE_PART * level;
      for (int a = 0; a < 3; a++) {
        if (coupling[a][i] > 0) {
          out[i] += inverseSquaredGradient * coupling[a][i];
          out[i + step[a]] += inverseSquaredGradient * coupling[a][i];
        }
      }
    }
    return out;
  }

  /** Adds a draw whose covariance is the precision. */
  void addPrecisionNoise(SeededRandom random, float[] out, float[] work) {
    float rootInside = (float) Math.sqrt(insidePrecision);
    float rootOutside = (float) Math.sqrt(outsidePrecision);
    random.fillGaussian(work);
    for (int i = 0; i < out.length; i++) {
      out[i] += (inside[i] ? rootInside : rootOutside) * work[i];
    }
    for (int a = 0; a < 3; a++) {
      random.fillGaussian(work);
      for (int i = 0; i < out.length; i++) {
        if (coupling[a][i] > 0) {
          float e = (float) Math.sqrt(inverseSquaredGradient * coupling[a][i]) * work[i];
          out[i] += e;
          out[i + step[a]] -= e;
        }
      }
    }
  }

  /** Sum of the weighted squared differences in ppm^2/mm^2. */
  double roughness(float[] chi) {
    return Parallel.sum(
        chi.length,
        (from, to) -> {
          double sum = 0;
          for (int i = from; i < to; i++) {
            for (int a = 0; a < 3; a++) {
              if (coupling[a][i] > 0) {
                double difference = chi[i] - chi[i + step[a]];
                sum += coupling[a][i] * difference * difference;
              }
            }
          }
          return sum;
        });
  }
}
