package org.qsmnode.derive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Code;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;
import org.qsmnode.series.find.Encoding;
import org.qsmnode.series.pixels.Chopper;
import org.qsmnode.series.pixels.SourceReference;
import org.qsmnode.series.pixels.SourceSlice;
import org.qsmnode.series.pixels.SourceStack;
import org.qsmnode.volume.Grid;

/** Headers of source images as scanners write them, read back from bytes. */
final class SourceHeaders {

  static final int NX = 5;
  static final int NY = 3;
  static final int NZ = 4;
  static final Grid GRID =
      new Grid(NX, NY, NZ, 0.9, 1.1, 2, Grid.isotropic(1, 1, 1, 1).orientation());

  private SourceHeaders() {}

  /** The least that a classic MR image needs to be recognised. */
  static Attributes minimal(int slice) {
    Attributes a = new Attributes();
    a.setString(Tag.SOPClassUID, VR.UI, UID.MRImageStorage);
    a.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4." + slice);
    a.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3");
    a.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3.4");
    a.setString(Tag.PatientID, VR.LO, "4711");
    a.setString(Tag.StudyDate, VR.DA, "20240229");
    a.setString(Tag.StudyTime, VR.TM, "120000");
    a.setString(Tag.StudyID, VR.SH, "1");
    a.setString(Tag.Modality, VR.CS, "MR");
    a.setString(Tag.ImagePositionPatient, VR.DS, "-10.5", "-20", Integer.toString(2 * slice));
    a.setString(Tag.ImageOrientationPatient, VR.DS, "1", "0", "0", "0", "1", "0");
    a.setString(Tag.PixelSpacing, VR.DS, "1.1", "0.9");
    a.setInt(Tag.Rows, VR.US, NY);
    a.setInt(Tag.Columns, VR.US, NX);
    return readBack(a);
  }

