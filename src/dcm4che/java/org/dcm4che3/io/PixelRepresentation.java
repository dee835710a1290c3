package org.dcm4che3.io;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/** The elements whose VR is US or SS as PixelRepresentation says, which implicit VR leaves out. */
final class PixelRepresentation {
  private PixelRepresentation() {}

  static boolean decidesVR(int tag) {
    return switch (tag) {
      case Tag.SmallestImagePixelValue,
          Tag.LargestImagePixelValue,
          Tag.SmallestPixelValueInSeries,
          Tag.LargestPixelValueInSeries,
          Tag.PixelPaddingValue,
          Tag.PixelPaddingRangeLimit,
          Tag.RealWorldValueFirstValueMapped,
          Tag.RealWorldValueLastValueMapped ->
          true;
      default -> false;
    };
  }

  /** Whether the data set, or the nearest one around it that says so, has signed pixels. */
  static boolean isSigned(Attributes attrs) {
    for (Attributes a = attrs; a != null; a = a.getParent()) {
      if (a.contains(Tag.PixelRepresentation)) {
        return a.getInt(Tag.PixelRepresentation, 0) == 1;
      }
    }
    return false;
  }
}
