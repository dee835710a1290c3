package org.qsmnode.field.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.numeric.Quantiles;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.Volume;

/** Which voxels get a field: outline of the brain, holes filled. */
public final class BrainMask {

  private static final double SMALLEST_CM3 = 0.5;
  private static final double CLOSING_MM = 12;
  private static final double SCALP_MM = 11;

  /** Share of an outline within {@link #SCALP_MM} of the skin that tells a leak. */
  private static final double CONTACT = 0.015;

  /**
   * Share of the object's outer layer that is of a piece with the inside when there is no scalp.
   */
  private static final double BARE = 0.9;

  /** Share of the brain's brightness under which a voxel is bone or air. */
  private static final double BONE = 0.3;

  /** Share of bone and air that tells a head. */
  private static final double MOST_BONE = 0.065;

  /** Share of bone and air under which there is no skull at all: a phantom. */
  private static final double LEAST_BONE = 0.03;

  /** Share of the object under which an outline is no brain. */
  private static final double SMALLEST_SHARE = 0.25;

  /** Share of the object under which an eroded piece is no brain's inside. */
  private static final double SMALLEST_CORE = 0.08;

  private static final int MOST_CORES = 3;

  private static final double[] EROSIONS_MM = {2.3, 3.2, 4.5, 5.5, 7};
  private static final int LEVELS = 3;
  private static final double STEP = 0.05;

  /** Share of the brain's brightness above which a voxel is fat. */
  private static final double BRIGHTEST = 1.5;

  private static final double GAP_MM = 6;
  private static final double MARGIN_MM = 2.5;
  private static final double SULCUS_MM = 10;

  private BrainMask() {}

  /** Everything with signal, gaps like the skull bridged: head or phantom. */
  public static Mask object(Grid grid, float[] magnitude) throws FieldMappingException {
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
   * <p>Tissue as bright as the brain is eroded, its largest piece that keeps clear of the skin
   * grown back and closed. The least erosion that leaves such a piece counts; of equal erosions the
   * lowest level.
   *
   * @param threshold share of the local brightness of the brain above which a voxel is tissue at
   *     first; it is raised where no erosion gives an outline
   */
  public static Mask brain(
      Grid grid, float[] magnitude, Mask object, double threshold, List<String> notes)
      throws FieldMappingException {
    requireSize(object, "no object of the size of a brain was found in the magnitude images");
    Mask skin = skin(object);
    float[] relative = BrainTissue.relative(grid, magnitude, object);
    List<Volume> depths = new ArrayList<>();
    for (double erosion : EROSIONS_MM) {
      for (int k = 0; k < LEVELS; k++) {
        double level = threshold + k * STEP;
        if (depths.size() == k) {
          depths.add(Morphology.depthMm(BrainTissue.between(grid, relative, level, BRIGHTEST)));
        }
        for (Mask core : cores(deeper(depths.get(k), erosion), object)) {
          if (share(skin, core) > CONTACT) {
            continue;
          }
          Mask brain = grown(core, erosion, depths.get(k));
          if (share(skin, brain) <= CONTACT && cm3(brain) >= SMALLEST_SHARE * cm3(object)) {
            requireSize(
                brain, "no object of the size of a brain was found in the magnitude images");
            notes.add(
                String.format(
                    Locale.ROOT,
                    "Brain outline at %.2f of the brain's brightness, opened by %.1f mm: %.0f of"
                        + " %.0f cm3 of the object kept; scalp, neck and what lies beyond the dark"
                        + " rim were removed.",
                    level,
                    erosion,
                    cm3(brain),
                    cm3(object)));
            return brain;
          }
        }
      }
    }
    Mask core = Morphology.largestComponent(deeper(depths.get(0), EROSIONS_MM[0]));
    boolean ofOnePiece = share(grown(core, EROSIONS_MM[0], depths.get(0)), object.and(skin)) > BARE;
    Mask bone = BrainTissue.between(grid, relative, -1, BONE);
    double dark = share(bone, inside(object));
    if (dark > (ofOnePiece ? MOST_BONE : LEAST_BONE)) {
      throw new FieldMappingException(
          FieldMappingException.Code.EMPTY_MASK,
          "no outline of a brain that keeps clear of the skin was found in the magnitude images");
    }
    notes.add(
        String.format(
            Locale.ROOT, "No scalp was found around the object; %.0f cm3 kept.", cm3(object)));
    return Morphology.fillHoles(object);
  }

  /** Pieces large enough to be a brain's inside; face and neck can be larger than the brain. */
  private static List<Mask> cores(Mask deep, Mask object) {
    int least = Math.max(1, (int) (SMALLEST_CORE * object.count()));
    return Morphology.components(deep, least, MOST_CORES);
  }

  private static Mask grown(Mask core, double erosion, Volume depthMm) {
    Mask tissue = deeper(depthMm, 0);
    return closed(Morphology.dilate(core, erosion + MARGIN_MM).and(tissue));
  }

  private static double share(Mask part, Mask whole) {
    return (double) part.and(whole).count() / Math.max(1, whole.count());
  }

  private static Mask inside(Mask object) {
    return Morphology.erode(
        Morphology.fillHoles(Morphology.dilate(object, CLOSING_MM)), CLOSING_MM);
  }

  private static Mask deeper(Volume depthMm, double erosionMm) {
    boolean[] kept = new boolean[depthMm.data().length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = depthMm.data()[i] > erosionMm;
    }
    return new Mask(depthMm.grid(), kept);
  }

  /** Sulci and ventricles filled as if the outermost slices went on beyond the grid. */
  private static Mask closed(Mask pieces) {
    Mask largest = Morphology.largestComponent(pieces);
    Padding padding = Padding.of(largest.grid(), SULCUS_MM);
    Mask wide = Morphology.dilate(padding.continued(largest), SULCUS_MM);
    return Morphology.fillHoles(padding.cropped(Morphology.erode(wide, SULCUS_MM)));
  }

  /** Everything outside the head and a layer as thick as scalp and skull. */
  private static Mask skin(Mask object) {
    Mask closed = Morphology.fillHoles(Morphology.dilate(object, CLOSING_MM));
    return Morphology.dilate(outside(closed), CLOSING_MM + SCALP_MM);
  }

  private static Mask outside(Mask mask) {
    boolean[] outside = new boolean[mask.data().length];
    for (int i = 0; i < outside.length; i++) {
      outside[i] = !mask.data()[i];
    }
    return new Mask(mask.grid(), outside);
  }

  public static void requireSize(Mask mask, String message) throws FieldMappingException {
    if (cm3(mask) < SMALLEST_CM3 && mask.count() < 200) {
      throw new FieldMappingException(FieldMappingException.Code.EMPTY_MASK, message);
    }
  }

  public static double cm3(Mask mask) {
    Grid g = mask.grid();
    return mask.count() * g.dxMm() * g.dyMm() * g.dzMm() / 1000;
  }
}
