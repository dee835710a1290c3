package org.qsmnode.train;

/**
 * How a network is adapted to patients; with the patients and the model it determines the result.
 *
 * @param steps optimiser steps, each for one patient
 * @param learningRate at the beginning; it falls to nothing along a half cosine
 * @param every steps between looks at the held-out patients, each with a checkpoint
 * @param seed of the order of patients
 */
public record AmortisedRecipe(int steps, double learningRate, int every, long seed) {

  public AmortisedRecipe {
    if (steps < 1 || every < 1) {
      throw new IllegalArgumentException("steps and every must be positive");
    }
    if (!(learningRate > 0)) {
      throw new IllegalArgumentException("learningRate must be positive");
    }
  }

  /** Learning rate of a step, counted from 0. */
  double rate(int step) {
    return learningRate * 0.5 * (1 + StrictMath.cos(Math.PI * step / steps));
  }
}
