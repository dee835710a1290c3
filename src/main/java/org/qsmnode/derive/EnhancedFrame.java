package org.qsmnode.derive;

import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of a classic MR image (PS3.3 C.8.3.1) from the functional groups of one frame. The
 * frame is of an Enhanced or Legacy Converted Enhanced MR object (PS3.3 C.8.13).
 */
final class EnhancedFrame {

  private static final int[] GROUPS_WITH_CLASSIC_TAGS = {
    Tag.UnassignedSharedConvertedAttributesSequence,
    Tag.UnassignedPerFrameConvertedAttributesSequence,
    Tag.FrameAnatomySequence,
    Tag.MRTimingAndRelatedParametersSequence,
    Tag.PixelMeasuresSequence,
    Tag.PlaneOrientationSequence,
    Tag.PlanePositionSequence,
  };

  private EnhancedFrame() {}

  /** Adds the frame's classic attributes to {@code to}; {@code frameNumber} counts from 1. */
  static void addTo(Attributes to, Attributes object, int frameNumber) {
    FrameGroups groups = new FrameGroups(object, frameNumber);
    for (int tag : GROUPS_WITH_CLASSIC_TAGS) {
      Attributes item = groups.group(tag);
      if (item != null) {
        to.addSelected(item, CopiedTags.image());
      }
    }
    addFrequency(to, object, groups);
    addAcquisition(to, object, groups);
    addSequenceVariant(to, object, groups);
  }

  private static void addFrequency(Attributes to, Attributes object, FrameGroups groups) {
    Attributes modifier = groups.group(Tag.MRImagingModifierSequence);
    double frequency =
        modifier == null ? Double.NaN : modifier.getDouble(Tag.TransmitterFrequency, Double.NaN);
    if (Double.isFinite(frequency) && !to.containsValue(Tag.ImagingFrequency)) {
      Elements.ds(to, Tag.ImagingFrequency, frequency);
    }
    String nucleus = SourceHeader.text(object, Tag.ResonantNucleus);
    if (nucleus != null && !to.containsValue(Tag.ImagedNucleus)) {
      Elements.sh(to, Tag.ImagedNucleus, nucleus);
    }
  }

  private static void addAcquisition(Attributes to, Attributes object, FrameGroups groups) {
    Attributes content = groups.group(Tag.FrameContentSequence);
    String time = content == null ? null : SourceHeader.text(content, Tag.FrameAcquisitionDateTime);
    if (time == null) {
      time = SourceHeader.text(object, Tag.AcquisitionDateTime);
    }
    if (time != null && !to.containsValue(Tag.AcquisitionDate)) {
      addDateAndTime(to, time);
    }
    int number = content == null ? -1 : content.getInt(Tag.FrameAcquisitionNumber, -1);
    if (number >= 0 && !to.containsValue(Tag.AcquisitionNumber)) {
      Elements.is(to, Tag.AcquisitionNumber, number);
    }
  }

  /** Splits a DT value into DA and TM; the offset from UTC, if any, is left out. */
  private static void addDateAndTime(Attributes to, String dateTime) {
    String local = dateTime.trim().split("[+-]", 2)[0];
    if (local.length() >= 8) {
      Elements.da(to, Tag.AcquisitionDate, local.substring(0, 8));
    }
    if (local.length() >= 10) {
      Elements.tm(to, Tag.AcquisitionTime, local.substring(8));
    }
  }

  private static void addSequenceVariant(Attributes to, Attributes object, FrameGroups groups) {
    if (to.containsValue(Tag.SequenceVariant)) {
      return;
    }
    List<String> variants = new ArrayList<>();
    if (isUsed(SourceHeader.text(object, Tag.SegmentedKSpaceTraversal), "SINGLE")) {
      variants.add("SK");
    }
    Attributes modifier = groups.group(Tag.MRImagingModifierSequence);
    if (modifier != null
        && isUsed(SourceHeader.text(modifier, Tag.MagnetizationTransfer), "NONE")) {
      variants.add("MTC");
    }
    if (isUsed(SourceHeader.text(object, Tag.SteadyStatePulseSequence), "NONE")) {
      variants.add("SS");
    }
    if (isUsed(SourceHeader.text(object, Tag.Spoiling), "NONE")) {
      variants.add("SP");
    }
    if (isUsed(SourceHeader.text(object, Tag.OversamplingPhase), "NONE")) {
      variants.add("OSP");
    }
    if (!variants.isEmpty()) {
      to.setString(Tag.SequenceVariant, VR.CS, variants.toArray(String[]::new));
    }
  }

  private static boolean isUsed(@Nullable String value, String none) {
    return value != null && !value.isEmpty() && !value.equals(none);
  }
}
