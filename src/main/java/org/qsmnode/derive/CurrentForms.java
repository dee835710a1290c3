package org.qsmnode.derive;

import java.util.Map;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Code;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * Brings what a source writes in retired or private forms into the current form of the standard.
 * Identifiers and anatomy are kept where there is a current form, and empty where there is none.
 */
final class CurrentForms {

  /** Defined terms of ScanOptions (PS3.3 C.8.3.1). */
  private static final Set<String> SCAN_OPTIONS =
      Set.of("PER", "RG", "CG", "PPG", "FC", "PFF", "PFP", "SP", "FS");

  /** Anatomic regions by their SNOMED RT code, which SNOMED CT replaces (PS3.16 annex L). */
  private static final Map<String, Code> REGIONS =
      Map.of(
          "T-A0100", new Code("12738006", "SCT", null, "Brain"),
          "T-D1100", new Code("69536005", "SCT", null, "Head"),
          "T-D1000", new Code("774007", "SCT", null, "Head and Neck"));

  private CurrentForms() {}

  static void applyTo(Attributes image) {
    otherPatientIds(image);
    anatomicRegion(image);
    for (String option : SourceHeader.texts(image, Tag.ScanOptions)) {
      if (!SCAN_OPTIONS.contains(option)) {
        image.setNull(Tag.ScanOptions, VR.CS);
      }
    }
    String train = SourceHeader.text(image, Tag.EchoTrainLength);
    if (train != null && train.trim().matches("[+-]?0+|-.*")) {
      image.setNull(Tag.EchoTrainLength, VR.IS);
    }
  }

  /** OtherPatientIDs is retired; each of its values becomes an item of the sequence. */
  private static void otherPatientIds(Attributes image) {
    Iterable<String> ids = SourceHeader.texts(image, Tag.OtherPatientIDs);
    image.remove(Tag.OtherPatientIDs);
    if (image.contains(Tag.OtherPatientIDsSequence)) {
      return;
    }
    for (String id : ids) {
      Attributes item = new Attributes();
      image.ensureSequence(Tag.OtherPatientIDsSequence, 1).add(item);
      item.setString(Tag.PatientID, VR.LO, id);
      Elements.cs(item, Tag.TypeOfPatientID, "TEXT");
    }
  }

  private static void anatomicRegion(Attributes image) {
    Sequence regions = image.getSequence(Tag.AnatomicRegionSequence);
    if (regions == null || regions.isEmpty()) {
      return;
    }
    Attributes region = regions.get(0);
    String code = SourceHeader.text(region, Tag.CodeValue);
    String scheme = SourceHeader.text(region, Tag.CodingSchemeDesignator);
    if (code != null && Set.of("SRT", "SNM3").contains(String.valueOf(scheme))) {
      Code current = REGIONS.get(code);
      if (current != null) {
        image.newSequence(Tag.AnatomicRegionSequence, 1).add(current.toItem());
      }
    }
  }
}
