package org.qsmnode.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The trunk of the network of {@link Architecture}: inputs to features, and back. */
final class Trunk implements AutoCloseable {

  private final Kernels kernels;
  private final Architecture architecture;
  private final Layers layers;

  /** Activations of a pass in the order in which they arose. */
  private final Deque<Tensor> tape = new ArrayDeque<>();

  Trunk(Kernels kernels, Architecture architecture, ParameterSet parameters) {
    this.kernels = kernels;
    this.architecture = architecture;
    this.layers = new Layers(kernels, parameters);
  }

  /** Features without a trace; frees {@code input}. */
  Tensor infer(Tensor input) {
    List<Tensor> skips = new ArrayList<>();
    Tensor x = layers.convolve(Architecture.INPUT, input);
    kernels.rectify(x);
    input.free();
    x = inferBlocks("encoder", 0, x);
    for (int level = 1; level < architecture.levels(); level++) {
      skips.add(x);
      x = layers.convolve(Architecture.down(level), x);
      kernels.rectify(x);
      x = inferBlocks("encoder", level, x);
    }
    for (int level = architecture.levels() - 2; level >= 0; level--) {
      Tensor up = layers.upsample(Architecture.up(level), x);
      x.free();
      kernels.add(up, skips.get(level));
      skips.get(level).free();
      kernels.rectify(up);
      x = inferBlocks("decoder", level, up);
    }
    return x;
  }

  private Tensor inferBlocks(String side, int level, Tensor start) {
    Tensor x = start;
    for (int block = 0; block < architecture.blocks().get(level); block++) {
      String name = Architecture.block(side, level, block);
      Tensor first = layers.convolve(name + ".first", x);
      kernels.rectify(first);
      Tensor second = layers.convolve(name + ".second", first);
      first.free();
      kernels.add(second, x);
      x.free();
      kernels.rectify(second);
      x = second;
    }
    return x;
  }

  /** Features; keeps {@code input} and every activation, the features included, until backward. */
  Tensor forward(Tensor input) {
    clear();
    tape.push(input);
    List<Tensor> skips = new ArrayList<>();
    Tensor x = record(layers.convolve(Architecture.INPUT, input));
    x = recordBlocks("encoder", 0, x);
    for (int level = 1; level < architecture.levels(); level++) {
      skips.add(x);
      x = record(layers.convolve(Architecture.down(level), x));
      x = recordBlocks("encoder", level, x);
    }
    for (int level = architecture.levels() - 2; level >= 0; level--) {
      Tensor up = layers.upsample(Architecture.up(level), x);
      kernels.add(up, skips.get(level));
      x = recordBlocks("decoder", level, record(up));
    }
    return x;
  }

  private Tensor recordBlocks(String side, int level, Tensor start) {
    Tensor x = start;
    for (int block = 0; block < architecture.blocks().get(level); block++) {
      String name = Architecture.block(side, level, block);
      Tensor first = record(layers.convolve(name + ".first", x));
      Tensor second = layers.convolve(name + ".second", first);
      kernels.add(second, x);
      x = record(second);
    }
    return x;
  }

  private Tensor record(Tensor tensor) {
    kernels.rectify(tensor);
    tape.push(tensor);
    return tensor;
  }

  /** Accumulates the gradients of the parameters; frees the activations and {@code gradient}. */
  void backward(Tensor gradient) {
    List<Tensor> skipGradients = new ArrayList<>();
    Tensor g = gradient;
    for (int level = 0; level < architecture.levels() - 1; level++) {
      g = blocksBackward("decoder", level, g);
      rectifyBackward(g);
      skipGradients.add(g);
      g = layers.upsampleBackward(Architecture.up(level), top(), g);
    }
    for (int level = architecture.levels() - 1; level > 0; level--) {
      g = blocksBackward("encoder", level, g);
      rectifyBackward(g);
      Tensor below = layers.convolveBackward(Architecture.down(level), top(), g);
      g.free();
      g = skipGradients.get(level - 1);
      kernels.add(g, below);
      below.free();
    }
    g = blocksBackward("encoder", 0, g);
    rectifyBackward(g);
    layers.convolveBackwardToParameters(Architecture.INPUT, top(), g);
    g.free();
    clear();
  }

  private Tensor blocksBackward(String side, int level, Tensor gradient) {
    Tensor g = gradient;
    for (int block = architecture.blocks().get(level) - 1; block >= 0; block--) {
      String name = Architecture.block(side, level, block);
      rectifyBackward(g);
      Tensor inner = layers.convolveBackward(name + ".second", top(), g);
      rectifyBackward(inner);
      Tensor outer = layers.convolveBackward(name + ".first", top(), inner);
      inner.free();
      kernels.add(g, outer);
      outer.free();
    }
    return g;
  }

  private Tensor top() {
    return tape.element();
  }

  private void rectifyBackward(Tensor gradient) {
    Tensor activation = tape.pop();
    kernels.rectifyBackward(activation, gradient);
    activation.free();
  }

  private void clear() {
    while (!tape.isEmpty()) {
      tape.pop().free();
    }
  }

  /** The result of the last {@link #forward}. */
  Tensor features() {
    if (tape.isEmpty()) {
      throw new IllegalStateException("there was no forward pass for training");
    }
    return top();
  }

  @Override
  public void close() {
    clear();
  }
}
