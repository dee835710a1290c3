package org.qsmnode.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Operations of libtorch on one device, without its automatic differentiation. */
final class LibtorchKernels implements Kernels {

  private static final long[] NONE = {0, 0, 0};
  private static final long[] UNIT = {1, 1, 1};

  private final TensorOptions onDevice;

  LibtorchKernels(Device device) {
    onDevice = new TensorOptions().device(new DeviceOptional(device));
  }

  private record LibtorchTensor(org.bytedeco.pytorch.Tensor values) implements Tensor {
    @Override
    public void free() {
      values.close();
    }
  }

  private static org.bytedeco.pytorch.Tensor values(Tensor tensor) {
    return ((LibtorchTensor) tensor).values();
  }

  /** Runs an operation, keeps its result and frees what it allocated in Java besides. */
  private static Tensor keep(Supplier<org.bytedeco.pytorch.Tensor> operation) {
    try (PointerScope scope = new PointerScope()) {
      org.bytedeco.pytorch.Tensor result = operation.get();
      result.retainReference();
      return new LibtorchTensor(result);
    } catch (RuntimeException e) {
      throw memoryOrOther(e);
    }
  }

  private static RuntimeException memoryOrOther(RuntimeException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    boolean memory = message.contains("out of memory") || message.contains("allocate memory");
    return memory ? new DeviceMemoryException(e) : e;
  }

  private static FloatPointer start(org.bytedeco.pytorch.Tensor onHost) {
    return new FloatPointer(onHost.data_ptr());
  }

  private Tensor upload(long[] shape, float[]... parts) {
    return keep(
        () -> {
          org.bytedeco.pytorch.Tensor host = torch.empty(shape);
          FloatPointer target = start(host);
          long position = 0;
          for (float[] part : parts) {
            target.getPointer(position).put(part, 0, part.length);
            position += part.length;
          }
          Pointer.memset(target.getPointer(position), 0, (host.numel() - position) * Float.BYTES);
          return host.to(onDevice, false, false, null);
        });
  }

  @Override
  public Tensor volume(float[][] values, int[] dims, int channels) {
    return upload(new long[] {1, channels, dims[2], dims[1], dims[0]}, values);
  }

  @Override
  public Tensor array(float[] values, int[] shape) {
    return upload(Arrays.stream(shape).asLongStream().toArray(), values);
  }

  @Override
  public void read(Tensor tensor, float[] into) {
    read(tensor, new float[][] {into});
  }

  @Override
  public void read(Tensor tensor, float[][] into) {
    try (PointerScope scope = new PointerScope()) {
      FloatPointer source = start(values(tensor).cpu().contiguous());
      long position = 0;
      for (float[] part : into) {
        source.getPointer(position).get(part, 0, part.length);
        position += part.length;
      }
    }
  }

  @Override
  public Tensor convolve(Tensor input, Tensor weight, Tensor bias) {
    return convolution(input, weight, bias, false);
  }

  @Override
  public Tensor upsample(Tensor input, Tensor weight, Tensor bias) {
    return convolution(input, weight, bias, true);
  }

  private static Tensor convolution(Tensor input, Tensor weight, Tensor bias, boolean transposed) {
    return keep(
        () ->
            torch.convolution(
                values(input),
                values(weight),
                new TensorOptional(values(bias)),
                stride(weight),
                padding(weight),
                UNIT,
                transposed,
                NONE,
                1));
  }

  @Override
  public Gradients convolveBackward(
      Tensor input, Tensor weight, Tensor outputGradient, boolean inputToo) {
    return backward(input, weight, outputGradient, false, inputToo);
  }

  @Override
  public Gradients upsampleBackward(Tensor input, Tensor weight, Tensor outputGradient) {
    return backward(input, weight, outputGradient, true, true);
  }

  private static Gradients backward(
      Tensor input, Tensor weight, Tensor outputGradient, boolean transposed, boolean inputToo) {
    try (PointerScope scope = new PointerScope()) {
      long[] bias = {values(weight).size(transposed ? 1 : 0)};
      BoolPointer wanted = new BoolPointer(3).put(0, inputToo).put(1, true).put(2, true);
      var all =
          torch.convolution_backward(
              values(outputGradient),
              values(input),
              values(weight),
              bias,
              stride(weight),
              padding(weight),
              UNIT,
              transposed,
              NONE,
              1,
              wanted);
      @Nullable Tensor inputGradient = inputToo ? kept(all.get0()) : null;
      return new Gradients(inputGradient, kept(all.get1()), kept(all.get2()));
    } catch (RuntimeException e) {
      throw memoryOrOther(e);
    }
  }

  /** The tuple owns its tensors; this one shares their storage and outlives it. */
  private static Tensor kept(org.bytedeco.pytorch.Tensor ofTuple) {
    org.bytedeco.pytorch.Tensor own = new org.bytedeco.pytorch.Tensor(ofTuple);
    own.retainReference();
    return new LibtorchTensor(own);
  }

  private static long[] stride(Tensor weight) {
    return values(weight).size(2) == 2 ? new long[] {2, 2, 2} : UNIT;
  }

  private static long[] padding(Tensor weight) {
    return values(weight).size(2) == 3 ? UNIT : NONE;
  }

  @Override
  public void rectify(Tensor tensor) {
    values(tensor).relu_();
  }

  @Override
  public void rectifyBackward(Tensor rectified, Tensor gradient) {
    try (PointerScope scope = new PointerScope()) {
      var cleared = torch.threshold_backward(values(gradient), values(rectified), new Scalar(0.0));
      values(gradient).copy_(cleared);
    } catch (RuntimeException e) {
      throw memoryOrOther(e);
    }
  }

  @Override
  public void add(Tensor sum, Tensor term) {
    values(sum).add_(values(term));
  }
}
