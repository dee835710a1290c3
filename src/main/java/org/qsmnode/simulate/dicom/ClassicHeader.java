package org.qsmnode.simulate.dicom;

import static org.dcm4che3.data.VR.CS;
import static org.dcm4che3.data.VR.DA;
import static org.dcm4che3.data.VR.DS;
import static org.dcm4che3.data.VR.IS;
import static org.dcm4che3.data.VR.LO;
import static org.dcm4che3.data.VR.PN;
import static org.dcm4che3.data.VR.SH;
import static org.dcm4che3.data.VR.TM;
import static org.dcm4che3.data.VR.UI;
import static org.dcm4che3.data.VR.US;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.qsmnode.simulate.signal.ScanProtocol;
import org.qsmnode.volume.FieldUnits;
import org.qsmnode.volume.Vector3;

/** The attributes that all vendors' classic MR objects share (PS3.3 A.4). */
final class ClassicHeader {

  private ClassicHeader() {}

  /**
   * A series of a study.
   *
   * @param number SeriesNumber
   * @param description SeriesDescription
   */
  record Series(int number, String description) {

    String uidRole() {
      return "series/" + number;
    }
  }

  /** Patient, study, series and frame of reference, for classic and Enhanced objects alike. */
  static Attributes general(StudySource study, Series series, String sopClassUid, String role) {
    Attributes a = new Attributes();
    LocalDateTime time = study.options().acquired();
    String date = time.format(DateTimeFormatter.BASIC_ISO_DATE);
    String clock = time.format(DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT));
    a.setString(
        Tag.SpecificCharacterSet, CS, study.patient().characterSet().toArray(String[]::new));
    a.setString(Tag.SOPClassUID, UI, sopClassUid);
    a.setString(Tag.SOPInstanceUID, UI, study.uid(series.uidRole() + "/" + role));
    a.setString(Tag.StudyDate, DA, date);
    a.setString(Tag.SeriesDate, DA, date);
    a.setString(Tag.ContentDate, DA, date);
    a.setString(Tag.StudyTime, TM, clock);
    a.setString(Tag.SeriesTime, TM, clock);
    a.setString(Tag.ContentTime, TM, clock);
    a.setNull(Tag.AccessionNumber, SH);
    a.setString(Tag.Modality, CS, "MR");
    a.setString(Tag.InstitutionName, LO, "SIMULATED");
    a.setNull(Tag.ReferringPhysicianName, PN);
    a.setString(Tag.StationName, SH, "SIMULATOR");
    a.setString(Tag.StudyDescription, LO, "SIMULATED HEAD");
    a.setString(Tag.SeriesDescription, LO, series.description());
    a.setString(Tag.PatientName, PN, study.patient().name());
    a.setString(Tag.PatientID, LO, study.patient().id());
    a.setNull(Tag.PatientBirthDate, DA);
    a.setString(Tag.PatientSex, CS, "O");
    a.setString(Tag.PatientWeight, DS, "75");
    a.setString(Tag.BodyPartExamined, CS, "BRAIN");
    a.setString(Tag.ProtocolName, LO, "qsm_gre");
    a.setString(Tag.PatientPosition, CS, "HFS");
    a.setString(Tag.StudyInstanceUID, UI, study.uid("study"));
    a.setString(Tag.SeriesInstanceUID, UI, study.uid(series.uidRole()));
    a.setString(Tag.StudyID, SH, "1");
    a.setInt(Tag.SeriesNumber, IS, series.number());
    a.setInt(Tag.AcquisitionNumber, IS, 1);
    a.setString(Tag.FrameOfReferenceUID, UI, study.uid("frame-of-reference"));
    a.setNull(Tag.PositionReferenceIndicator, LO);
    a.setInt(Tag.SamplesPerPixel, US, 1);
    a.setString(Tag.PhotometricInterpretation, CS, "MONOCHROME2");
    a.setInt(Tag.Rows, US, study.grid().ny());
    a.setInt(Tag.Columns, US, study.grid().nx());
    a.setString(
        Tag.MagneticFieldStrength, DS, Decimal.string(study.protocol().fieldStrengthTesla()));
    return a;
  }

  /** A whole classic MR header without vendor, image type and pixels. */
  static Attributes of(StudySource study, Series series, StudyFrame frame, int instanceNumber) {
    Attributes a = general(study, series, UID.MRImageStorage, "instance/" + instanceNumber);
    ScanProtocol protocol = study.protocol();
    boolean fieldMap = study.has(Fault.FIELD_MAP);
    a.setString(Tag.AcquisitionDate, DA, a.getString(Tag.StudyDate));
    a.setString(Tag.AcquisitionTime, TM, a.getString(Tag.StudyTime));
    a.setString(Tag.ScanningSequence, CS, "GR");
    a.setString(Tag.SequenceVariant, CS, "SP");
    a.setNull(Tag.ScanOptions, CS);
    a.setString(Tag.MRAcquisitionType, CS, fieldMap ? "2D" : "3D");
    a.setString(Tag.SliceThickness, DS, Decimal.string(study.grid().dzMm()));
    a.setString(Tag.RepetitionTime, DS, Decimal.string(protocol.repetitionTimeSeconds() * 1000));
    a.setString(Tag.EchoTime, DS, Decimal.string(study.echoTimeMs(frame.echo())));
    a.setString(Tag.NumberOfAverages, DS, "1");
    double larmorMhz = FieldUnits.GAMMA_BAR_MHZ_PER_TESLA * protocol.fieldStrengthTesla();
    a.setString(Tag.ImagingFrequency, DS, Decimal.string(larmorMhz));
    a.setString(Tag.ImagedNucleus, SH, "1H");
    a.setInt(Tag.EchoNumbers, IS, frame.echo() + 1);
    a.setString(Tag.SpacingBetweenSlices, DS, Decimal.string(study.grid().dzMm()));
    a.setInt(Tag.NumberOfPhaseEncodingSteps, IS, study.grid().ny());
    a.setInt(Tag.EchoTrainLength, IS, fieldMap ? 2 : protocol.echoes());
    a.setString(Tag.PixelBandwidth, DS, "400");
    a.setInt(Tag.AcquisitionMatrix, US, study.grid().nx(), 0, 0, study.grid().ny());
    a.setString(Tag.InPlanePhaseEncodingDirection, CS, "COL");
    a.setString(Tag.FlipAngle, DS, Decimal.string(protocol.flipDegrees()));
    a.setInt(Tag.InstanceNumber, IS, instanceNumber);
    Vector3 position = study.positionMm(frame.slice());
    a.setString(
        Tag.ImagePositionPatient, DS, Decimal.strings(position.x(), position.y(), position.z()));
    a.setString(Tag.ImageOrientationPatient, DS, study.orientation());
    double along = position.dot(study.grid().orientation().zAxis());
    a.setString(Tag.SliceLocation, DS, Decimal.string(along));
    a.setString(Tag.PixelSpacing, DS, Decimal.strings(study.grid().dyMm(), study.grid().dxMm()));
    return a;
  }
}
