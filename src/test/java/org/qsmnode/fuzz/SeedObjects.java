package org.qsmnode.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;

/** Small sound data sets with what parsers have branches for. */
final class SeedObjects {

  /** Transfer syntaxes that the node takes. */
  static final List<String> SYNTAXES =
      List.of(
          UID.ImplicitVRLittleEndian,
          UID.ExplicitVRLittleEndian,
          UID.ExplicitVRBigEndian,
          UID.DeflatedExplicitVRLittleEndian);

  private SeedObjects() {}

  /** A classic image of a gradient echo, with a private block and a sequence. */
  static Attributes image() {
    Attributes a = identity(UID.MRImageStorage);
    a.setString(Tag.SpecificCharacterSet, VR.CS, "ISO 2022 IR 6", "ISO 2022 IR 87");
    a.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", "P", "ND");
    a.setString(Tag.Manufacturer, VR.LO, "GE MEDICAL SYSTEMS");
    a.setString(Tag.ScanningSequence, VR.CS, "GR");
    a.setString(Tag.MRAcquisitionType, VR.CS, "3D");
    a.setString(Tag.EchoTime, VR.DS, "4.92");
    a.setString(Tag.MagneticFieldStrength, VR.DS, "3");
    a.setString(Tag.ProtocolName, VR.LO, "qsm");
    a.setDouble(Tag.ImagePositionPatient, VR.DS, -10, 20, 3.5);
    a.setDouble(Tag.ImageOrientationPatient, VR.DS, 1, 0, 0, 0, 1, 0);
    a.setString(Tag.StudyDate, VR.DA, "20260101");
    a.setString(Tag.AcquisitionTime, VR.TM, "101112.25");
    a.setInt("GEMS_RELA_01", 0x0021104F, VR.SS, 36);
    a.setInt("GEMS_PARM_01", 0x0043102F, VR.SS, 1);
    Attributes item = new Attributes();
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, "1.2.3");
    a.newSequence(Tag.ReferencedImageSequence, 1).add(item);
    pixels(a, 16, new byte[24]);
    return a;
  }

  /** An Enhanced MR image of two frames. */
  static Attributes enhanced() {
    Attributes a = identity(UID.EnhancedMRImageStorage);
    a.setInt(Tag.NumberOfFrames, VR.IS, 2);
    a.setString(Tag.Manufacturer, VR.LO, "Philips");
    Sequence frames = a.newSequence(Tag.PerFrameFunctionalGroupsSequence, 2);
    for (int frame = 0; frame < 2; frame++) {
      Attributes groups = new Attributes();
      Attributes position = new Attributes();
      position.setDouble(Tag.ImagePositionPatient, VR.DS, 0, 0, frame);
      groups.newSequence(Tag.PlanePositionSequence, 1).add(position);
      Attributes echo = new Attributes();
      echo.setDouble(Tag.EffectiveEchoTime, VR.FD, 5.5);
      groups.newSequence(Tag.MREchoSequence, 1).add(echo);
      Attributes content = new Attributes();
      content.setString(Tag.FrameAcquisitionDateTime, VR.DT, "20260101101112.25");
      groups.newSequence(Tag.FrameContentSequence, 1).add(content);
      frames.add(groups);
    }
    pixels(a, 16, new byte[48]);
    return a;
  }

  /** A binary segmentation of one frame of 5 x 3 pixels. */
  static Attributes segmentation() {
    Attributes a = identity(UID.SegmentationStorage);
    a.setString(0x00620001, VR.CS, "BINARY");
    a.setInt(Tag.NumberOfFrames, VR.IS, 1);
    Attributes shared = new Attributes();
    Attributes axes = new Attributes();
    axes.setDouble(Tag.ImageOrientationPatient, VR.DS, 1, 0, 0, 0, 1, 0);
    shared.newSequence(Tag.PlaneOrientationSequence, 1).add(axes);
    Attributes measures = new Attributes();
    measures.setDouble(Tag.PixelSpacing, VR.DS, 2, 1);
    shared.newSequence(Tag.PixelMeasuresSequence, 1).add(measures);
    a.newSequence(Tag.SharedFunctionalGroupsSequence, 1).add(shared);
    Attributes position = new Attributes();
    position.setDouble(Tag.ImagePositionPatient, VR.DS, 0, 0, 2.5);
    Attributes groups = new Attributes();
    groups.newSequence(Tag.PlanePositionSequence, 1).add(position);
    a.newSequence(Tag.PerFrameFunctionalGroupsSequence, 1).add(groups);
    pixels(a, 1, new byte[] {0x55, 0x2a});
    return a;
  }

  /** Keys of a query, of every kind of matching. */
  static Attributes keys() {
    Attributes a = new Attributes();
    a.setString(Tag.QueryRetrieveLevel, VR.CS, "STUDY");
    a.setString(Tag.StudyDate, VR.DA, "20260101-");
    a.setString(Tag.StudyTime, VR.TM, "10-1130");
    a.setString(Tag.PatientName, VR.PN, "D*e^?");
    a.setString(Tag.StudyInstanceUID, VR.UI, "1.2", "1.3");
    a.setString(Tag.EchoTime, VR.DS, "4.92");
    a.setString(Tag.StudyDescription, VR.LO, "*a*a*");
    Attributes item = new Attributes();
    item.setString(Tag.ScheduledProcedureStepID, VR.SH, "S1*");
    a.newSequence(Tag.RequestAttributesSequence, 1).add(item);
    return a;
  }

  /** A Part 10 file. */
  static byte[] file(Attributes dataset, String transferSyntax) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
      out.writeDataset(dataset.createFileMetaInformation(transferSyntax), dataset);
    }
    return bytes.toByteArray();
  }

  private static Attributes identity(String sopClass) {
    Attributes a = new Attributes();
    a.setString(Tag.SOPClassUID, VR.UI, sopClass);
    a.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4");
    a.setString(Tag.StudyInstanceUID, VR.UI, "1.2");
    a.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3");
    return a;
  }

  private static void pixels(Attributes a, int bits, byte[] data) {
    a.setInt(Tag.Rows, VR.US, 3);
    a.setInt(Tag.Columns, VR.US, bits == 1 ? 5 : 4);
    a.setInt(Tag.SamplesPerPixel, VR.US, 1);
    a.setInt(Tag.BitsAllocated, VR.US, bits);
    a.setInt(Tag.BitsStored, VR.US, bits);
    a.setInt(Tag.HighBit, VR.US, bits - 1);
    a.setInt(Tag.PixelRepresentation, VR.US, 0);
    a.setBytes(Tag.PixelData, bits == 1 ? VR.OB : VR.OW, data);
  }
}
