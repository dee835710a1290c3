package org.qsmnode.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Adam with bias correction (Kingma and Ba 2015, arXiv:1412.6980; betas 0.9 and 0.999, epsilon
 * 1e-8) after a clip of the global gradient norm to 1 (Pascanu et al. 2013, arXiv:1211.5063).
 */
final class Adam {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;
  private static final double MAX_NORM = 1;

  private final List<float[]> first = new ArrayList<>();
  private final List<float[]> second = new ArrayList<>();
  private int steps;

  Adam(List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      first.add(new float[parameter.size()]);
      second.add(new float[parameter.size()]);
    }
  }

  int steps() {
    return steps;
  }

  /** Continues after {@code done} steps with the moments now in {@link #first}, {@link #second}. */
  void resume(int done) {
    steps = done;
  }

  List<float[]> first() {
    return first;
  }

  List<float[]> second() {
    return second;
  }

  void reset() {
    steps = 0;
    first.forEach(values -> Arrays.fill(values, 0));
    second.forEach(values -> Arrays.fill(values, 0));
  }

  /** One step against the gradients; returns their norm before the clip. */
  double step(List<float[]> values, List<float[]> gradients, double learningRate) {
    double squares = 0;
    for (float[] gradient : gradients) {
      for (float g : gradient) {
        squares += (double) g * g;
      }
    }
    double norm = Math.sqrt(squares);
    if (!Double.isFinite(norm)) {
      throw new ArithmeticException("the gradient of the network is not finite");
    }
    double scale = norm > MAX_NORM ? MAX_NORM / norm : 1;
    steps++;
    double rate = learningRate / (1 - Math.pow(BETA1, steps));
    double correction = 1 / (1 - Math.pow(BETA2, steps));
    for (int p = 0; p < values.size(); p++) {
      float[] value = values.get(p);
      float[] gradient = gradients.get(p);
      float[] m = first.get(p);
      float[] v = second.get(p);
      for (int i = 0; i < value.length; i++) {
        double g = scale * gradient[i];
        m[i] = (float) (BETA1 * m[i] + (1 - BETA1) * g);
        v[i] = (float) (BETA2 * v[i] + (1 - BETA2) * g * g);
        value[i] -= (float) (rate * m[i] / (Math.sqrt(v[i] * correction) + EPSILON));
      }
    }
    return norm;
  }
}
