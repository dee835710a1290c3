package org.qsmnode.simulate.dicom;

import static org.dcm4che3.data.VR.CS;
import static org.dcm4che3.data.VR.FD;
import static org.dcm4che3.data.VR.FL;
import static org.dcm4che3.data.VR.LO;
import static org.dcm4che3.data.VR.SH;
import static org.dcm4che3.data.VR.SL;
import static org.dcm4che3.data.VR.US;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;

/**
 * Philips Enhanced MR: all echoes, magnitude and phase in one object whose top level says MIXED;
 * every frame has a rescale of its own.
 */
final class PhilipsEnhanced implements VendorFormat {

  private static final String CREATOR = "Philips MR Imaging DD 005";

  @Override
  public void write(StudySource study, Sink sink) throws IOException {
    List<StudyFrame> frames =
        study.frames(Component.MAGNITUDE, Component.PHASE).stream()
            .sorted(Comparator.comparingInt(frame -> study.slicePosition(frame.slice())))
            .toList();
    if (study.has(Fault.ECHO_PER_SERIES)) {
      for (int echo = 0; echo < study.protocol().echoes(); echo++) {
        int wanted = echo;
        List<StudyFrame> some = frames.stream().filter(frame -> frame.echo() == wanted).toList();
        sink.accept(object(study, 201 + 100 * echo, some));
      }
    } else {
      sink.accept(object(study, 201, frames));
    }
  }

  private static Attributes object(StudySource study, int series, List<StudyFrame> frames) {
    Attributes a =
        EnhancedObject.top(study, new ClassicHeader.Series(series, "QSM_FFE"), 1, frames.size());
    EnhancedObject.type(a, Tag.ImageType, "MIXED", "ORIGINAL", "PRIMARY", "T1", "MIXED");
    a.setString(Tag.Manufacturer, LO, "Philips Medical Systems");
    a.setString(Tag.ManufacturerModelName, LO, "Achieva dStream");
    a.setString(Tag.SoftwareVersions, LO, "5.3.0", "5.3.0.3");
    a.setString(Tag.DeviceSerialNumber, LO, "00000");
    a.setString(Tag.PulseSequenceName, SH, "FFE");
    a.setInt(PhilipsClassic.IMAGING, 0x20010014, SL, study.protocol().echoes());
    a.setInt(PhilipsClassic.IMAGING, 0x20010018, SL, study.grid().nz());
    a.newSequence(Tag.SharedFunctionalGroupsSequence, 1).add(EnhancedObject.shared(study));
    Sequence perFrame = a.newSequence(Tag.PerFrameFunctionalGroupsSequence, frames.size());
    for (StudyFrame frame : frames) {
      perFrame.add(group(study, frame));
    }
    Pixels.unsigned(a, study, frames, 12, (f, i) -> PhilipsScale.of(study, f).stored(study, f, i));
    return a;
  }

  private static Attributes group(StudySource study, StudyFrame frame) {
    boolean phase = frame.component() == Component.PHASE;
    PhilipsScale scale = PhilipsScale.of(study, frame);
    String[] type = PhilipsClassic.imageType(study, frame);
    Attributes group = EnhancedObject.frame(study, frame);
    EnhancedObject.type(
        EnhancedObject.one(group, Tag.MRImageFrameTypeSequence),
        Tag.FrameType,
        phase ? "PHASE" : "MAGNITUDE",
        Arrays.copyOf(type, 4));
    EnhancedObject.transformation(group, scale.slope(), scale.intercept(), phase);
    Attributes map = EnhancedObject.one(group, Tag.RealWorldValueMappingSequence);
    map.setInt(Tag.RealWorldValueFirstValueMapped, US, 0);
    map.setInt(Tag.RealWorldValueLastValueMapped, US, 4095);
    map.setDouble(Tag.RealWorldValueIntercept, FD, scale.intercept());
    map.setDouble(Tag.RealWorldValueSlope, FD, scale.slope());
    map.setString(Tag.LUTExplanation, LO, "Real World Value Mapping for " + scale.unit());
    map.setString(Tag.LUTLabel, SH, "Philips");
    Attributes unit = EnhancedObject.one(map, Tag.MeasurementUnitsCodeSequence);
    if (phase) {
      EnhancedObject.code(unit, "mrad", "UCUM", "milliradian");
    } else {
      EnhancedObject.code(unit, "1", "UCUM", "no units");
    }
    group.setString(0x20050014, LO, CREATOR);
    Attributes item = new Attributes();
    group.newSequence(CREATOR, 0x2005000F, 1).add(item);
    item.setString(Tag.ImageType, CS, type);
    item.setFloat(PhilipsClassic.MR_IMAGING, 0x2005000E, FL, scale.scaleSlope());
    item.setString(PhilipsClassic.MR_IMAGING, 0x20050011, CS, phase ? "P" : "M");
    return group;
  }
}
