package org.qsmnode.inversion.pdi;

import java.util.List;
import org.qsmnode.network.Network;

/**
 * Outputs of a network averaged over mirrored and permuted views of a volume. The channels of
 * {@link PdiInputs} are scalars of the object and its main field together, so every view is as good
 * as the first one. What the network makes of a view alone averages out.
 */
public final class MirroredViews {

  private static final List<Symmetry> VIEWS =
      List.of(
          new Symmetry(new int[] {0, 1, 2}, new boolean[] {false, false, false}),
          new Symmetry(new int[] {0, 1, 2}, new boolean[] {true, true, true}),
          new Symmetry(new int[] {1, 0, 2}, new boolean[] {true, false, false}),
          new Symmetry(new int[] {1, 0, 2}, new boolean[] {false, true, true}));

  /** Number of views after which another one changes little. */
  public static final int ALL = VIEWS.size();

  private MirroredViews() {}

  /**
   * Outputs as of {@link Network#forward}.
   *
   * @param channels [channel][voxel], x fastest
   * @param dims extents
   * @param views number of views, 1 to {@link #ALL}; 1 is the volume as it is
   */
  public static float[][] average(Network network, float[][] channels, int[] dims, int views) {
    float[][] sum = network.forward(channels, dims);
    for (Symmetry view : VIEWS.subList(1, views)) {
      int[] sources = view.sources(dims);
      float[][] seen = network.forward(at(channels, sources), view.dims(dims));
      for (int c = 0; c < sum.length; c++) {
        for (int i = 0; i < sources.length; i++) {
          sum[c][sources[i]] += seen[c][i];
        }
      }
    }
    for (float[] output : sum) {
      for (int i = 0; i < output.length; i++) {
        output[i] /= views;
      }
    }
    return sum;
  }

  private static float[][] at(float[][] channels, int[] sources) {
    float[][] out = new float[channels.length][sources.length];
    for (int c = 0; c < channels.length; c++) {
      for (int i = 0; i < sources.length; i++) {
        out[c][i] = channels[c][sources[i]];
      }
    }
    return out;
  }
}
