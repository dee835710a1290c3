package org.qsmnode.simulate.head;

import java.util.Locale;
import java.util.Optional;

/** Tissues whose errors are reported together, by the numbers of a label volume. */
public enum TissueGroup {
  /** Caudate, pallidum, putamen, red nucleus, dentate, nigra, thalamus. */
  DEEP_GREY,
  WHITE,
  CORTEX,
  CSF,
  VEINS,
  LESIONS,
  HAEMORRHAGE,
  CALCIFICATION;

  /** The group of a label, empty for tissue that belongs to none and for what is not brain. */
  public static Optional<TissueGroup> of(int label) {
    return switch (label) {
      case 1, 2, 3, 4, 5, 6, 7 -> Optional.of(DEEP_GREY);
      case 8, 17 -> Optional.of(WHITE);
      case 9 -> Optional.of(CORTEX);
      case 10 -> Optional.of(CSF);
      case 11 -> Optional.of(VEINS);
      case 20 -> Optional.of(LESIONS);
      case 21 -> Optional.of(HAEMORRHAGE);
      case 16 -> Optional.of(CALCIFICATION);
      default -> Optional.empty();
    };
  }

  /** Name in tables, for example {@code deep grey}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
