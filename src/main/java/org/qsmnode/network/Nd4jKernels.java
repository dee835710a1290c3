package org.qsmnode.network;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Operations of ND4J, in the layout [1, channels, z, y, x] with weights as in {@link Parameter}.
 */
final class Nd4jKernels implements Kernels {

  private static final int VALID = 0;
  private static final int CHANNELS_FIRST = 0;
  private static final int WEIGHTS_OUT_IN_ZYX = 1;

  private record Nd4jTensor(INDArray array) implements Tensor {
    @Override
    public void free() {
      array.close();
    }
  }

  private static INDArray array(Tensor tensor) {
    return ((Nd4jTensor) tensor).array();
  }

  private static INDArray allocate(long... shape) {
    try {
      return Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    } catch (OutOfMemoryError e) {
      throw new DeviceMemoryException(e);
    }
  }

  private static void execute(DynamicCustomOp.DynamicCustomOpsBuilder operation) {
    try {
      Nd4j.exec(operation.build());
    } catch (OutOfMemoryError e) {
      throw new DeviceMemoryException(e);
    }
  }

  private static FloatPointer at(INDArray array, long position) {
    return new FloatPointer(array.data().pointer()).getPointer(position);
  }

  @Override
  public Tensor volume(float[][] values, int[] dims, int channels) {
    INDArray volume = allocate(1, channels, dims[2], dims[1], dims[0]);
    int voxels = dims[0] * dims[1] * dims[2];
    for (int c = 0; c < values.length; c++) {
      at(volume, (long) c * voxels).put(values[c], 0, voxels);
    }
    if (channels > values.length) {
      FloatPointer rest = at(volume, (long) values.length * voxels);
      Pointer.memset(rest, 0, (long) (channels - values.length) * voxels * Float.BYTES);
    }
    return new Nd4jTensor(volume);
  }

  @Override
  public Tensor array(float[] values, int[] shape) {
    INDArray array = allocate(Arrays.stream(shape).asLongStream().toArray());
    at(array, 0).put(values, 0, values.length);
    return new Nd4jTensor(array);
  }

  @Override
  public void read(Tensor tensor, float[] values) {
    at(array(tensor), 0).get(values, 0, values.length);
  }

  @Override
  public void read(Tensor tensor, float[][] values) {
    for (int c = 0; c < values.length; c++) {
      at(array(tensor), (long) c * values[c].length).get(values[c], 0, values[c].length);
    }
  }

  @Override
  public Tensor convolve(Tensor input, Tensor weight, Tensor bias) {
    INDArray x = array(input);
    INDArray w = array(weight);
    int kernel = (int) w.size(2);
    int stride = stride(kernel);
    INDArray y = allocate(1, w.size(0), x.size(2) / stride, x.size(3) / stride, x.size(4) / stride);
    execute(
        DynamicCustomOp.builder("conv3dnew")
            .addInputs(x, w, array(bias))
            .addOutputs(y)
            .addIntegerArguments(arguments(kernel)));
    return new Nd4jTensor(y);
  }

  @Override
  public Gradients convolveBackward(
      Tensor input, Tensor weight, Tensor outputGradient, boolean inputToo) {
    return backward("conv3dnew_bp", input, weight, outputGradient, 0, inputToo);
  }

  @Override
  public Tensor upsample(Tensor input, Tensor weight, Tensor bias) {
    INDArray x = array(input);
    INDArray w = array(weight);
    INDArray y = allocate(1, w.size(1), 2 * x.size(2), 2 * x.size(3), 2 * x.size(4));
    execute(
        DynamicCustomOp.builder("deconv3d")
            .addInputs(x, w, array(bias))
            .addOutputs(y)
            .addIntegerArguments(arguments((int) w.size(2))));
    return new Nd4jTensor(y);
  }

  @Override
  public Gradients upsampleBackward(Tensor input, Tensor weight, Tensor outputGradient) {
    return backward("deconv3d_bp", input, weight, outputGradient, 1, true);
  }

  private static Gradients backward(
      String operation,
      Tensor input,
      Tensor weight,
      Tensor outputGradient,
      int outputAxis,
      boolean inputToo) {
    INDArray x = array(input);
    INDArray w = array(weight);
    INDArray gx = allocate(x.shape());
    INDArray gw = allocate(w.shape());
    INDArray bias = allocate(w.size(outputAxis));
    INDArray gb = allocate(w.size(outputAxis));
    execute(
        DynamicCustomOp.builder(operation)
            .addInputs(x, w, bias, array(outputGradient))
            .addOutputs(gx, gw, gb)
            .addIntegerArguments(arguments((int) w.size(2))));
    bias.close();
    @Nullable Tensor inputGradient = inputToo ? new Nd4jTensor(gx) : null;
    if (!inputToo) {
      gx.close();
    }
    return new Gradients(inputGradient, new Nd4jTensor(gw), new Nd4jTensor(gb));
  }

  private static int stride(int kernel) {
    return kernel == 2 ? 2 : 1;
  }

  /**
   * Kernel, stride, padding and dilation by axis; explicit padding, layouts of data and weights.
   */
  private static int[] arguments(int k) {
    int s = stride(k);
    int p = k == 3 ? 1 : 0;
    return new int[] {
      k, k, k, s, s, s, p, p, p, 1, 1, 1, VALID, CHANNELS_FIRST, WEIGHTS_OUT_IN_ZYX
    };
  }

  @Override
  public void rectify(Tensor tensor) {
    Nd4j.exec(new RectifiedLinear(array(tensor), array(tensor), 0));
  }

  /** The library's own relu_bp runs on one thread; the sign of a rectified value is 0 or 1. */
  @Override
  public void rectifyBackward(Tensor rectified, Tensor gradient) {
    INDArray sign = array(rectified);
    Nd4j.exec(new Sign(sign, sign));
    array(gradient).muli(sign);
  }

  @Override
  public void add(Tensor sum, Tensor term) {
    array(sum).addi(array(term));
  }
}
