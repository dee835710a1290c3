package org.qsmnode.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.qsmnode.numeric.SeededRandom;

/** Each operation of the engine of this build computes what plain loops compute. */
class KernelsContractTest {

  private static final Kernels REFERENCE = new ReferenceKernels();
  private static final int[] ODD = {7, 5, 3};
  private static final int[] EVEN = {8, 6, 4};

  private static final Weights ANY =
      Weights.initial(new Architecture(1, 1, List.of(1), List.of(0)), 1);

  private final Kernels kernels = Engines.running().open(ANY).kernels();

  private static float[] noise(int size, long seed) {
    float[] values = new float[size];
    new SeededRandom(seed).fillGaussian(values);
    return values;
  }

  private static Tensor volume(Kernels on, int channels, int[] dims, long seed) {
    float[][] values = new float[channels][];
    for (int c = 0; c < channels; c++) {
      values[c] = noise((int) Block.voxels(dims), seed + c);
    }
    return on.volume(values, dims, channels);
  }

  private static Tensor array(Kernels on, long seed, int... shape) {
    return on.array(noise(Arrays.stream(shape).reduce(1, (a, b) -> a * b), seed), shape);
  }

  private void agree(String what, int size, Function<Kernels, Tensor> operation) {
    float[] expected = new float[size];
    REFERENCE.read(operation.apply(REFERENCE), expected);
    assertFalse(Arrays.equals(new float[size], expected), what);
    float[] actual = new float[size];
    kernels.read(operation.apply(kernels), actual);
    for (int i = 0; i < size; i++) {
      assertEquals(expected[i], actual[i], 2e-4, what + " at " + i);
    }
  }

  private void convolutionAgrees(int in, int out, int kernel, int[] dims) {
    int stride = kernel == 2 ? 2 : 1;
    int[] outDims = Arrays.stream(dims).map(n -> n / stride).toArray();
    int outSize = (int) (out * Block.voxels(outDims));
    int[] shape = {out, in, kernel, kernel, kernel};
    agree(
        "output",
        outSize,
        k -> k.convolve(volume(k, in, dims, 1), array(k, 50, shape), array(k, 60, out)));
    Function<Kernels, Kernels.Gradients> backward =
        k ->
            k.convolveBackward(
                volume(k, in, dims, 1), array(k, 50, shape), volume(k, out, outDims, 70), true);
    agree("input gradient", (int) (in * Block.voxels(dims)), k -> backward.apply(k).input());
    agree("weight gradient", out * in * kernel * kernel * kernel, k -> backward.apply(k).weight());
    agree("bias gradient", out, k -> backward.apply(k).bias());
  }

  @Test
  void convolutionsOfKernelThree() {
    convolutionAgrees(3, 4, 3, ODD);
    convolutionAgrees(16, 16, 3, EVEN);
  }

  @Test
  void convolutionsOfKernelOne() {
    convolutionAgrees(16, 2, 1, ODD);
  }

  @Test
  void convolutionsOfKernelTwoHalveEveryExtent() {
    convolutionAgrees(4, 6, 2, EVEN);
  }

  @Test
  void transposedConvolutionsDoubleEveryExtent() {
    int[] outDims = {14, 10, 6};
    int[] shape = {6, 4, 2, 2, 2};
    agree(
        "output",
        (int) (4 * Block.voxels(outDims)),
        k -> k.upsample(volume(k, 6, ODD, 1), array(k, 50, shape), array(k, 60, 4)));
    Function<Kernels, Kernels.Gradients> backward =
        k ->
            k.upsampleBackward(
                volume(k, 6, ODD, 1), array(k, 50, shape), volume(k, 4, outDims, 70));
    agree("input gradient", (int) (6 * Block.voxels(ODD)), k -> backward.apply(k).input());
    agree("weight gradient", 6 * 4 * 8, k -> backward.apply(k).weight());
    agree("bias gradient", 4, k -> backward.apply(k).bias());
  }

  @Test
  void rectifyingAndItsGradient() {
    int size = (int) (2 * Block.voxels(ODD));
    agree(
        "rectified",
        size,
        k -> {
          Tensor x = volume(k, 2, ODD, 1);
          k.rectify(x);
          return x;
        });
    agree(
        "gradient",
        size,
        k -> {
          Tensor x = volume(k, 2, ODD, 1);
          k.rectify(x);
          Tensor g = volume(k, 2, ODD, 9);
          k.rectifyBackward(x, g);
          return g;
        });
  }

  @Test
  void sumsAndAddedChannelsOfZeros() {
    int size = (int) (2 * Block.voxels(ODD));
    agree(
        "sum",
        size,
        k -> {
          Tensor x = volume(k, 2, ODD, 1);
          k.add(x, volume(k, 2, ODD, 9));
          return x;
        });
    float[][] one = {noise((int) Block.voxels(ODD), 3)};
    agree("padded", size, k -> k.volume(one, ODD, 2));
  }
}
