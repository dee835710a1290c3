package org.qsmnode.inversion.pdi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsmnode.network.Architecture;
import org.qsmnode.network.Engines;
import org.qsmnode.network.Network;
import org.qsmnode.network.Weights;
import org.qsmnode.numeric.SeededRandom;

/** What a network says does not depend on the side from which it sees a volume. */
class MirroredViewsTest {

  private static final int[] DIMS = {7, 10, 5};

  private static float[][] random(int channels, int size) {
    float[][] volumes = new float[channels][size];
    for (int c = 0; c < channels; c++) {
      new SeededRandom(3).stream(c).fillGaussian(volumes[c]);
    }
    return volumes;
  }

  private static float[][] mirrored(float[][] volumes) {
    float[][] out = new float[volumes.length][volumes[0].length];
    for (int c = 0; c < out.length; c++) {
      for (int i = 0; i < out[c].length; i++) {
        out[c][i] = volumes[c][out[c].length - 1 - i];
      }
    }
    return out;
  }

  @Test
  void aMirroredVolumeHasMirroredOutputs() {
    Architecture small = new Architecture(3, 2, List.of(4, 6), List.of(0, 1));
    float[][] inputs = random(3, DIMS[0] * DIMS[1] * DIMS[2]);
    try (Network network = Engines.running().open(Weights.initial(small, 5))) {
      float[][] all = MirroredViews.average(network, inputs, DIMS, MirroredViews.ALL);
      float[][] other = MirroredViews.average(network, mirrored(inputs), DIMS, MirroredViews.ALL);
      float[][] one = MirroredViews.average(network, inputs, DIMS, 1);
      float[][] otherOne = mirrored(MirroredViews.average(network, mirrored(inputs), DIMS, 1));
      double largest = 0;
      for (int c = 0; c < all.length; c++) {
        assertArrayEquals(mirrored(other)[c], all[c], 1e-5f);
        assertArrayEquals(network.forward(inputs, DIMS)[c], one[c], 0);
        for (int i = 0; i < one[c].length; i++) {
          largest = Math.max(largest, Math.abs(one[c][i] - otherOne[c][i]));
        }
      }
      assertTrue(largest > 1e-3, "one view alone would do");
    }
  }

  @Test
  void aViewShowsEveryPlaceOnce() {
    int[] sources =
        new Symmetry(new int[] {1, 2, 0}, new boolean[] {true, false, true}).sources(DIMS);
    boolean[] seen = new boolean[sources.length];
    for (int source : sources) {
      assertTrue(!seen[source], "a place is seen twice");
      seen[source] = true;
    }
  }
}
