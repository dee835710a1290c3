package org.qsmnode.derive;

import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.jspecify.annotations.Nullable;

/**
 * Patient, study and acquisition attributes of one source image as attributes of a classic MR
 * image, byte for byte where the source has them. For a frame of an Enhanced object the functional
 * groups are mapped to the classic attributes of equal meaning.
 */
final class SourceHeader {

  private static final int[] EMPTY_IF_ABSENT_CS = {
    Tag.PatientSex, Tag.ScanOptions, Tag.MRAcquisitionType, Tag.PatientPosition
  };

  private SourceHeader() {}

  /**
   * The attributes to start a derived image from.
   *
   * @param source header of the source object, left untouched
   * @param frameNumber frame counted from 1, or 0 for a classic image
   */
  static Attributes copy(Attributes source, int frameNumber, DerivedUids uids) {
    Attributes to = new Attributes();
    to.addSelected(source, CopiedTags.all());
    if (frameNumber > 0) {
      EnhancedFrame.addTo(to, source, frameNumber);
    }
    dropPrivateAndEmpty(to);
    CurrentForms.applyTo(to);
    Side.addTo(to, source);
    complete(to, source, uids);
    return to;
  }

  private static void dropPrivateAndEmpty(Attributes to) {
    to.removePrivateAttributes();
    for (int tag : to.tags()) {
      Sequence sequence = to.getVR(tag) == VR.SQ ? to.getSequence(tag) : null;
      if (sequence == null) {
        continue;
      }
      if (sequence.isEmpty()) {
        to.remove(tag);
      } else {
        sequence.forEach(SourceHeader::dropPrivateAndEmpty);
      }
    }
  }

  /** Adds what the MR Image IOD demands and the source lacks, empty where that is allowed. */
  private static void complete(Attributes to, Attributes source, DerivedUids uids) {
    setNullIfAbsent(to, VR.DA, Tag.StudyDate, Tag.PatientBirthDate);
    setNullIfAbsent(to, VR.TM, Tag.StudyTime);
    setNullIfAbsent(to, VR.SH, Tag.AccessionNumber, Tag.StudyID);
    setNullIfAbsent(to, VR.PN, Tag.ReferringPhysicianName, Tag.PatientName);
    setNullIfAbsent(to, VR.LO, Tag.PatientID, Tag.PositionReferenceIndicator);
    setNullIfAbsent(to, VR.CS, EMPTY_IF_ABSENT_CS);
    setNullIfAbsent(to, VR.IS, Tag.EchoTrainLength);
    setNullIfAbsent(to, VR.DS, Tag.SliceThickness, Tag.RepetitionTime);
    if (!to.containsValue(Tag.ScanningSequence)) {
      Elements.cs(to, Tag.ScanningSequence, "GR");
    }
    if (!to.containsValue(Tag.SequenceVariant)) {
      Elements.cs(to, Tag.SequenceVariant, "NONE");
    }
    Attributes read =
        new Attributes(
            source, Tag.PatientIdentityRemoved, Tag.StudyInstanceUID, Tag.SeriesInstanceUID);
    if (!to.containsValue(Tag.FrameOfReferenceUID)) {
      Elements.ui(
          to,
          Tag.FrameOfReferenceUID,
          uids.frameOfReference(
              read.getString(Tag.StudyInstanceUID, ""), read.getString(Tag.SeriesInstanceUID, "")));
    }
    if ("YES".equals(read.getString(Tag.PatientIdentityRemoved))
        && !to.containsValue(Tag.DeidentificationMethod)
        && !to.contains(Tag.DeidentificationMethodCodeSequence)) {
      Elements.lo(to, Tag.DeidentificationMethod, "not stated in the source image");
    }
  }

  private static void setNullIfAbsent(Attributes to, VR vr, int... tags) {
    for (int tag : tags) {
      if (!to.contains(tag)) {
        to.setNull(tag, vr);
      }
    }
  }

  /** Text of the source without changing how the source holds it, or null. */
  static @Nullable String text(Attributes source, int tag) {
    return new Attributes(source, Tag.SpecificCharacterSet, tag).getString(tag);
  }

  /** All values of a text attribute of the source, without changing how the source holds it. */
  static List<String> texts(Attributes source, int tag) {
    String[] values = new Attributes(source, Tag.SpecificCharacterSet, tag).getStrings(tag);
    List<String> texts = new ArrayList<>();
    if (values != null) {
      for (String value : values) {
        if (value != null && !value.isEmpty()) {
          texts.add(value);
        }
      }
    }
    return texts;
  }
}
