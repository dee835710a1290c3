package org.qsmnode.inversion;

import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.data.MaskedMap;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;

/** Balls that overlap, and their exact field, in which total variation sees errors at first. */
public final class StrongContrasts {

  private static final Vector3 B0 = new Vector3(0.05, -0.05, 0.99).unit();
  private static final Grid GRID = new Grid(41, 45, 23, 1.5, 1.5, 2, Orientation.AXIAL);
  public static final Mask MASK = Fields.ellipsoid(GRID, 0.85);
  public static final float[] TRUTH = balls();

  private StrongContrasts() {}

  private static float[] balls() {
    float[] chi = new float[GRID.size()];
    SeededRandom random = new SeededRandom(400);
    for (int ball = 0; ball < 400; ball++) {
      float value = (float) (0.06 * random.gaussian());
      int x = random.below(GRID.nx());
      int y = random.below(GRID.ny());
      int z = random.below(GRID.nz());
      double radiusMm = 3 + 1.5 * random.below(8);
      for (int i = 0; i < chi.length; i++) {
        double dx = 1.5 * (i % GRID.nx() - x);
        double dy = 1.5 * (i / GRID.nx() % GRID.ny() - y);
        double dz = 2.0 * (i / GRID.nx() / GRID.ny() - z);
        boolean in = dx * dx + dy * dy + dz * dz < radiusMm * radiusMm;
        chi[i] = in && MASK.data()[i] ? value : chi[i];
      }
    }
    MaskedMap.reference(chi, MASK);
    return chi;
  }

  public static LocalField field() {
    return Fields.measured(
        MASK, TRUTH, Fields.constant(MASK, 0.0003), B0, DipoleConvolution.imageSpace(GRID, B0), 7);
  }
}
