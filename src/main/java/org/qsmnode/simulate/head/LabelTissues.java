package org.qsmnode.simulate.head;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Tissues of FreeSurfer label numbers, with the numbers 502 to 530 of whole-head maps. 0 is air,
 * 502 artery, 506 eye, 507 soft tissue, 508 eye muscle, 509 mucosa, 511 skin. 512 is spinal cord,
 * 514 vein, 515 compact bone, 516 marrow, 530 optic nerve.
 */
final class LabelTissues {

  private LabelTissues() {}

  /** The tissue of a label, or null where the number is not known. */
  static @Nullable Tissue tissue(int label) {
    return switch (label) {
      case 0 -> Tissue.AIR;
      case 2, 41, 7, 46, 85, 512, 530, 192, 251, 252, 253, 254, 255 -> Tissue.WHITE;
      case 3, 42, 8, 47, 17, 53, 18, 54, 19, 55, 20, 56, 80 -> Tissue.GREY;
      case 4, 43, 5, 44, 14, 15, 24, 72 -> Tissue.CSF;
      case 10, 49 -> Tissue.THALAMUS;
      case 11, 50, 26, 58 -> Tissue.CAUDATE;
      case 12, 51 -> Tissue.PUTAMEN;
      case 13, 52 -> Tissue.PALLIDUM;
      case 16, 28, 60 -> Tissue.BRAINSTEM;
      case 25, 57, 77, 78, 79 -> Tissue.LESION;
      case 30, 62, 514 -> Tissue.VEIN;
      case 31, 63, 136, 137, 163, 164 -> Tissue.CHOROID;
      case 506 -> Tissue.EYE;
      case 502, 507, 508, 509 -> Tissue.MUSCLE;
      case 511 -> Tissue.FAT;
      case 515 -> Tissue.BONE;
      case 516 -> Tissue.MARROW;
      default -> label >= 1000 && label <= 2999 ? Tissue.GREY : null;
    };
  }

  /** Whether a label is brain for certain; fluid around the brain, label 24, is not. */
  static boolean brain(int label) {
    return label != 0
        && label != 24
        && label != 85
        && (label < 500 || label >= 1000 && label <= 2999);
  }

  /**
   * Checks that every number is known.
   *
   * @throws IllegalArgumentException that lists the unknown numbers
   */
  static void requireKnown(int[] labels) {
    BitSet unknown = new BitSet();
    for (int label : labels) {
      if (label < 0 || tissue(label) == null) {
        unknown.set(Math.max(0, label));
      }
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("labels without a tissue: " + unknown);
    }
  }
}
