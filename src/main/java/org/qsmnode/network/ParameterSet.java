package org.qsmnode.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values and gradients of some parameters, with copies of the values on the device that are
 * refreshed after a step.
 */
final class ParameterSet implements AutoCloseable {

  private final Kernels kernels;
  private final List<Parameter> parameters;
  private final Map<String, Integer> places = new HashMap<>();
  private final List<float[]> values = new ArrayList<>();
  private final List<float[]> gradients = new ArrayList<>();
  private final Map<String, Tensor> onDevice = new HashMap<>();
  private final Adam adam;

  ParameterSet(Kernels kernels, List<Parameter> parameters, Weights weights) {
    this.kernels = kernels;
    this.parameters = parameters;
    for (Parameter parameter : parameters) {
      places.put(parameter.name(), places.size());
      values.add(weights.values(parameter.name()).clone());
      gradients.add(new float[parameter.size()]);
    }
    this.adam = new Adam(parameters);
  }

  List<Parameter> parameters() {
    return parameters;
  }

  Adam adam() {
    return adam;
  }

  /** The values on the device, owned by this set. */
  Tensor get(String name) {
    return onDevice.computeIfAbsent(
        name,
        missing -> {
          int place = place(missing);
          return kernels.array(values.get(place), parameters.get(place).shapeArray());
        });
  }

  /** Adds a gradient and frees it. */
  void accumulate(String name, Tensor gradient) {
    float[] sum = gradients.get(place(name));
    float[] term = new float[sum.length];
    kernels.read(gradient, term);
    gradient.free();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += term[i];
    }
  }

  /** The accumulated gradient of a parameter. */
  float[] gradient(String name) {
    return gradients.get(place(name));
  }

  double step(double learningRate) {
    double norm = adam.step(values, gradients, learningRate);
    clearGradients();
    freeDevice();
    return norm;
  }

  void clearGradients() {
    gradients.forEach(gradient -> Arrays.fill(gradient, 0));
  }

  /** Replaces the values, forgets gradients and moments. */
  void reset(Weights weights) {
    for (int p = 0; p < parameters.size(); p++) {
      float[] source = weights.values(parameters.get(p).name());
      System.arraycopy(source, 0, values.get(p), 0, source.length);
    }
    clearGradients();
    adam.reset();
    freeDevice();
  }

  /** Copies of the current values by name. */
  Map<String, float[]> values() {
    Map<String, float[]> copy = new LinkedHashMap<>();
    for (int p = 0; p < parameters.size(); p++) {
      copy.put(parameters.get(p).name(), values.get(p).clone());
    }
    return copy;
  }

  private int place(String name) {
    Integer place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException("the network has no " + name);
    }
    return place;
  }

  private void freeDevice() {
    onDevice.values().forEach(Tensor::free);
    onDevice.clear();
  }

  @Override
  public void close() {
    freeDevice();
  }
}
