package org.qsmnode.derive;

import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * Laterality of the body part (PS3.3 C.7.3.1, C.7.6.1). It is absent for an unpaired part, where it
 * is not allowed. A paired part has the source's own, or an empty one. Where no part is stated, it
 * is the source's own or "unpaired".
 */
final class Side {

  private static final Set<String> PAIRED =
      Set.of(
          "ANKLE",
          "ARM",
          "BREAST",
          "CALF",
          "ELBOW",
          "EXTREMITY",
          "EYE",
          "FEMUR",
          "FINGER",
          "FOOT",
          "FOREARM",
          "HAND",
          "HIP",
          "HUMERUS",
          "KIDNEY",
          "KNEE",
          "LEG",
          "SHOULDER",
          "THIGH",
          "THUMB",
          "TOE",
          "WRIST");

  private Side() {}

  /** Adds to {@code to}, which already has the source's body part and anatomic region. */
  static void addTo(Attributes to, Attributes source) {
    String bodyPart = SourceHeader.text(to, Tag.BodyPartExamined);
    boolean unknownPart = bodyPart == null && !to.contains(Tag.AnatomicRegionSequence);
    if (!unknownPart && !(bodyPart != null && PAIRED.contains(bodyPart))) {
      return;
    }
    String laterality = SourceHeader.text(source, Tag.Laterality);
    if ("L".equals(laterality) || "R".equals(laterality)) {
      to.addSelected(source, Tag.Laterality);
    } else if (source.containsValue(Tag.ImageLaterality)) {
      to.addSelected(source, Tag.ImageLaterality);
    } else if (unknownPart) {
      Elements.cs(to, Tag.ImageLaterality, "U");
    } else {
      to.setNull(Tag.Laterality, VR.CS);
    }
  }
}
