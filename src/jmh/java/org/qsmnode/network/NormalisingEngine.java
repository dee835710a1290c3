package org.qsmnode.network;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Networks whose rectified layers are normalised too, to see what that would bring; the product has
 * none. What is normalised has mean 0 and mean square 1. Scale and shift are not learnt: where the
 * layer is normalised after it was rectified, the weights and biases around it do the same.
 *
 * @param over what has the same mean and mean square
 * @param before whether a layer is normalised before it is rectified, not after
 */
public record NormalisingEngine(Over over, boolean before) implements Engine {

  /** What is normalised together. */
  public enum Over {
    /** Each channel in the volume (Ulyanov et al. 2016, arXiv:1607.08022). */
    INSTANCE,
    /** Groups of eight channels in the volume (Wu and He 2018, arXiv:1803.08494). */
    GROUP,
    /** All channels of a voxel (Ba et al. 2016, arXiv:1607.06450), which knows no neighbours. */
    VOXEL
  }

  private static final int GROUP = 8;
  private static final double EPSILON = 1e-5;

  @Override
  public String name() {
    return "ND4J, normalised over " + over;
  }

  @Override
  public String device() {
    return "CPU";
  }

  @Override
  public Network open(Weights weights) {
    return new Network(new Normalising(new Nd4jKernels()), weights, Long.MAX_VALUE);
  }

  /** A tensor whose shape is known; of a normalised one, what its gradient needs. */
  private static final class Shaped implements Tensor {
    private Tensor values;
    private final int[] shape;
    private float @Nullable [][] normal;
    private float @Nullable [] scale;
    private boolean @Nullable [][] passed;

    private Shaped(Tensor values, int... shape) {
      this.values = values;
      this.shape = shape;
    }

    static Shaped of(Tensor tensor) {
      return (Shaped) tensor;
    }

    int channels() {
      return shape[0];
    }

    int[] dims() {
      return Arrays.copyOfRange(shape, 1, 4);
    }

    @Override
    public void free() {
      values.free();
      normal = null;
      scale = null;
      passed = null;
    }
  }

  /** Operations of other kernels, on tensors that know their shape: channels, x, y, z. */
  private final class Normalising implements Kernels {
    private final Kernels kernels;

    private Normalising(Kernels kernels) {
      this.kernels = kernels;
    }

    @Override
    public Tensor volume(float[][] values, int[] dims, int channels) {
      return new Shaped(
          kernels.volume(values, dims, channels), channels, dims[0], dims[1], dims[2]);
    }

    /** The shape of a parameter is kept as it is. */
    @Override
    public Tensor array(float[] values, int[] shape) {
      return new Shaped(kernels.array(values, shape), shape);
    }

    @Override
    public void read(Tensor tensor, float[] values) {
      kernels.read(Shaped.of(tensor).values, values);
    }

    @Override
    public void read(Tensor tensor, float[][] values) {
      kernels.read(Shaped.of(tensor).values, values);
    }

    private float[][] read(Shaped tensor) {
      int[] dims = tensor.dims();
      float[][] values = new float[tensor.channels()][dims[0] * dims[1] * dims[2]];
      kernels.read(tensor.values, values);
      return values;
    }

    private void write(float[][] values, Shaped tensor) {
      tensor.values.free();
      tensor.values = kernels.volume(values, tensor.dims(), values.length);
    }

    @Override
    public Tensor convolve(Tensor input, Tensor weight, Tensor bias) {
      int[] kernel = Shaped.of(weight).shape;
      int[] in = Shaped.of(input).dims();
      int stride = kernel[2] == 2 ? 2 : 1;
      Tensor out =
          kernels.convolve(
              Shaped.of(input).values, Shaped.of(weight).values, Shaped.of(bias).values);
      return new Shaped(out, kernel[0], in[0] / stride, in[1] / stride, in[2] / stride);
    }

    @Override
    public Gradients convolveBackward(
        Tensor input, Tensor weight, Tensor outputGradient, boolean inputToo) {
      return shaped(
          kernels.convolveBackward(
              Shaped.of(input).values,
              Shaped.of(weight).values,
              Shaped.of(outputGradient).values,
              inputToo),
          input,
          weight);
    }

    @Override
    public Tensor upsample(Tensor input, Tensor weight, Tensor bias) {
      int[] kernel = Shaped.of(weight).shape;
      int[] in = Shaped.of(input).dims();
      Tensor out =
          kernels.upsample(
              Shaped.of(input).values, Shaped.of(weight).values, Shaped.of(bias).values);
      return new Shaped(out, kernel[1], 2 * in[0], 2 * in[1], 2 * in[2]);
    }

    @Override
    public Gradients upsampleBackward(Tensor input, Tensor weight, Tensor outputGradient) {
      return shaped(
          kernels.upsampleBackward(
              Shaped.of(input).values, Shaped.of(weight).values, Shaped.of(outputGradient).values),
          input,
          weight);
    }

    private Gradients shaped(Gradients gradients, Tensor input, Tensor weight) {
      Tensor back = gradients.input();
      return new Gradients(
          back == null ? null : new Shaped(back, Shaped.of(input).shape),
          new Shaped(gradients.weight(), Shaped.of(weight).shape),
          new Shaped(gradients.bias()));
    }

