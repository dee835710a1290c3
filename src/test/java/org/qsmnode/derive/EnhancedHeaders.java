package org.qsmnode.derive;

import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Code;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.qsmnode.series.pixels.SourceReference;
import org.qsmnode.series.pixels.SourceSlice;
import org.qsmnode.series.pixels.SourceStack;

/** One Enhanced MR object with magnitude and phase of two echoes, as its header. */
final class EnhancedHeaders {

  private static final int FRAMES = 4 * SourceHeaders.NZ;

  private EnhancedHeaders() {}

  static SourceStack stack() {
    Attributes object = object();
    List<SourceSlice> slices = new ArrayList<>();
    for (int z = 0; z < SourceHeaders.NZ; z++) {
      List<SourceReference> references = new ArrayList<>();
      for (int part = 0; part < 4; part++) {
        references.add(
            new SourceReference(
                UID.EnhancedMRImageStorage, "1.2.7.1", "1.2.7", part * SourceHeaders.NZ + z + 1));
      }
      slices.add(new SourceSlice(object, z + 1, references));
    }
    return SourceHeaders.stack(slices);
  }

  static Attributes object() {
    Attributes a = new Attributes();
    a.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    a.setString(Tag.SOPClassUID, VR.UI, UID.EnhancedMRImageStorage);
    a.setString(Tag.SOPInstanceUID, VR.UI, "1.2.7.1");
    a.setString(Tag.StudyInstanceUID, VR.UI, "1.2");
    a.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.7");
    a.setString(Tag.StudyDate, VR.DA, "20240105");
    a.setString(Tag.StudyTime, VR.TM, "101000");
    a.setString(Tag.StudyID, VR.SH, "7");
    a.setString(Tag.AcquisitionDateTime, VR.DT, "20240105101112.130000+0100");
    a.setString(Tag.PatientName, VR.PN, "山田^太郎");
    a.setString(Tag.PatientID, VR.LO, "0815");
    a.setString(Tag.Manufacturer, VR.LO, "Example");
    a.setString(Tag.MRAcquisitionType, VR.CS, "3D");
    a.setString(Tag.MagneticFieldStrength, VR.DS, "3.0");
    a.setString(Tag.ResonantNucleus, VR.CS, "1H");
    a.setString(Tag.SegmentedKSpaceTraversal, VR.CS, "SINGLE");
    a.setString(Tag.SteadyStatePulseSequence, VR.CS, "NONE");
    a.setString(Tag.Spoiling, VR.CS, "RF");
    a.setString(Tag.OversamplingPhase, VR.CS, "2D");
    a.setString(Tag.PatientPosition, VR.CS, "HFS");
    a.setString(Tag.FrameOfReferenceUID, VR.UI, "1.2.7.9");
    a.setString(Tag.SeriesNumber, VR.IS, "301");
    a.setInt(Tag.Rows, VR.US, SourceHeaders.NY);
    a.setInt(Tag.Columns, VR.US, SourceHeaders.NX);
    a.setString(Tag.NumberOfFrames, VR.IS, Integer.toString(FRAMES));
    addShared(a);
    Sequence frames = a.newSequence(Tag.PerFrameFunctionalGroupsSequence, FRAMES);
    for (int frame = 0; frame < FRAMES; frame++) {
      frames.add(frame(frame));
    }
    return SourceHeaders.readBack(a);
  }

  private static void addShared(Attributes object) {
    Attributes shared = new Attributes();
    object.newSequence(Tag.SharedFunctionalGroupsSequence, 1).add(shared);
    Attributes measures = group(shared, Tag.PixelMeasuresSequence);
    measures.setBytes(Tag.PixelSpacing, VR.DS, SourceHeaders.ascii("1.100000\\0.90"));
    measures.setString(Tag.SliceThickness, VR.DS, "2.00");
    Attributes orientation = group(shared, Tag.PlaneOrientationSequence);
    orientation.setString(
        Tag.ImageOrientationPatient, VR.DS, "1.0", "0.0", "0.0", "0.0", "1.0", "0.0");
    Attributes timing = group(shared, Tag.MRTimingAndRelatedParametersSequence);
    timing.setString(Tag.RepetitionTime, VR.DS, "29.5");
    timing.setString(Tag.FlipAngle, VR.DS, "15.0");
    timing.setString(Tag.EchoTrainLength, VR.IS, "2");
    Attributes modifier = group(shared, Tag.MRImagingModifierSequence);
    modifier.setDouble(Tag.TransmitterFrequency, VR.FD, 127.74851234567);
    Attributes anatomy = group(shared, Tag.FrameAnatomySequence);
    anatomy
        .newSequence(Tag.AnatomicRegionSequence, 1)
        .add(new Code("12738006", "SCT", null, "Brain").toItem());
  }

  private static Attributes frame(int frame) {
    Attributes groups = new Attributes();
    Attributes position = group(groups, Tag.PlanePositionSequence);
    position.setBytes(
        Tag.ImagePositionPatient,
        VR.DS,
        SourceHeaders.ascii("-10.50\\-20.0\\" + 2 * (frame % SourceHeaders.NZ) + ".000"));
    Attributes content = group(groups, Tag.FrameContentSequence);
    content.setInt(Tag.FrameAcquisitionNumber, VR.US, 1);
    if (frame > 0) {
      content.setString(Tag.FrameAcquisitionDateTime, VR.DT, "20240105111213.5");
    }
    return groups;
  }

  private static Attributes group(Attributes groups, int tag) {
    Attributes item = new Attributes();
    groups.newSequence(tag, 1).add(item);
    return item;
  }
}
