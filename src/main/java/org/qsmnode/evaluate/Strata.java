package org.qsmnode.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.qsmnode.simulate.head.TissueGroup;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.Volume;

/** Parts of a mask that are judged by themselves. */
final class Strata {

  /** Names of parts that are drawn together, few enough for one picture. */
  static final List<String> TISSUES =
      List.of(
          TissueGroup.DEEP_GREY.words(),
          TissueGroup.WHITE.words(),
          TissueGroup.CORTEX.words(),
          TissueGroup.CSF.words(),
          TissueGroup.VEINS.words(),
          TissueGroup.LESIONS.words(),
          TissueGroup.CALCIFICATION.words(),
          "edge");

  private static final double EDGE_MM = 4;

  private Strata() {}

  /**
   * The parts that hold voxels, by name: the tissues of {@link TissueGroup}, and five more. {@code
   * tissue}: thalamus, white and cortical grey matter. {@code nuclei}: deep grey without the
   * thalamus. {@code blood}: veins and their 26 neighbours. These three are as in the
   * reconstruction challenge 2.0 (doi:10.1002/mrm.28754). {@code edge}: less than 4 mm from the
   * outside of the mask. {@code interior}: the rest.
   */
  static Map<String, Mask> of(Volume labels, Mask mask) {
    mask.grid().requireSameDims(labels.grid(), "labels");
    Map<String, Mask> strata = new LinkedHashMap<>();
    for (TissueGroup group : TissueGroup.values()) {
      put(strata, group.words(), with(labels, mask, l -> TissueGroup.of(l).orElse(null) == group));
    }
    put(strata, "tissue", with(labels, mask, label -> label >= 7 && label <= 9));
    put(strata, "nuclei", with(labels, mask, Strata::nucleus));
    Mask veins = with(labels, mask, label -> label == 11);
    put(strata, "blood", Morphology.dilateVoxels(veins, Math.sqrt(3)).and(mask));
    putDepth(strata, mask);
    return strata;
  }

  /** Edge and interior, which need no labels. */
  static Map<String, Mask> ofDepth(Mask mask) {
    Map<String, Mask> strata = new LinkedHashMap<>();
    putDepth(strata, mask);
    return strata;
  }

  private static void putDepth(Map<String, Mask> strata, Mask mask) {
    Mask interior = Morphology.erode(mask, EDGE_MM);
    boolean[] edge = mask.data().clone();
    for (int i = 0; i < edge.length; i++) {
      edge[i] &= !interior.data()[i];
    }
    put(strata, "edge", new Mask(mask.grid(), edge));
    put(strata, "interior", interior);
  }

  /** Caudate, pallidum, putamen, red nucleus, dentate, nigra. */
  static boolean nucleus(int label) {
    return label >= 1 && label <= 6;
  }

  static Mask with(Volume labels, Mask mask, IntPredicate wanted) {
    boolean[] inside = new boolean[mask.data().length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = mask.data()[i] && wanted.test(Math.round(labels.data()[i]));
    }
    return new Mask(mask.grid(), inside);
  }

  private static void put(Map<String, Mask> strata, String name, Mask part) {
    if (part.count() > 0) {
      strata.put(name, part);
    }
  }
}
