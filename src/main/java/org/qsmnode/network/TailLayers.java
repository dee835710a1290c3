package org.qsmnode.network;

import org.jspecify.annotations.Nullable;

/** The last block and the heads: features to outputs, and back. */
final class TailLayers implements AutoCloseable {

  private static final String BLOCK = "tail";
  private static final String HEAD = "head";

  private final Kernels kernels;
  private final Layers layers;
  private @Nullable Tensor kept;

  TailLayers(Kernels kernels, ParameterSet parameters) {
    this.kernels = kernels;
    this.layers = new Layers(kernels, parameters);
  }

  Tensor hidden(Tensor features) {
    Tensor hidden = layers.convolve(BLOCK, features);
    kernels.rectify(hidden);
    return hidden;
  }

  Tensor head(Tensor hidden) {
    return layers.convolve(HEAD, hidden);
  }

  /** Outputs; keeps what {@link #backward(Tensor, Tensor)} needs. */
  Tensor forward(Tensor features) {
    close();
    Tensor hidden = hidden(features);
    kept = hidden;
    return head(hidden);
  }

  /** Returns the gradient of the features; frees the gradient and what was kept. */
  Tensor backward(Tensor features, Tensor gradient) {
    Tensor hidden = kept;
    if (hidden == null) {
      throw new IllegalStateException("there was no forward pass for training");
    }
    Tensor inner = headBackward(hidden, gradient);
    close();
    Tensor outer = layers.convolveBackward(BLOCK, features, inner);
    inner.free();
    return outer;
  }

  /** Gradients of the parameters only; frees {@code gradient}, uses up {@code hidden}. */
  void backwardToParameters(Tensor features, Tensor hidden, Tensor gradient) {
    Tensor inner = headBackward(hidden, gradient);
    layers.convolveBackwardToParameters(BLOCK, features, inner);
    inner.free();
  }

  private Tensor headBackward(Tensor hidden, Tensor gradient) {
    Tensor inner = layers.convolveBackward(HEAD, hidden, gradient);
    gradient.free();
    kernels.rectifyBackward(hidden, inner);
    return inner;
  }

  @Override
  public void close() {
    if (kept != null) {
      kept.free();
      kept = null;
    }
  }
}
