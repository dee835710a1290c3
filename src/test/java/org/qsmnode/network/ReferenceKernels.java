package org.qsmnode.network;

import java.util.Arrays;

/** The operations of a network as plain loops in double precision. */
final class ReferenceKernels implements Kernels {

  /** A tensor whose values tests may read and change. */
  record Values(double[] data, int[] shape) implements Tensor {
    @Override
    public void free() {}

    private int channels() {
      return shape[1];
    }

    private int index(int c, int z, int y, int x) {
      return ((c * shape[2] + z) * shape[3] + y) * shape[4] + x;
    }

    private boolean holds(int z, int y, int x) {
      return z >= 0 && y >= 0 && x >= 0 && z < shape[2] && y < shape[3] && x < shape[4];
    }
  }

  private final long maxVoxels;

  ReferenceKernels() {
    this(Long.MAX_VALUE);
  }

  /** Pretends that a volume of more voxels does not fit the memory. */
  ReferenceKernels(long maxVoxels) {
    this.maxVoxels = maxVoxels;
  }

  static Values values(Tensor tensor) {
    return (Values) tensor;
  }

  private static Values zeros(int... shape) {
    return new Values(new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)], shape);
  }

  @Override
  public Tensor volume(float[][] values, int[] dims, int channels) {
    if (Block.voxels(dims) > maxVoxels) {
      throw new DeviceMemoryException(new OutOfMemoryError("pretended"));
    }
    Values out = zeros(1, channels, dims[2], dims[1], dims[0]);
    int voxels = dims[0] * dims[1] * dims[2];
    for (int c = 0; c < values.length; c++) {
      for (int v = 0; v < voxels; v++) {
        out.data[c * voxels + v] = values[c][v];
      }
    }
    return out;
  }

  @Override
  public Tensor array(float[] values, int[] shape) {
    Values out = zeros(shape);
    for (int i = 0; i < values.length; i++) {
      out.data[i] = values[i];
    }
    return out;
  }

  @Override
  public void read(Tensor tensor, float[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = (float) values(tensor).data[i];
    }
  }

  @Override
  public void read(Tensor tensor, float[][] into) {
    for (int c = 0; c < into.length; c++) {
      for (int v = 0; v < into[c].length; v++) {
        into[c][v] = (float) values(tensor).data[c * into[c].length + v];
      }
    }
  }

  /** What happens for each pair of an output voxel and an input voxel below its kernel. */
  @FunctionalInterface
  private interface Tap {
    void at(int output, int input, int weight);
  }

  /** Visits the taps of a convolution with weights [out, in, z, y, x]. */
  private static void convolution(Values x, Values w, Values y, Tap tap) {
    int k = w.shape[2];
    int stride = k == 2 ? 2 : 1;
    int pad = k == 3 ? 1 : 0;
    for (int o = 0; o < y.channels(); o++) {
      for (int z = 0; z < y.shape[2]; z++) {
        for (int j = 0; j < y.shape[3]; j++) {
          for (int i = 0; i < y.shape[4]; i++) {
            int out = y.index(o, z, j, i);
            for (int c = 0; c < x.channels(); c++) {
              for (int t = 0; t < k * k * k; t++) {
                int sz = z * stride + t / (k * k) - pad;
                int sy = j * stride + t / k % k - pad;
                int sx = i * stride + t % k - pad;
                if (x.holds(sz, sy, sx)) {
                  tap.at(out, x.index(c, sz, sy, sx), (o * x.channels() + c) * k * k * k + t);
                }
              }
            }
          }
        }
      }
    }
  }

  /** Visits the taps of a transposed convolution of stride 2 with weights [in, out, z, y, x]. */
  private static void upsampling(Values x, Values y, Tap tap) {
    for (int o = 0; o < y.channels(); o++) {
      for (int z = 0; z < y.shape[2]; z++) {
        for (int j = 0; j < y.shape[3]; j++) {
          for (int i = 0; i < y.shape[4]; i++) {
            int t = z % 2 * 4 + j % 2 * 2 + i % 2;
            for (int c = 0; c < x.channels(); c++) {
              tap.at(
                  y.index(o, z, j, i),
                  x.index(c, z / 2, j / 2, i / 2),
                  (c * y.channels() + o) * 8 + t);
            }
          }
        }
      }
    }
  }

  private static void addBias(Values y, Values bias) {
    int voxels = y.data.length / y.channels();
    for (int i = 0; i < y.data.length; i++) {
      y.data[i] += bias.data[i / voxels];
    }
  }

  private static Values biasGradient(Values g) {
    Values sum = zeros(g.channels());
    int voxels = g.data.length / g.channels();
    for (int i = 0; i < g.data.length; i++) {
      sum.data[i / voxels] += g.data[i];
    }
    return sum;
  }

  @Override
  public Tensor convolve(Tensor input, Tensor weight, Tensor bias) {
    Values x = values(input);
    Values w = values(weight);
    int s = w.shape[2] == 2 ? 2 : 1;
    Values y = zeros(1, w.shape[0], x.shape[2] / s, x.shape[3] / s, x.shape[4] / s);
    convolution(x, w, y, (o, i, t) -> y.data[o] += x.data[i] * w.data[t]);
    addBias(y, values(bias));
    return y;
  }

  @Override
  public Gradients convolveBackward(
      Tensor input, Tensor weight, Tensor outputGradient, boolean inputToo) {
    Values x = values(input);
    Values w = values(weight);
    Values g = values(outputGradient);
    Values gx = zeros(x.shape);
    Values gw = zeros(w.shape);
    convolution(
        x,
        w,
        g,
        (o, i, t) -> {
          gx.data[i] += g.data[o] * w.data[t];
          gw.data[t] += g.data[o] * x.data[i];
        });
    return new Gradients(inputToo ? gx : null, gw, biasGradient(g));
  }

  @Override
  public Tensor upsample(Tensor input, Tensor weight, Tensor bias) {
    Values x = values(input);
    Values w = values(weight);
    Values y = zeros(1, w.shape[1], 2 * x.shape[2], 2 * x.shape[3], 2 * x.shape[4]);
    upsampling(x, y, (o, i, t) -> y.data[o] += x.data[i] * w.data[t]);
    addBias(y, values(bias));
    return y;
  }

  @Override
  public Gradients upsampleBackward(Tensor input, Tensor weight, Tensor outputGradient) {
    Values x = values(input);
    Values w = values(weight);
    Values g = values(outputGradient);
    Values gx = zeros(x.shape);
    Values gw = zeros(w.shape);
    upsampling(
        x,
        g,
        (o, i, t) -> {
          gx.data[i] += g.data[o] * w.data[t];
          gw.data[t] += g.data[o] * x.data[i];
        });
    return new Gradients(gx, gw, biasGradient(g));
  }

  @Override
  public void rectify(Tensor tensor) {
    double[] data = values(tensor).data;
    for (int i = 0; i < data.length; i++) {
      data[i] = Math.max(0, data[i]);
    }
  }

  @Override
  public void rectifyBackward(Tensor rectified, Tensor gradient) {
    double[] data = values(rectified).data;
    double[] g = values(gradient).data;
    for (int i = 0; i < data.length; i++) {
      if (data[i] <= 0) {
        g[i] = 0;
      }
    }
  }

  @Override
  public void add(Tensor sum, Tensor term) {
    double[] s = values(sum).data;
    double[] t = values(term).data;
    for (int i = 0; i < s.length; i++) {
      s[i] += t[i];
    }
  }
}