  /** A header with everything that is to be copied and much that is not. */
  static Attributes rich(int slice) {
    Attributes a = new Attributes(minimal(slice));
    a.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
    a.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", "M_FFE", "M", "FFE");
    a.setString(Tag.StudyDate, VR.DA, "20240229");
    a.setString(Tag.StudyTime, VR.TM, "235959.120000");
    a.setString(Tag.AcquisitionDate, VR.DA, "20240229");
    a.setString(Tag.AcquisitionTime, VR.TM, "235959.99");
    a.setString(Tag.ContentDate, VR.DA, "20240301");
    a.setString(Tag.ContentTime, VR.TM, "000102.5");
    a.setString(Tag.AccessionNumber, VR.SH, "A-77");
    Attributes issuer = new Attributes();
    a.newSequence(Tag.IssuerOfAccessionNumberSequence, 1).add(issuer);
    issuer.setString(Tag.LocalNamespaceEntityID, VR.UT, "RIS");
    a.setString(Tag.Manufacturer, VR.LO, "Example Scanner Makers");
    a.setString(Tag.InstitutionName, VR.LO, "Spital am Fluß");
    a.setString(Tag.InstitutionAddress, VR.ST, "Straße 1");
    a.setString(Tag.ReferringPhysicianName, VR.PN, "Weiß^Åsa");
    a.setString(Tag.TimezoneOffsetFromUTC, VR.SH, "+0545");
    a.setString(Tag.StationName, VR.SH, "MR1");
    a.setString(Tag.StudyDescription, VR.LO, "Schädel");
    a.newSequence(Tag.ProcedureCodeSequence, 1)
        .add(new Code("241601008", "SCT", null, "Schädel").toItem());
    a.setString(Tag.SeriesDescription, VR.LO, "gre für QSM");
    a.setString(Tag.PerformingPhysicianName, VR.PN, "Hidden^Performer");
    a.setString(Tag.OperatorsName, VR.PN, "Hidden^Operator");
    a.setString(Tag.ManufacturerModelName, VR.LO, "Model 7");
    addReference(a.newSequence(Tag.ReferencedStudySequence, 1), "1.2.840.10008.3.1.2.3.1", "1.2.3");
    addReference(
        a.newSequence(Tag.ReferencedPerformedProcedureStepSequence, 1),
        "1.2.840.10008.3.1.2.3.3",
        "1.2.9");
    a.setString(Tag.PatientName, VR.PN, "Müller^Jörg");
    a.setString(Tag.PatientID, VR.LO, "  4711 ");
    a.setString(Tag.IssuerOfPatientID, VR.LO, "HOSPITAL");
    a.setString(Tag.PatientBirthDate, VR.DA, "19700101");
    a.setString(Tag.PatientSex, VR.CS, "O");
    Attributes other = new Attributes();
    a.newSequence(Tag.OtherPatientIDsSequence, 1).add(other);
    other.setString(Tag.PatientID, VR.LO, "X1");
    other.setString(Tag.TypeOfPatientID, VR.CS, "TEXT");
    a.setString(Tag.PatientAge, VR.AS, "054Y");
    a.setString(Tag.PatientSize, VR.DS, "1.83");
    a.setString(Tag.PatientWeight, VR.DS, "80.5");
    a.setString(Tag.PatientComments, VR.LT, "hidden comment");
    a.setString(Tag.BodyPartExamined, VR.CS, "BRAIN");
    a.setString(Tag.Laterality, VR.CS, "L");
    a.setString(Tag.ScanningSequence, VR.CS, "GR");
    a.setString(Tag.SequenceVariant, VR.CS, "SP", "OSP");
    a.setString(Tag.ScanOptions, VR.CS, "PFP");
    a.setString(Tag.MRAcquisitionType, VR.CS, "3D");
    a.setString(Tag.SliceThickness, VR.DS, "2.0");
    a.setString(Tag.RepetitionTime, VR.DS, "30");
    a.setString(Tag.EchoTime, VR.DS, "4.1");
    a.setString(Tag.EchoNumbers, VR.IS, "1");
    a.setString(Tag.ImagingFrequency, VR.DS, "123.25809");
    a.setString(Tag.ImagedNucleus, VR.SH, "1H");
    a.setString(Tag.MagneticFieldStrength, VR.DS, "3");
    a.setString(Tag.SpacingBetweenSlices, VR.DS, "2.0");
    a.setString(Tag.EchoTrainLength, VR.IS, "3");
    a.setString(Tag.DeviceSerialNumber, VR.LO, "SN1");
    a.setString(Tag.SoftwareVersions, VR.LO, "a", "b");
    a.setString(Tag.ProtocolName, VR.LO, "gre_3d");
    a.setString(Tag.FlipAngle, VR.DS, "15");
    a.setString(Tag.SAR, VR.DS, "0.1");
    a.setString(Tag.PatientPosition, VR.CS, "HFS");
    a.setString(Tag.StudyID, VR.SH, "S1");
    a.setString(Tag.SeriesNumber, VR.IS, "6");
    a.setString(Tag.AcquisitionNumber, VR.IS, "2");
    a.setString(Tag.FrameOfReferenceUID, VR.UI, "1.2.3.9");
    a.setNull(Tag.PositionReferenceIndicator, VR.LO);
    a.setString(Tag.RescaleSlope, VR.DS, "2");
    a.setString(Tag.RescaleIntercept, VR.DS, "0");
    Attributes request = new Attributes();
    a.newSequence(Tag.RequestAttributesSequence, 1).add(request);
    request.setString(Tag.RequestedProcedureID, VR.SH, "RP1");
    request.setString(Tag.ScheduledProcedureStepID, VR.SH, "SPS1");
    request.setString("PRIVATE MAKER", 0x00411001, VR.LO, "hidden");
    a.setString("PRIVATE MAKER", 0x00191001, VR.LO, "hidden");
    a.setBytes(
        Tag.ImagePositionPatient, VR.DS, ascii("-10.500000\\-2.0e+01\\+" + slice * 2 + ".0"));
    a.setBytes(Tag.PixelSpacing, VR.DS, ascii("1.10000\\.9000000 "));
    return readBack(a);
  }

  /** A stack of classic images with magnitude and phase series at three echoes. */
  static SourceStack classic(java.util.function.IntFunction<Attributes> header) {
    List<SourceSlice> slices = new ArrayList<>();
    for (int z = 0; z < NZ; z++) {
      List<SourceReference> references = new ArrayList<>();
      for (int echo = 0; echo < 3; echo++) {
        references.add(reference("1.2.3.4", "1.2.3.4." + (z + 10 * echo)));
        references.add(reference("1.2.3.5", "1.2.3.5." + (z + 10 * echo)));
      }
      slices.add(new SourceSlice(header.apply(z), 0, references));
    }
    return stack(slices);
  }

  static SourceStack stack(List<SourceSlice> slices) {
    return new SourceStack(
        "a-0123456789abcdef",
        GRID,
        slices,
        Encoding.MAGNITUDE_PHASE,
        Chopper.ABSENT,
        1,
        true,
        "rescale to mrad");
  }

  private static SourceReference reference(String seriesUid, String instanceUid) {
    return new SourceReference(UID.MRImageStorage, instanceUid, seriesUid, 0);
  }

  static void addReference(Sequence to, String sopClassUid, String sopInstanceUid) {
    Attributes item = new Attributes();
    to.add(item);
    item.setString(Tag.ReferencedSOPClassUID, VR.UI, sopClassUid);
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, sopInstanceUid);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The same header as if read from a file, values as raw bytes. */
  static Attributes readBack(Attributes header) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DicomOutputStream out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
        out.writeDataset(null, header);
      }
      try (DicomInputStream in =
          new DicomInputStream(
              new ByteArrayInputStream(bytes.toByteArray()), UID.ExplicitVRLittleEndian)) {
        return in.readDataset();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
