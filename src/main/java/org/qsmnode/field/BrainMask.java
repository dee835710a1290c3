package org.qsmnode.field;

import java.util.List;
import java.util.Locale;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;

/** Which voxels get a field: outline of the brain, signal above noise, holes filled. */
final class BrainMask {

  private static final double SMALLEST_CM3 = 0.5;
  private static final double CLOSING_MM = 12;
  private static final double SCALP_MM = 11;

  /** Share of an outline within {@link #SCALP_MM} of the skin that tells a leak. */
  private static final double CONTACT = 0.002;

  /** The same share that is put up with when the next outline would collapse. */
  private static final double TOLERABLE_CONTACT = 0.005;

  private static final double COLLAPSE = 0.85;

  /** The same share that tells an object without scalp. */
  private static final double BARE = 0.1;

  private static final double STEP = 0.05;
  private static final double STRICTEST = 0.92;
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

  /**
   * Brain (or the whole of a phantom without scalp) from the magnitude of the first echo.
   *
   * @param threshold where the outline stops at first; it is raised until the outline keeps clear
   *     of the skin
   */
  static Mask brain(Grid grid, float[] magnitude, Mask object, double threshold, List<String> notes)
      throws FieldMappingException {
    BrainSurface surface = new BrainSurface(grid, magnitude);
    double dark = surface.darkLevel(DARK);
    Mask filled = Morphology.fillHoles(object);
    Mask skin = skin(object);
    Mask loosest = outline(surface, threshold, filled, magnitude, dark);
    Mask brain = loosest;
    double used = threshold;
    while (contact(brain, skin) > CONTACT && used + STEP < STRICTEST) {
      Mask next = outline(surface, used + STEP, filled, magnitude, dark);
      boolean collapsed = next.count() < COLLAPSE * brain.count();
      if (collapsed && contact(brain, skin) < TOLERABLE_CONTACT) {
        break;
      }
      used += STEP;
      brain = next;
    }
    boolean bare = contact(brain, skin) > BARE;
    if (bare) {
      brain = loosest;
    }
    requireSize(brain, "no object of the size of a brain was found in the magnitude images");
    notes.add(
        bare
            ? String.format(
                Locale.ROOT,
                "No scalp was found around the object; %.0f of %.0f cm3 kept.",
                cm3(brain),
                cm3(object))
            : String.format(
                Locale.ROOT,
                "Brain outline at threshold %.2f: %.0f of %.0f cm3 of the object kept; scalp, neck"
                    + " and what lies beyond the dark rim were removed.",
                used,
                cm3(brain),
                cm3(object)));
    return brain;
  }

  static Mask outline(
      BrainSurface surface, double threshold, Mask filled, float[] magnitude, double dark) {
    return cutBridges(surface.extract(threshold).and(filled), magnitude, dark, filled.grid());
  }

  /** Everything outside the head and a layer as thick as scalp and skull. */
  static Mask skin(Mask object) {
    Mask closed = Morphology.fillHoles(Morphology.dilate(object, CLOSING_MM));
    boolean[] air = new boolean[closed.data().length];
    for (int i = 0; i < air.length; i++) {
      air[i] = !closed.data()[i];
    }
    return Morphology.dilate(new Mask(object.grid(), air), CLOSING_MM + SCALP_MM);
  }

  static double contact(Mask brain, Mask skin) {
    return (double) brain.and(skin).count() / Math.max(1, brain.count());
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
