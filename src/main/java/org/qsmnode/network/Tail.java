package org.qsmnode.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tail of a network with its own weights, gradients and optimiser, on the features of one
 * volume after the other. It works in slabs that overlap by one plane, so that neither outputs nor
 * gradients have seams and memory beyond the features is small. For one thread at a time.
 */
public final class Tail implements Resumable, AutoCloseable {

  private final Kernels kernels;
  private final Weights origin;
  private final ParameterSet parameters;
  private final TailLayers layers;
  private final int slabVoxels;
  private int[] dims = {0, 0, 0};
  private final List<Slab> slabs = new ArrayList<>();

  /** Features of one slab and, between forward and backward, its rectified hidden layer. */
  private static final class Slab {
    private final Block block;
    private final Tensor features;
    private @Nullable Tensor hidden;

    private Slab(Block block, Tensor features) {
      this.block = block;
      this.features = features;
    }

    private void forget() {
      if (hidden != null) {
        hidden.free();
        hidden = null;
      }
    }
  }

  /**
   * @param slabVoxels about the number of voxels of a slab
   */
  Tail(Kernels kernels, Weights weights, int slabVoxels) {
    this.kernels = kernels;
    this.origin = weights;
    this.parameters = new ParameterSet(kernels, weights.architecture().tail(), weights);
    this.layers = new TailLayers(kernels, parameters);
    this.slabVoxels = slabVoxels;
  }

  /**
   * Goes to another volume; weights, gradients and optimiser stay.
   *
   * @param features what {@link Network#features} gave
   * @param extents of the volume without padding
   */
  public void over(float[][] features, int[] extents) {
    forget();
    dims = extents.clone();
    int[] padded = Block.padded(dims, origin.architecture().multiple());
    Network.check(features, origin.architecture().features(), padded);
    int planes = Math.max(1, slabVoxels / (padded[0] * padded[1]));
    for (int z = 0; z < dims[2]; z += planes) {
      Block block = slab(z, Math.min(planes, dims[2] - z), padded);
      slabs.add(
          new Slab(
              block,
              kernels.volume(block.cut(features, padded), block.outerSize(), features.length)));
    }
  }

  private static Block slab(int from, int planes, int[] padded) {
    int outer = Math.max(0, from - 1);
    int outerEnd = Math.min(padded[2], from + planes + 1);
    return new Block(
        new int[] {0, 0, from},
        new int[] {padded[0], padded[1], planes},
        new int[] {0, 0, outer},
        new int[] {padded[0], padded[1], outerEnd - outer});
  }

  /** Outputs [channel][voxel] of the volume. */
  public float[][] forward() {
    return forward(false);
  }

  /** As {@link #forward}; keeps what {@link #backward} needs. */
  public float[][] forwardForTraining() {
    return forward(true);
  }

  private float[][] forward(boolean keep) {
    float[][] outputs =
        new float[origin.architecture().outputs()][Math.toIntExact(Block.voxels(dims))];
    for (Slab slab : slabs) {
      slab.forget();
      Tensor hidden = layers.hidden(slab.features);
      Tensor out = layers.head(hidden);
      if (keep) {
        slab.hidden = hidden;
      } else {
        hidden.free();
      }
      float[][] values = new float[outputs.length][(int) Block.voxels(slab.block.outerSize())];
      kernels.read(out, values);
      out.free();
      slab.block.paste(values, outputs, dims);
    }
    return outputs;
  }

  /**
   * Adds the gradients of a loss with respect to the tail's parameters, given its gradients with
   * respect to the outputs of the last {@link #forwardForTraining}. To be called once for each such
   * pass.
   */
  public void backward(float[][] outputGradients) {
    Network.check(outputGradients, origin.architecture().outputs(), dims);
    for (Slab slab : slabs) {
      Tensor hidden = slab.hidden;
      if (hidden == null) {
        throw new IllegalStateException("there was no forward pass for training");
      }
      float[][] inner = slab.block.cut(outputGradients, dims);
      Arrays.stream(inner).forEach(gradient -> clearOverlap(gradient, slab.block));
      layers.backwardToParameters(
          slab.features, hidden, kernels.volume(inner, slab.block.outerSize(), inner.length));
      slab.forget();
    }
  }

  private static void clearOverlap(float[] gradient, Block block) {
    int plane = block.outerSize()[0] * block.outerSize()[1];
    int start = (block.from()[2] - block.outerFrom()[2]) * plane;
    Arrays.fill(gradient, 0, start, 0);
    Arrays.fill(gradient, start + block.size()[2] * plane, gradient.length, 0);
  }

  /** One step as {@link Network#step}. */
  public double step(double learningRate) {
    return parameters.step(learningRate);
  }

  /** The weights of the network with the current values of the tail. */
  public Weights weights() {
    return origin.with(parameters.values());
  }

  /** The gradient accumulated for a parameter. */
  float[] gradient(String parameter) {
    return parameters.gradient(parameter);
  }

  @Override
  public void writeCheckpoint(Path file) throws IOException {
    Checkpoint.write(file, weights(), parameters);
  }

  @Override
  public void readCheckpoint(Path file) throws IOException {
    Checkpoint.read(file, origin.architecture(), parameters);
  }

  private void forget() {
    slabs.forEach(
        slab -> {
          slab.forget();
          slab.features.free();
        });
    slabs.clear();
  }

  @Override
  public void close() {
    forget();
    parameters.close();
  }
}
