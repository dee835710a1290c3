package org.qsmnode.train;

import java.util.List;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.network.Architecture;

/**
 * How a network is trained; with the cases it determines the result.
 *
 * @param widths channels of each level of the network
 * @param blocks residual blocks of each level
 * @param steps optimiser steps; the learning rate falls to a fiftieth along a half cosine
 * @param batch patches per step
 * @param edge of a patch in voxels
 * @param learningRate at the beginning, after a warm-up of 50 steps
 * @param beta weight of uncertain voxels, see {@link GaussianLoss}
 * @param seed of initial weights and patches
 * @param every steps between validations, each with a checkpoint
 */
public record Recipe(
    List<Integer> widths,
    List<Integer> blocks,
    int steps,
    int batch,
    int edge,
    double learningRate,
    double beta,
    long seed,
    int every) {

  private static final int WARM_UP = 50;
  private static final double LAST_PART = 0.02;

  public Recipe {
    widths = List.copyOf(widths);
    blocks = List.copyOf(blocks);
    if (steps < 1 || batch < 1 || edge < 8 || every < 1) {
      throw new IllegalArgumentException(
          "steps, batch and every must be positive, edge at least 8");
    }
    if (!(learningRate > 0) || !(beta >= 0 && beta <= 1)) {
      throw new IllegalArgumentException("learningRate must be positive, beta between 0 and 1");
    }
  }

  /** The network of this recipe: mean and standard deviation from the channels of PDI. */
  Architecture architecture() {
    return new Architecture(PdiInputs.CHANNELS.size(), 2, widths, blocks);
  }

  /** Learning rate of a step, counted from 0. */
  double rate(int step) {
    double warm = Math.min(1, (step + 1.0) / WARM_UP);
    double fall = 0.5 * (1 + StrictMath.cos(Math.PI * step / steps));
    return learningRate * warm * (LAST_PART + (1 - LAST_PART) * fall);
  }
}
