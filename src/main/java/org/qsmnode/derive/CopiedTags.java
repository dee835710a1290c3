package org.qsmnode.derive;

import java.util.Arrays;
import org.dcm4che3.data.Tag;

/** Which attributes of the source image keep their bytes in the derived image. */
final class CopiedTags {

  /** Character set first: it says how all copied text is to be read. */
  private static final int[] STUDY = {
    Tag.SpecificCharacterSet,
    Tag.StudyDate,
    Tag.StudyTime,
    Tag.AccessionNumber,
    Tag.IssuerOfAccessionNumberSequence,
    Tag.InstitutionName,
    Tag.InstitutionAddress,
    Tag.ReferringPhysicianName,
    Tag.TimezoneOffsetFromUTC,
    Tag.StudyDescription,
    Tag.ProcedureCodeSequence,
    Tag.ReferencedStudySequence,
    Tag.StudyInstanceUID,
    Tag.StudyID,
    Tag.RequestAttributesSequence,
    Tag.LongitudinalTemporalInformationModified,
  };

  /** Patient and Patient Study modules; PatientComments stays behind. */
  private static final int[] PATIENT = {
    Tag.PatientName,
    Tag.PatientID,
    Tag.IssuerOfPatientID,
    Tag.TypeOfPatientID,
    Tag.IssuerOfPatientIDQualifiersSequence,
    Tag.SourcePatientGroupIdentificationSequence,
    Tag.GroupOfPatientsIdentificationSequence,
    Tag.PatientBirthDate,
    Tag.PatientBirthTime,
    Tag.PatientBirthDateInAlternativeCalendar,
    Tag.PatientDeathDateInAlternativeCalendar,
    Tag.PatientAlternativeCalendar,
    Tag.PatientSex,
    Tag.QualityControlSubject,
    Tag.StrainDescription,
    Tag.StrainNomenclature,
    Tag.StrainStockSequence,
    Tag.StrainAdditionalInformation,
    Tag.StrainCodeSequence,
    Tag.GeneticModificationsSequence,
    Tag.OtherPatientIDs,
    Tag.OtherPatientNames,
    Tag.OtherPatientIDsSequence,
    Tag.PatientAge,
    Tag.PatientSize,
    Tag.PatientSizeCodeSequence,
    Tag.PatientBodyMassIndex,
    Tag.MeasuredAPDimension,
    Tag.MeasuredLateralDimension,
    Tag.PatientWeight,
    Tag.ReferencedPatientPhotoSequence,
    Tag.MedicalAlerts,
    Tag.Allergies,
    Tag.EthnicGroup,
    Tag.Occupation,
    Tag.SmokingStatus,
    Tag.AdditionalPatientHistory,
    Tag.PregnancyStatus,
    Tag.LastMenstrualDate,
    Tag.PatientSpeciesDescription,
    Tag.PatientSpeciesCodeSequence,
    Tag.PatientSexNeutered,
    Tag.PatientBreedDescription,
    Tag.PatientBreedCodeSequence,
    Tag.BreedRegistrationSequence,
    Tag.ResponsiblePerson,
    Tag.ResponsiblePersonRole,
    Tag.ResponsibleOrganization,
    Tag.ClinicalTrialSponsorName,
    Tag.ClinicalTrialProtocolID,
    Tag.ClinicalTrialProtocolName,
    Tag.ClinicalTrialSiteID,
    Tag.ClinicalTrialSiteName,
    Tag.ClinicalTrialSubjectID,
    Tag.ClinicalTrialSubjectReadingID,
    Tag.ClinicalTrialTimePointID,
    Tag.ClinicalTrialTimePointDescription,
    Tag.LongitudinalTemporalOffsetFromEvent,
    Tag.LongitudinalTemporalEventType,
    Tag.ClinicalTrialCoordinatingCenterName,
    Tag.PatientIdentityRemoved,
    Tag.DeidentificationMethod,
    Tag.DeidentificationMethodCodeSequence,
    Tag.ClinicalTrialSeriesID,
    Tag.ClinicalTrialSeriesDescription,
    Tag.ClinicalTrialProtocolEthicsCommitteeName,
    Tag.ClinicalTrialProtocolEthicsCommitteeApprovalNumber,
    Tag.ConsentForClinicalTrialUseSequence,
  };

  /** How and where the slice was acquired. */
  private static final int[] IMAGE = {
    Tag.AcquisitionDate,
    Tag.AcquisitionTime,
    Tag.AnatomicRegionSequence,
    Tag.BodyPartExamined,
    Tag.ScanningSequence,
    Tag.SequenceVariant,
    Tag.ScanOptions,
    Tag.MRAcquisitionType,
    Tag.SliceThickness,
    Tag.RepetitionTime,
    Tag.ImagingFrequency,
    Tag.ImagedNucleus,
    Tag.MagneticFieldStrength,
    Tag.SpacingBetweenSlices,
    Tag.EchoTrainLength,
    Tag.ProtocolName,
    Tag.FlipAngle,
    Tag.PatientPosition,
    Tag.AcquisitionNumber,
    Tag.ImagePositionPatient,
    Tag.ImageOrientationPatient,
    Tag.FrameOfReferenceUID,
    Tag.PositionReferenceIndicator,
    Tag.SliceLocation,
    Tag.PixelSpacing,
  };

  private static final int[] FRAME_OF_REFERENCE = {
    Tag.FrameOfReferenceUID, Tag.PositionReferenceIndicator,
  };

  /** The scanner, for the first item of ContributingEquipmentSequence. */
  private static final int[] EQUIPMENT = {
    Tag.Manufacturer,
    Tag.InstitutionName,
    Tag.InstitutionAddress,
    Tag.StationName,
    Tag.ManufacturerModelName,
    Tag.DeviceSerialNumber,
    Tag.SoftwareVersions,
  };

  private CopiedTags() {}

  /** All attributes that are copied from the source's top level, in ascending order. */
  static int[] all() {
    int[] all = Arrays.copyOf(STUDY, STUDY.length + PATIENT.length + IMAGE.length);
    System.arraycopy(PATIENT, 0, all, STUDY.length, PATIENT.length);
    System.arraycopy(IMAGE, 0, all, STUDY.length + PATIENT.length, IMAGE.length);
    return ascending(all);
  }

  /** Attributes of patient, study and frame of reference, in ascending order. */
  static int[] study() {
    int[] tags = Arrays.copyOf(STUDY, STUDY.length + PATIENT.length + FRAME_OF_REFERENCE.length);
    System.arraycopy(PATIENT, 0, tags, STUDY.length, PATIENT.length);
    System.arraycopy(
        FRAME_OF_REFERENCE, 0, tags, STUDY.length + PATIENT.length, FRAME_OF_REFERENCE.length);
    return ascending(tags);
  }

  /** Attributes of the acquired slice, in ascending order. */
  static int[] image() {
    return ascending(IMAGE.clone());
  }

  /** Attributes of the scanner, in ascending order. */
  static int[] equipment() {
    return ascending(EQUIPMENT.clone());
  }

  /** Tags of the standard's groups are all positive as int, so signed order is tag order. */
  private static int[] ascending(int[] tags) {
    Arrays.sort(tags);
    return tags;
  }
}
