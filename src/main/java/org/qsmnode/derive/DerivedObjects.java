package org.qsmnode.derive;

import java.util.Arrays;
import java.util.Locale;

/** The sets of objects that a destination may want of a result. */
public enum DerivedObjects {
  /** Mean and standard deviation as classic MR images. */
  CLASSIC,
  /** Both maps as floating point, in one Parametric Map each. */
  PARAMETRIC_MAP,
  /** The map of a method without a network from the same field, as classic MR images. */
  REFERENCE;

  /** The word for it in settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The set of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DerivedObjects of(String word) {
    return Arrays.stream(values())
        .filter(objects -> objects.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown kind of objects"));
  }
}
