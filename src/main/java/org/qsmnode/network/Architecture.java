package org.qsmnode.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Shape of a residual 3-D U-Net without normalisation layers. A voxel depends on its neighbourhood
 * only, so that overlapping blocks give what the whole volume gives.
 *
 * <p>Trunk: a 3x3x3 convolution from the inputs to {@code widths[0]} channels. Every further level
 * has a 2x2x2 convolution of stride 2 and residual blocks of two 3x3x3 convolutions. On the way
 * back each level has a transposed 2x2x2 convolution of stride 2 and residual blocks again. In
 * between the channels of that level on the way down are added. Its result, {@code widths[0]}
 * channels at full resolution, are the features. Tail: a 3x3x3 convolution between features and a
 * 1x1x1 convolution to the outputs. Every convolution but the last, and every sum, is followed by a
 * ReLU. The idea of the U-Net: Cicek et al. 2016, doi:10.1007/978-3-319-46723-8_49.
 *
 * @param inputs input channels
 * @param outputs output channels
 * @param widths channels of each level, full resolution first
 * @param blocks residual blocks of each level in each direction (at the lowest level once)
 */
public record Architecture(int inputs, int outputs, List<Integer> widths, List<Integer> blocks) {

  /** Name of the first convolution. */
  static final String INPUT = "in";

  private static final double RESIDUAL_GAIN = 0.25;
  private static final double HEAD_GAIN = 0.1;

  public Architecture {
    widths = List.copyOf(widths);
    blocks = List.copyOf(blocks);
    if (inputs < 1 || outputs < 1 || widths.isEmpty() || widths.size() != blocks.size()) {
      throw new IllegalArgumentException("a network needs inputs, outputs and equal level lists");
    }
    if (widths.stream().anyMatch(w -> w < 1) || blocks.stream().anyMatch(b -> b < 0)) {
      throw new IllegalArgumentException("widths must be positive, blocks not negative");
    }
  }

  /** Four levels of 16 to 128 channels; the widths at which the CPU kernels run at full speed. */
  public static Architecture standard(int inputs, int outputs) {
    return new Architecture(inputs, outputs, List.of(16, 32, 64, 128), List.of(0, 1, 1, 1));
  }

  int levels() {
    return widths.size();
  }

  /** Channels that the trunk hands to the tail. */
  public int features() {
    return widths.get(0);
  }

  /**
   * Input channels of the first convolution, those beyond {@link #inputs} being zero. With fewer
   * than 16 channels its gradient takes several times as long on a CPU.
   */
  int paddedInputs() {
    return Math.max(inputs, features());
  }

  private double gain() {
    return Math.sqrt((double) paddedInputs() / inputs);
  }

  /** Every extent is padded to a multiple of this number of voxels. */
  public int multiple() {
    return 1 << (levels() - 1);
  }

  /** Distance in voxels, a multiple of {@link #multiple}, beyond which an input has no effect. */
  public int halo() {
    int reach = 1 + 2 * blocks.get(0);
    for (int level = 1; level < levels(); level++) {
      reach = (reach + 1) / 2 + 2 * blocks.get(level);
    }
    for (int level = levels() - 2; level >= 0; level--) {
      reach = 2 * reach + 1 + 2 * blocks.get(level);
    }
    reach++;
    return (reach + multiple() - 1) / multiple() * multiple();
  }

  /** Every named array of the network, trunk first, in the order of the weights file. */
  List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(trunk());
    all.addAll(tail());
    return all;
  }

  private List<Parameter> trunk() {
    List<Parameter> list = new ArrayList<>();
    Parameter.convolution(list, INPUT, paddedInputs(), widths.get(0), 3, gain());
    addBlocks(list, 0, "encoder");
    for (int level = 1; level < levels(); level++) {
      Parameter.convolution(list, down(level), widths.get(level - 1), widths.get(level), 2, 1);
      addBlocks(list, level, "encoder");
    }
    for (int level = levels() - 2; level >= 0; level--) {
      Parameter.upsampling(list, up(level), widths.get(level + 1), widths.get(level));
      addBlocks(list, level, "decoder");
    }
    return list;
  }

  /** The arrays of the tail only. */
  List<Parameter> tail() {
    List<Parameter> list = new ArrayList<>();
    Parameter.convolution(list, "tail", features(), features(), 3, 1);
    Parameter.convolution(list, "head", features(), outputs, 1, HEAD_GAIN);
    return list;
  }

  private void addBlocks(List<Parameter> list, int level, String side) {
    int width = widths.get(level);
    for (int block = 0; block < blocks.get(level); block++) {
      Parameter.convolution(list, block(side, level, block) + ".first", width, width, 3, 1);
      Parameter.convolution(
          list, block(side, level, block) + ".second", width, width, 3, RESIDUAL_GAIN);
    }
  }

  static String down(int level) {
    return "down" + level;
  }

  static String up(int level) {
    return "up" + level;
  }

  static String block(String side, int level, int block) {
    return side + level + ".block" + block;
  }
}
