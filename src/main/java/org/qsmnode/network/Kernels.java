package org.qsmnode.network;

import org.jspecify.annotations.Nullable;

/**
 * The tensor operations a network consists of, on tensors in the memory of a device. A volume has
 * the shape [1, channels, z, y, x]; kernels are cubes, shaped as in {@link Parameter}.
 */
interface Kernels {

  /** What a backward operation returns; {@code input} is null if it was not asked for. */
  record Gradients(@Nullable Tensor input, Tensor weight, Tensor bias) {}

  /**
   * Copies a volume of extents x, y, z to the device; {@code values} is [channel][voxel], x
   * fastest; channels beyond them are zero.
   */
  Tensor volume(float[][] values, int[] dims, int channels);

  /** Copies an array of the given shape to the device. */
  Tensor array(float[] values, int[] shape);

  /** Copies a tensor from the device, first axis slowest. */
  void read(Tensor tensor, float[] values);

  /** Copies a volume from the device as [channel][voxel]. */
  void read(Tensor tensor, float[][] values);

  /**
   * Convolution: kernel 3 with zeros around the volume, kernel 1, or kernel 2 with stride 2 on even
   * extents.
   */
  Tensor convolve(Tensor input, Tensor weight, Tensor bias);

  Gradients convolveBackward(Tensor input, Tensor weight, Tensor outputGradient, boolean inputToo);

  /** Transposed convolution, kernel 2, stride 2: doubles every extent. */
  Tensor upsample(Tensor input, Tensor weight, Tensor bias);

  Gradients upsampleBackward(Tensor input, Tensor weight, Tensor outputGradient);

  /** Replaces negative values by zero, in place. */
  void rectify(Tensor tensor);

  /**
   * Clears, in place, the gradient where the rectified values are zero. {@code rectified} is of no
   * use afterwards.
   */
  void rectifyBackward(Tensor rectified, Tensor gradient);

  /** Adds {@code term} to {@code sum}, in place. */
  void add(Tensor sum, Tensor term);
}
