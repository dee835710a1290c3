package org.qsmnode.network;

import org.jspecify.annotations.Nullable;

/** Convolutions with the parameters of a name; their gradients are accumulated. */
record Layers(Kernels kernels, ParameterSet parameters) {

  Tensor convolve(String name, Tensor input) {
    return kernels.convolve(input, weight(name), bias(name));
  }

  /** Returns the gradient of the input. */
  Tensor convolveBackward(String name, Tensor input, Tensor gradient) {
    return accumulate(name, kernels.convolveBackward(input, weight(name), gradient, true));
  }

  void convolveBackwardToParameters(String name, Tensor input, Tensor gradient) {
    Kernels.Gradients all = kernels.convolveBackward(input, weight(name), gradient, false);
    parameters.accumulate(name + ".weight", all.weight());
    parameters.accumulate(name + ".bias", all.bias());
  }

  Tensor upsample(String name, Tensor input) {
    return kernels.upsample(input, weight(name), bias(name));
  }

  /** Returns the gradient of the input. */
  Tensor upsampleBackward(String name, Tensor input, Tensor gradient) {
    return accumulate(name, kernels.upsampleBackward(input, weight(name), gradient));
  }

  private Tensor accumulate(String name, Kernels.Gradients all) {
    parameters.accumulate(name + ".weight", all.weight());
    parameters.accumulate(name + ".bias", all.bias());
    @Nullable Tensor input = all.input();
    if (input == null) {
      throw new IllegalStateException("no gradient of the input of " + name);
    }
    return input;
  }

  private Tensor weight(String name) {
    return parameters.get(name + ".weight");
  }

  private Tensor bias(String name) {
    return parameters.get(name + ".bias");
  }
}
