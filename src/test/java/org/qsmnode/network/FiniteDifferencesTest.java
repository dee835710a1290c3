package org.qsmnode.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsmnode.numeric.SeededRandom;

/** The gradients of the reference are the slopes of its outputs, in double precision. */
class FiniteDifferencesTest {

  private static final Architecture DEEP =
      new Architecture(2, 2, List.of(3, 4, 5), List.of(1, 1, 2));
  private static final int[] DIMS = {8, 8, 8};
  private static final double STEP = 1e-6;

  private final Kernels kernels = new ReferenceKernels();
  private final ParameterSet parameters =
      new ParameterSet(kernels, DEEP.parameters(), Weights.initial(DEEP, 3));
  private final Trunk trunk = new Trunk(kernels, DEEP, parameters);
  private final TailLayers tail = new TailLayers(kernels, parameters);
  private final double[] direction = noise(2 * DIMS[0] * DIMS[1] * DIMS[2]);

  private static double[] noise(int size) {
    SeededRandom random = new SeededRandom(8);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.gaussian();
    }
    return values;
  }

  private Tensor inputs() {
    float[][] values = new float[2][DIMS[0] * DIMS[1] * DIMS[2]];
    new SeededRandom(1).fillGaussian(values[0]);
    new SeededRandom(2).fillGaussian(values[1]);
    return kernels.volume(values, DIMS, DEEP.paddedInputs());
  }

  /** Inner product of the outputs and a fixed direction. */
  private double loss() {
    double[] out = ReferenceKernels.values(tail.forward(trunk.forward(inputs()))).data();
    double sum = 0;
    for (int i = 0; i < out.length; i++) {
      sum += out[i] * direction[i];
    }
    return sum;
  }

  @Test
  void everyArrayOfTheNetworkHasTheGradientThatItsSlopesSay() {
    loss();
    int[] shape = {1, 2, DIMS[2], DIMS[1], DIMS[0]};
    Tensor gradient = new ReferenceKernels.Values(direction.clone(), shape);
    trunk.backward(tail.backward(trunk.features(), gradient));
    for (Parameter parameter : DEEP.parameters()) {
      double[] values = ReferenceKernels.values(parameters.get(parameter.name())).data();
      float[] found = parameters.gradient(parameter.name());
      int moving = 0;
      for (int i = 0; i < values.length; i += 1 + values.length / 7) {
        double at = values[i];
        values[i] = at + STEP;
        double above = loss();
        values[i] = at - STEP;
        double below = loss();
        values[i] = at;
        double slope = (above - below) / (2 * STEP);
        assertEquals(slope, found[i], 1e-5 * Math.max(1, Math.abs(slope)), parameter.name());
        moving += Math.abs(slope) > 1e-5 ? 1 : 0;
      }
      assertTrue(moving > 0, parameter.name() + " moves nothing");
    }
  }
}