    @Override
    public void add(Tensor sum, Tensor term) {
      kernels.add(Shaped.of(sum).values, Shaped.of(term).values);
    }

    @Override
    public void rectify(Tensor tensor) {
      Shaped layer = Shaped.of(tensor);
      float[][] values = read(layer);
      if (before) {
        layer.scale = normalise(values);
        layer.normal = copy(values);
        layer.passed = rectified(values);
      } else {
        layer.passed = rectified(values);
        layer.scale = normalise(values);
        layer.normal = values;
      }
      write(values, layer);
    }

    @Override
    public void rectifyBackward(Tensor rectified, Tensor gradient) {
      Shaped layer = Shaped.of(rectified);
      float[][] normal = layer.normal;
      float[] scale = layer.scale;
      boolean[][] passed = layer.passed;
      if (normal == null || scale == null || passed == null) {
        throw new IllegalStateException("the layer was not rectified");
      }
      float[][] back = read(Shaped.of(gradient));
      if (before) {
        stop(back, passed);
      }
      normaliseBackward(back, normal, scale);
      if (!before) {
        stop(back, passed);
      }
      write(back, Shaped.of(gradient));
    }
  }

  private static float[][] copy(float[][] values) {
    return Arrays.stream(values).map(float[]::clone).toArray(float[][]::new);
  }

  /** Whether each value passed. */
  private static boolean[][] rectified(float[][] values) {
    boolean[][] passed = new boolean[values.length][values[0].length];
    for (int c = 0; c < values.length; c++) {
      for (int i = 0; i < values[c].length; i++) {
        passed[c][i] = values[c][i] > 0;
        values[c][i] = Math.max(0, values[c][i]);
      }
    }
    return passed;
  }

  private static void stop(float[][] gradient, boolean[][] passed) {
    for (int c = 0; c < gradient.length; c++) {
      for (int i = 0; i < gradient[c].length; i++) {
        if (!passed[c][i]) {
          gradient[c][i] = 0;
        }
      }
    }
  }

  private int groupSize(int channels) {
    if (over != Over.GROUP) {
      return 1;
    }
    if (channels % GROUP != 0) {
      throw new IllegalArgumentException(channels + " channels are not groups of " + GROUP);
    }
    return GROUP;
  }

  /** Returns by what each set was multiplied. */
  private float[] normalise(float[][] values) {
    if (over == Over.VOXEL) {
      return normaliseVoxels(values);
    }
    int size = groupSize(values.length);
    float[] scale = new float[values.length / size];
    for (int g = 0; g < scale.length; g++) {
      double sum = 0;
      double square = 0;
      for (int c = g * size; c < (g + 1) * size; c++) {
        for (float value : values[c]) {
          sum += value;
          square += (double) value * value;
        }
      }
      double n = (double) size * values[0].length;
      float mean = (float) (sum / n);
      scale[g] = (float) (1 / Math.sqrt(square / n - sum / n * (sum / n) + EPSILON));
      for (int c = g * size; c < (g + 1) * size; c++) {
        for (int i = 0; i < values[c].length; i++) {
          values[c][i] = (values[c][i] - mean) * scale[g];
        }
      }
    }
    return scale;
  }

  private static float[] normaliseVoxels(float[][] values) {
    float[] scale = new float[values[0].length];
    for (int i = 0; i < scale.length; i++) {
      double sum = 0;
      double square = 0;
      for (float[] channel : values) {
        sum += channel[i];
        square += (double) channel[i] * channel[i];
      }
      double mean = sum / values.length;
      scale[i] = (float) (1 / Math.sqrt(square / values.length - mean * mean + EPSILON));
      for (float[] channel : values) {
        channel[i] = (float) (channel[i] - mean) * scale[i];
      }
    }
    return scale;
  }

  private void normaliseBackward(float[][] gradient, float[][] normal, float[] scale) {
    if (over == Over.VOXEL) {
      voxelsBackward(gradient, normal, scale);
      return;
    }
    int size = groupSize(gradient.length);
    for (int g = 0; g < scale.length; g++) {
      double sum = 0;
      double along = 0;
      for (int c = g * size; c < (g + 1) * size; c++) {
        for (int i = 0; i < gradient[c].length; i++) {
          sum += gradient[c][i];
          along += (double) gradient[c][i] * normal[c][i];
        }
      }
      double n = (double) size * gradient[0].length;
      float mean = (float) (sum / n);
      float slope = (float) (along / n);
      for (int c = g * size; c < (g + 1) * size; c++) {
        for (int i = 0; i < gradient[c].length; i++) {
          gradient[c][i] = (gradient[c][i] - mean - normal[c][i] * slope) * scale[g];
        }
      }
    }
  }

  private static void voxelsBackward(float[][] gradient, float[][] normal, float[] scale) {
    for (int i = 0; i < scale.length; i++) {
      double sum = 0;
      double along = 0;
      for (int c = 0; c < gradient.length; c++) {
        sum += gradient[c][i];
        along += (double) gradient[c][i] * normal[c][i];
      }
      float mean = (float) (sum / gradient.length);
      float slope = (float) (along / gradient.length);
      for (int c = 0; c < gradient.length; c++) {
        gradient[c][i] = (gradient[c][i] - mean - normal[c][i] * slope) * scale[i];
      }
    }
  }
}
