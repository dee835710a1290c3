package org.qsmnode.simulate.dicom;

import static org.dcm4che3.data.VR.CS;
import static org.dcm4che3.data.VR.LO;
import static org.dcm4che3.data.VR.SH;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;

/**
 * Siemens XA: Enhanced MR, one object per echo and component, magnitude and phase in two series.
 * The old image type stands only in the private (0021,1175) of every frame.
 */
final class SiemensXa implements VendorFormat {

  private static final String CREATOR = "SIEMENS MR SDI 02";

  @Override
  public void write(StudySource study, Sink sink) throws IOException {
    int number = 5;
    for (Component component : List.of(Component.MAGNITUDE, Component.PHASE)) {
      for (int echo = 0; echo < study.protocol().echoes(); echo++) {
        int wanted = echo;
        List<StudyFrame> frames =
            study.frames(component).stream()
                .filter(frame -> frame.echo() == wanted)
                .sorted(Comparator.comparingInt(frame -> study.slicePosition(frame.slice())))
                .toList();
        boolean split = study.has(Fault.ECHO_PER_SERIES);
        ClassicHeader.Series series = new ClassicHeader.Series(number, "qsm_gre");
        if (!frames.isEmpty()) {
          sink.accept(object(study, series, frames, split ? 1 : echo + 1));
        }
        number += split ? 1 : 0;
      }
      number++;
    }
  }

  private static Attributes object(
      StudySource study, ClassicHeader.Series series, List<StudyFrame> frames, int number) {
    Attributes a = EnhancedObject.top(study, series, number, frames.size());
    boolean phase = frames.get(0).component() == Component.PHASE;
    String component = phase ? "PHASE" : "MAGNITUDE";
    String[] type = {"ORIGINAL", "PRIMARY", phase ? "P" : "M", "NONE"};
    EnhancedObject.type(a, Tag.ImageType, component, type);
    a.setString(Tag.Manufacturer, LO, "Siemens Healthineers");
    a.setString(Tag.ManufacturerModelName, LO, "MAGNETOM Prisma Fit");
    a.setString(Tag.SoftwareVersions, LO, "syngo MR XA30");
    a.setString(Tag.DeviceSerialNumber, LO, "00000");
    String sequence =
        study.has(Fault.FIELD_MAP) ? "*fm2d2r" : "*fl3d" + study.protocol().echoes() + "r";
    a.setString(Tag.PulseSequenceName, SH, sequence);
    Sequence shared = a.newSequence(Tag.SharedFunctionalGroupsSequence, 1);
    shared.add(EnhancedObject.shared(study));
    Sequence perFrame = a.newSequence(Tag.PerFrameFunctionalGroupsSequence, frames.size());
    for (StudyFrame frame : frames) {
      Attributes group = EnhancedObject.frame(study, frame);
      Attributes frameType = EnhancedObject.one(group, Tag.MRImageFrameTypeSequence);
      EnhancedObject.type(frameType, Tag.FrameType, component, type);
      EnhancedObject.transformation(group, phase ? 2 : 1, phase ? -4096 : 0, phase);
      privateGroup(study, frame, group, phase);
      perFrame.add(group);
    }
    Pixels.unsigned(a, study, frames, 12, (f, i) -> SiemensClassic.stored(study, f, i));
    return a;
  }

  private static void privateGroup(
      StudySource study, StudyFrame frame, Attributes group, boolean phase) {
    group.setString(0x00210011, LO, CREATOR);
    Attributes item = new Attributes();
    item.setString(0x00210011, LO, CREATOR);
    group.newSequence(CREATOR, 0x002100FE, 1).add(item);
    boolean single = study.has(Fault.UNCOMBINED_COIL);
    item.setString(
        CREATOR,
        0x00210006,
        LO,
        (single ? "15" : "X") + "_" + (frame.echo() + 1) + "_1_1_1_1_1_1_1_1_1_1");
    item.setString(CREATOR, 0x0021004F, LO, single ? "H15" : "HC1-6");
    if (phase && study.has(Fault.FILTERED_PHASE)) {
      item.setString(CREATOR, 0x00210075, CS, "ORIGINAL", "PRIMARY", "P", "FIL", "ND", "SWI");
    } else {
      item.setString(CREATOR, 0x00210075, CS, "ORIGINAL", "PRIMARY", phase ? "P" : "M", "ND");
    }
  }
}
