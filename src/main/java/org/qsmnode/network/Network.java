package org.qsmnode.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network on the device of an engine. Volumes are {@code float[channel][voxel]}, x fastest,
 * extents {@code dims} = x, y, z of any size; they are padded with zeros at their far ends to
 * {@link Architecture#multiple}. For one thread at a time.
 */
public final class Network implements Resumable, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Network.class);
  private static final int SLAB_VOXELS = 1 << 21;

  private final Kernels kernels;
  private final Weights origin;
  private final Architecture architecture;
  private final ParameterSet parameters;
  private final Trunk trunk;
  private final TailLayers tail;
  private long blockVoxels;
  private int[] trainingDims = {0, 0, 0};

  /**
   * @param blockVoxels largest number of voxels that inference takes at once, surroundings included
   */
  Network(Kernels kernels, Weights weights, long blockVoxels) {
    this.kernels = kernels;
    this.origin = weights;
    this.architecture = weights.architecture();
    this.parameters = new ParameterSet(kernels, architecture.parameters(), weights);
    this.trunk = new Trunk(kernels, architecture, parameters);
    this.tail = new TailLayers(kernels, parameters);
    this.blockVoxels = blockVoxels;
  }

  public Architecture architecture() {
    return architecture;
  }

  /**
   * Outputs of a volume, in overlapping blocks if it is large; blocks leave no seams. If the memory
   * of the device runs out, smaller blocks are tried.
   */
  public float[][] forward(float[][] inputs, int[] dims) {
    check(inputs, architecture.inputs(), dims);
    float[][] outputs = new float[architecture.outputs()][inputs[0].length];
    inBlocks(inputs, dims, outputs, dims, this::outputs);
    return outputs;
  }

  /** Voxels that {@link #forward} computes for a volume, those of overlapping blocks repeatedly. */
  public long passVoxels(int[] dims) {
    return cover(Block.padded(dims, architecture.multiple())).stream()
        .mapToLong(block -> Block.voxels(block.outerSize()))
        .sum();
  }

  void limitBlocks(long voxels) {
    blockVoxels = voxels;
  }

  private Tensor input(Block block, float[][] inputs, int[] dims) {
    return kernels.volume(block.cut(inputs, dims), block.outerSize(), architecture.paddedInputs());
  }

  private Tensor outputs(Tensor input) {
    Tensor features = trunk.infer(input);
    Tensor hidden = tail.hidden(features);
    features.free();
    Tensor out = tail.head(hidden);
    hidden.free();
    return out;
  }

  private void inBlocks(
      float[][] inputs,
      int[] dims,
      float[][] results,
      int[] resultDims,
      Function<Tensor, Tensor> pass) {
    int[] padded = Block.padded(dims, architecture.multiple());
    while (true) {
      List<Block> blocks = cover(padded);
      try {
        for (Block block : blocks) {
          Tensor result = pass.apply(input(block, inputs, dims));
          float[][] values = new float[results.length][(int) Block.voxels(block.outerSize())];
          kernels.read(result, values);
          result.free();
          block.paste(values, results, resultDims);
        }
        return;
      } catch (DeviceMemoryException e) {
        long failed = Block.largest(blocks);
        blockVoxels = failed / 2;
        if (Block.largest(cover(padded)) >= failed) {
          throw e;
        }
        LOG.warn("{}; going on with blocks of at most {} voxels", e.getMessage(), blockVoxels);
      }
    }
  }

  private List<Block> cover(int[] padded) {
    return Block.cover(padded, architecture.multiple(), architecture.halo(), blockVoxels);
  }

  /** Outputs of a patch, at once; keeps what {@link #backward} needs. */
  public float[][] forwardForTraining(float[][] inputs, int[] dims) {
    check(inputs, architecture.inputs(), dims);
    int[] padded = Block.padded(dims, architecture.multiple());
    Block whole = whole(padded);
    Tensor features = trunk.forward(input(whole, inputs, dims));
    Tensor out = tail.forward(features);
    float[][] values = new float[architecture.outputs()][(int) Block.voxels(padded)];
    kernels.read(out, values);
    out.free();
    trainingDims = dims.clone();
    float[][] outputs = new float[architecture.outputs()][inputs[0].length];
    whole.paste(values, outputs, dims);
    return outputs;
  }

  /**
   * Adds the gradients of a loss with respect to the parameters, given its gradients with respect
   * to the outputs of the last {@link #forwardForTraining}. To be called once for each such pass.
   */
  public void backward(float[][] outputGradients) {
    check(outputGradients, architecture.outputs(), trainingDims);
    int[] padded = Block.padded(trainingDims, architecture.multiple());
    float[][] all = whole(padded).cut(outputGradients, trainingDims);
    Tensor gradient = kernels.volume(all, padded, all.length);
    trunk.backward(tail.backward(trunk.features(), gradient));
    trainingDims = new int[3];
  }

  /**
   * One step of {@link Adam} against the gradients added since the last step, which are cleared.
   *
   * @return norm of the gradient before it was clipped to 1
   * @throws ArithmeticException if the gradient is not finite; nothing has changed then
   */
  public double step(double learningRate) {
    return parameters.step(learningRate);
  }

  /**
   * What the tail sees of a volume: [channel][voxel], padded to {@link Architecture#multiple}; in
   * blocks as {@link #forward}.
   */
  public float[][] features(float[][] inputs, int[] dims) {
    check(inputs, architecture.inputs(), dims);
    int[] padded = Block.padded(dims, architecture.multiple());
    float[][] features = new float[architecture.features()][(int) Block.voxels(padded)];
    inBlocks(inputs, dims, features, padded, trunk::infer);
    return features;
  }

  /** The tail with its own copy of its weights. Close it before the network. */
  public Tail tail() {
    return new Tail(kernels, weights(), SLAB_VOXELS);
  }

  Tail tail(int slabVoxels) {
    return new Tail(kernels, weights(), slabVoxels);
  }

  /** A copy of the current values. */
  public Weights weights() {
    return origin.with(parameters.values());
  }

  @Override
  public void writeCheckpoint(Path file) throws IOException {
    Checkpoint.write(file, weights(), parameters);
  }

  @Override
  public void readCheckpoint(Path file) throws IOException {
    Checkpoint.read(file, architecture, parameters);
  }

  Kernels kernels() {
    return kernels;
  }

  /** The gradient accumulated for a parameter. */
  float[] gradient(String parameter) {
    return parameters.gradient(parameter);
  }

  private static Block whole(int[] dims) {
    return new Block(new int[3], dims, new int[3], dims);
  }

  static void check(float[][] volumes, int channels, int[] dims) {
    if (dims.length != 3 || dims[0] < 1 || dims[1] < 1 || dims[2] < 1) {
      throw new IllegalArgumentException("three positive extents are needed");
    }
    if (volumes.length != channels) {
      throw new IllegalArgumentException(
          "%d channels where the network has %d".formatted(volumes.length, channels));
    }
    for (float[] volume : volumes) {
      if (volume.length != Block.voxels(dims)) {
        throw new IllegalArgumentException("a channel does not have the given extents");
      }
    }
  }

  @Override
  public void close() {
    tail.close();
    trunk.close();
    parameters.close();
  }
}
