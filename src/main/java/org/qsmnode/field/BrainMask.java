package org.qsmnode.field;

import java.util.List;
import java.util.Locale;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;

/** Which voxels get a field: outline of the brain, signal above noise, holes filled. */
final class BrainMask {

  private static final double SMALLEST_CM3 = 0.5;
  private static final double GAP_MM = 6;
  private static final double OPENING_MM = 6;
  private static final double MARGIN_MM = 2;

  /** Share of the brain's typical intensity under which a voxel is taken for bone or air. */
  private static final double DARK = 0.4;

  private BrainMask() {}

  /** Everything with signal, gaps like the skull bridged: head or phantom. */
  static Mask object(Grid grid, float[] magnitude) throws FieldMappingException {
    double[] sorted = Quantiles.sorted(grid.size(), i -> true, i -> magnitude[i]);
    double low = Quantiles.of(sorted, 0.02);
    double high = Quantiles.of(sorted, 0.98);
    double level = low + 0.1 * (high - low);
    if (!(high > low)) {
      throw new FieldMappingException(
          FieldMappingException.Code.LOW_SIGNAL, "the magnitude images show no object");
    }
    boolean[] bright = new boolean[grid.size()];
    for (int i = 0; i < bright.length; i++) {
      bright[i] = magnitude[i] > level;
    }
    Mask pieces = new Mask(grid, bright);
    return Morphology.largestComponent(Morphology.dilate(pieces, GAP_MM)).and(pieces);
  }

  /** Brain (or the whole of a phantom without scalp) from the magnitude of the first echo. */
  static Mask brain(Grid grid, float[] magnitude, Mask object, double threshold, List<String> notes)
      throws FieldMappingException {
    BrainSurface surface = new BrainSurface(grid, magnitude, threshold);
    Mask outline = surface.extract().and(Morphology.fillHoles(object));
    Mask brain = cutBridges(outline, magnitude, surface.darkLevel(DARK), grid);
    requireSize(brain, "no object of the size of a brain was found in the magnitude images");
    notes.add(
        String.format(
            Locale.ROOT,
            "Brain outline: %.0f of %.0f cm3 of the object kept; scalp, neck and what lies beyond"
                + " the dark rim were removed.",
            cm3(brain),
            cm3(object)));
    return brain;
  }

  /** Removes what hangs on the outline's core only by thin or dark bridges, such as an orbit. */
  private static Mask cutBridges(Mask outline, float[] magnitude, double dark, Grid grid) {
    boolean[] bright = new boolean[grid.size()];
    for (int i = 0; i < bright.length; i++) {
      bright[i] = outline.data()[i] && magnitude[i] > dark;
    }
    double opening = Math.min(OPENING_MM, 0.15 * Math.cbrt(1000 * cm3(outline)));
    Mask filled = Morphology.fillHoles(Morphology.largestComponent(new Mask(grid, bright)));
    Mask core = Morphology.largestComponent(Morphology.erode(filled, opening));
    return Morphology.fillHoles(Morphology.dilate(core, opening + MARGIN_MM).and(outline));
  }

  static void requireSize(Mask mask, String message) throws FieldMappingException {
    if (cm3(mask) < SMALLEST_CM3 && mask.count() < 200) {
      throw new FieldMappingException(FieldMappingException.Code.EMPTY_MASK, message);
    }
  }

  static double cm3(Mask mask) {
    Grid g = mask.grid();
    return mask.count() * g.dxMm() * g.dyMm() * g.dzMm() / 1000;
  }
}
