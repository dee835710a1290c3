package org.qsmnode.simulate.dicom;

import static org.dcm4che3.data.VR.CS;
import static org.dcm4che3.data.VR.DS;
import static org.dcm4che3.data.VR.LO;
import static org.dcm4che3.data.VR.SH;

import java.io.IOException;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * Siemens VE: magnitude and phase in two series, 12-bit phase with slope 2 and intercept -4096 so
 * that 4096 is pi.
 */
final class SiemensClassic implements VendorFormat {

  private static final String CREATOR = "SIEMENS MR HEADER";
  private static final double MAGNITUDE_PEAK = 3600;

  @Override
  public void write(StudySource study, Sink sink) throws IOException {
    int number = 5;
    for (Component component : List.of(Component.MAGNITUDE, Component.PHASE)) {
      int echoes = study.has(Fault.ECHO_PER_SERIES) ? study.protocol().echoes() : 1;
      for (int echo = 0; echo < echoes; echo++) {
        writeSeries(study, component, echoes > 1 ? echo : -1, number++, sink);
      }
    }
  }

  private static void writeSeries(
      StudySource study, Component component, int onlyEcho, int number, Sink sink)
      throws IOException {
    ClassicHeader.Series series =
        new ClassicHeader.Series(number, study.has(Fault.FIELD_MAP) ? "gre_field_map" : "qsm_gre");
    List<StudyFrame> frames = study.frames(component);
    int slices = study.grid().nz();
    for (StudyFrame frame : frames) {
      if (onlyEcho < 0 || frame.echo() == onlyEcho) {
        int block = onlyEcho < 0 ? frame.echo() : 0;
        int instance = block * slices + study.slicePosition(frame.slice());
        sink.accept(instance(study, series, frame, instance));
      }
    }
  }

  private static Attributes instance(
      StudySource study, ClassicHeader.Series series, StudyFrame frame, int instanceNumber) {
    Attributes a = ClassicHeader.of(study, series, frame, instanceNumber);
    boolean phase = frame.component() == Component.PHASE;
    String letter = phase ? "P" : "M";
    boolean filtered = phase && study.has(Fault.FILTERED_PHASE);
    if (filtered) {
      a.setString(Tag.ImageType, CS, "ORIGINAL", "PRIMARY", letter, "FIL", "ND", "SWI");
    } else {
      String plane = study.has(Fault.INTERPOLATED_PHASE) ? "DIS2D" : "ND";
      a.setString(Tag.ImageType, CS, "ORIGINAL", "PRIMARY", letter, plane);
    }
    a.setString(Tag.Manufacturer, LO, "SIEMENS");
    a.setString(Tag.ManufacturerModelName, LO, "Prisma");
    a.setString(Tag.SoftwareVersions, LO, "syngo MR E11");
    a.setString(Tag.DeviceSerialNumber, LO, "000000");
    a.setString(
        Tag.SequenceName,
        SH,
        study.has(Fault.FIELD_MAP) ? "*fm2d2r" : "*fl3d" + study.protocol().echoes() + "r");
    a.setString(Tag.AngioFlag, CS, "N");
    a.setString(CREATOR, 0x0051000C, LO, fieldOfView(study));
    a.setString(CREATOR, 0x0051000F, LO, study.has(Fault.UNCOMBINED_COIL) ? "H15" : "HEA;HEP");
    a.setString(CREATOR, 0x00510016, LO, letter + "/ND");
    if (phase) {
      a.setString(Tag.RescaleIntercept, DS, "-4096");
      a.setString(Tag.RescaleSlope, DS, "2");
      a.setString(Tag.RescaleType, LO, "US");
      a.setString(Tag.WindowCenter, DS, "0");
      a.setString(Tag.WindowWidth, DS, "8192");
    } else {
      a.setString(Tag.WindowCenter, DS, "900");
      a.setString(Tag.WindowWidth, DS, "1800");
    }
    Pixels.unsigned(a, study, List.of(frame), 12, (f, i) -> stored(study, f, i));
    return a;
  }

  private static String fieldOfView(StudySource study) {
    return "FoV "
        + Math.round(study.grid().ny() * study.grid().dyMm())
        + "*"
        + Math.round(study.grid().nx() * study.grid().dxMm());
  }

  /** Shared with Siemens XA, which stores the same numbers. */
  static int stored(StudySource study, StudyFrame frame, int index) {
    double value = study.value(frame, index);
    if (frame.component() == Component.PHASE) {
      return Math.floorMod(Math.round(value * 2048 / Math.PI) + 2048, 4096);
    }
    return (int) Math.round(value * MAGNITUDE_PEAK / study.peak());
  }
}
