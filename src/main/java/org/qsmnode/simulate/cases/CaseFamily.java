package org.qsmnode.simulate.cases;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Families of inversion cases. Those held out are never trained on; they measure shift. */
public enum CaseFamily {
  /** Whole heads, near axial or in the planes of the body, 1.5 and 3 T, some with small bleeds. */
  HEAD(false),
  /** Whole heads and parts of heads with white matter lesions. */
  LESIONS(false),
  /** Whole heads and parts of heads with one haemorrhage. */
  HAEMORRHAGE(false),
  /** Part of a head at voxels of 0.6 to 1.2 mm, as finer scans show it. */
  DETAIL(false),
  /** Ellipsoids and boxes of random susceptibility. */
  GEOMETRIC(false),
  /** Whole heads with calcifications. */
  CALCIFICATION(true),
  /** Whole heads at 7 T. */
  SEVEN_TESLA(true),
  /** Whole heads in slices turned by 30 to 50 degrees. */
  OBLIQUE(false),
  /** Whole heads of peak SNR 10 to 20. */
  NOISY(false),
  /**
   * Whole heads and parts of heads as other software hands over a field. Their noise is even
   * everywhere, stated or not, and they come with or without magnitude.
   */
  PLAIN(false),
  /**
   * Whole heads of ordinary values, as {@code simulate} makes studies; where the field is not
   * mapped, its noise is the same everywhere.
   */
  ORDINARY(false),
  /**
   * Whole heads at voxels of 0.8 to 1.6 mm in the plane, as most protocols have them, always
   * mapped; every second one has ordinary values. A case takes minutes and a heap of 9 GB, so they
   * are made on request only.
   */
  FINE(false),
  /**
   * Whole heads whose tissues end at the edges of voxels, as digital phantoms have them: neither
   * sub-voxels nor a point spread. Every second one has ordinary values; where the field is not
   * mapped, its noise is the same everywhere. Those that are mapped are fine or coarse; made on
   * request only.
   */
  SHARP(false);

  private final boolean heldOut;

  CaseFamily(boolean heldOut) {
    this.heldOut = heldOut;
  }

  public boolean heldOut() {
    return heldOut;
  }

  /** Families that are made where none is named. */
  public static List<CaseFamily> usual() {
    return Arrays.stream(values()).filter(f -> f != FINE && f != SHARP).toList();
  }

  /** All families but those that are held out. */
  public static List<CaseFamily> usualInTraining() {
    return usual().stream().filter(family -> !family.heldOut).toList();
  }

  /** Name on the command line and in {@code case.json}, for example {@code seven-tesla}. */
  public String commandName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The family of a command line name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static CaseFamily named(String name) {
    for (CaseFamily family : values()) {
      if (family.commandName().equals(name)) {
        return family;
      }
    }
    throw new IllegalArgumentException("no family is called '" + name + "'");
  }
}
