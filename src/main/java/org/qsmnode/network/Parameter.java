package org.qsmnode.network;

import java.util.List;

/**
 * One array of a network.
 *
 * @param name name in the weights file, such as {@code down1.weight}
 * @param shape convolution [out, in, z, y, x]; transposed convolution [in, out, z, y, x]; bias
 *     [out]
 * @param deviation standard deviation of the normal distribution it is initialised from
 */
record Parameter(String name, List<Integer> shape, double deviation) {

  private static final int UPSAMPLING = 2;

  int size() {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }

  int[] shapeArray() {
    return shape.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Initialised after He et al. 2015 (doi:10.1109/ICCV.2015.123), times {@code gain}. */
  static void convolution(
      List<Parameter> list, String name, int in, int out, int kernel, double gain) {
    double deviation = gain * Math.sqrt(2.0 / (in * kernel * kernel * kernel));
    list.add(new Parameter(name + ".weight", List.of(out, in, kernel, kernel, kernel), deviation));
    list.add(new Parameter(name + ".bias", List.of(out), 0));
  }

  /** Transposed convolution 2x2x2 of stride 2: each output voxel has one input voxel. */
  static void upsampling(List<Parameter> list, String name, int in, int out) {
    double deviation = Math.sqrt(1.0 / in);
    list.add(
        new Parameter(
            name + ".weight", List.of(in, out, UPSAMPLING, UPSAMPLING, UPSAMPLING), deviation));
    list.add(new Parameter(name + ".bias", List.of(out), 0));
  }
}
