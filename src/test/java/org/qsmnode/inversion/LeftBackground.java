package org.qsmnode.inversion;

import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Vector3;

/**
 * Blocks whose field has that of sources around the mask in it, as background removal leaves it.
 */
public final class LeftBackground {

  public static final Vector3 B0 = new Vector3(0.2, -0.3, 0.9).unit();
  public static final Grid GRID = Grid.isotropic(44, 49, 41, 2);
  public static final Mask MASK = Fields.ellipsoid(GRID, 0.8);
  public static final float[] TRUTH = blocks();
  public static final float[] REST = rest();

  private LeftBackground() {}

  private static float[] blocks() {
    float[] chi = new float[GRID.size()];
    SeededRandom random = new SeededRandom(5);
    for (int block = 0; block < 30; block++) {
      float value = (float) (0.06 * random.gaussian());
      int x = random.below(GRID.nx() - 6);
      int y = random.below(GRID.ny() - 7);
      int z = random.below(GRID.nz() - 5);
      for (int i = 0; i < 6 * 7 * 5; i++) {
        int at = GRID.index(x + i % 6, y + i / 6 % 7, z + i / 42);
        chi[at] = MASK.data()[at] ? value : 0;
      }
    }
    MaskedMap.reference(chi, MASK);
    return chi;
  }

  /** Field in the mask of sources within a few voxels around it. */
  private static float[] rest() {
    Mask around = Fields.ellipsoid(GRID, 0.95);
    float[] sources = new float[GRID.size()];
    new SeededRandom(6).fillGaussian(sources);
    for (int i = 0; i < sources.length; i++) {
      sources[i] = around.data()[i] && !MASK.data()[i] ? 0.2f * sources[i] : 0;
    }
    DipoleConvolution.imageSpace(GRID, B0).apply(sources, sources);
    for (int i = 0; i < sources.length; i++) {
      sources[i] = MASK.data()[i] ? sources[i] : 0;
    }
    return sources;
  }

  /**
   * The field of the blocks.
   *
   * @param rest part of {@link #REST} in it
   * @param sdPpm its noise
   */
  public static LocalField field(float rest, double sdPpm) {
    LocalField noisy =
        Fields.measured(
            MASK,
            TRUTH,
            Fields.constant(MASK, sdPpm),
            B0,
            DipoleConvolution.imageSpace(GRID, B0),
            7);
    float[] field = noisy.localPpm().data().clone();
    for (int i = 0; i < field.length; i++) {
      field[i] += rest * REST[i];
    }
    return Fields.of(MASK, field, noisy.sdPpm().data(), B0);
  }
}
