package org.qsmnode.derive;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.SpecificCharacterSet;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/** Number and description of a derived series, from those of the source series. */
final class SeriesNaming {

  private static final int LONGEST_DESCRIPTION = 64;
  private static final int NUMBER_WITHOUT_SOURCE = 9000;

  private SeriesNaming() {}

  static void addTo(Attributes image, Attributes source, DerivedKind kind) {
    Elements.is(image, Tag.SeriesNumber, number(source, kind));
    image.setString(Tag.SeriesDescription, VR.LO, description(image, source, kind));
  }

  private static int number(Attributes source, DerivedKind kind) {
    String text = SourceHeader.text(source, Tag.SeriesNumber);
    long number = -1;
    if (text != null && text.trim().matches("\\+?[0-9]{1,12}")) {
      number = Long.parseLong(text.trim());
    }
    long derived = number * 100 + kind.seriesNumberOffset();
    return number < 0 || derived > Integer.MAX_VALUE
        ? NUMBER_WITHOUT_SOURCE + kind.seriesNumberOffset()
        : (int) derived;
  }

  private static String description(Attributes image, Attributes source, DerivedKind kind) {
    String text = SourceHeader.text(source, Tag.SeriesDescription);
    if (text == null || text.isBlank()) {
      return kind.seriesDescription();
    }
    String whole = kind.seriesDescription() + " " + text.strip();
    int end = whole.length();
    while (encodedLength(image, whole.substring(0, end)) > LONGEST_DESCRIPTION) {
      end = whole.offsetByCodePoints(end, -1);
    }
    return whole.substring(0, end).stripTrailing();
  }

  private static int encodedLength(Attributes image, String text) {
    SpecificCharacterSet characterSet = image.getSpecificCharacterSet();
    return characterSet.encode(text, "\\").length;
  }
}
