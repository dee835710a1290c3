package org.qsmnode.simulate.dicom;

import static org.dcm4che3.data.VR.CS;
import static org.dcm4che3.data.VR.DS;
import static org.dcm4che3.data.VR.FL;
import static org.dcm4che3.data.VR.IS;
import static org.dcm4che3.data.VR.LO;
import static org.dcm4che3.data.VR.SH;
import static org.dcm4che3.data.VR.SL;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/** Philips classic: magnitude and phase in one series, a rescale of its own for every image. */
final class PhilipsClassic implements VendorFormat {

  static final String IMAGING = "Philips Imaging DD 001";
  static final String MR_IMAGING = "Philips MR Imaging DD 001";

  @Override
  public void write(StudySource study, Sink sink) throws IOException {
    int echoes = study.protocol().echoes();
    List<StudyFrame> frames = new ArrayList<>(study.frames(Component.MAGNITUDE));
    frames.addAll(study.frames(Component.PHASE));
    for (StudyFrame frame : frames) {
      boolean split = study.has(Fault.ECHO_PER_SERIES);
      int number = split ? 201 + 100 * frame.echo() : 201;
      int perSlice = split ? 1 : echoes;
      int place = split ? 0 : frame.echo();
      int half = frame.component() == Component.PHASE ? perSlice * study.grid().nz() : 0;
      int instance = half + (study.slicePosition(frame.slice()) - 1) * perSlice + place + 1;
      sink.accept(instance(study, new ClassicHeader.Series(number, "QSM_FFE"), frame, instance));
    }
  }

  private static Attributes instance(
      StudySource study, ClassicHeader.Series series, StudyFrame frame, int instanceNumber) {
    Attributes a = ClassicHeader.of(study, series, frame, instanceNumber);
    PhilipsScale scale = PhilipsScale.of(study, frame);
    boolean phase = frame.component() == Component.PHASE;
    a.setString(Tag.ImageType, CS, imageType(study, frame));
    a.setString(Tag.Manufacturer, LO, "Philips");
    a.setString(Tag.ManufacturerModelName, LO, "Ingenia Elition X");
    a.setString(Tag.SoftwareVersions, LO, "5.7.1", "5.7.1.1");
    a.setString(Tag.DeviceSerialNumber, LO, "00000");
    a.setString(Tag.ScanOptions, CS, "FC");
    a.setString(Tag.ReceiveCoilName, SH, study.has(Fault.UNCOMBINED_COIL) ? "H15" : "MULTI COIL");
    a.setInt(Tag.AcquisitionNumber, IS, 2);
    a.setInt(Tag.TemporalPositionIdentifier, IS, 1);
    a.setInt(Tag.NumberOfTemporalPositions, IS, 1);
    a.setString(Tag.RescaleSlope, DS, Decimal.string(scale.slope()));
    a.setString(Tag.RescaleIntercept, DS, Decimal.string(scale.intercept()));
    a.setString(Tag.RescaleType, LO, scale.unit());
    a.setString(Tag.WindowCenter, DS, phase ? "0" : "1200");
    a.setString(Tag.WindowWidth, DS, phase ? "6284" : "2400");
    a.setInt(IMAGING, 0x20010014, SL, study.protocol().echoes());
    a.setInt(IMAGING, 0x20010018, SL, study.grid().nz());
    a.setString(IMAGING, 0x20010020, LO, "T1FFE");
    a.setFloat(MR_IMAGING, 0x2005000E, FL, scale.scaleSlope());
    a.setString(MR_IMAGING, 0x20050011, CS, phase ? "P" : "M");
    Pixels.unsigned(a, study, List.of(frame), 12, (f, i) -> scale.stored(study, f, i));
    return a;
  }

  static String[] imageType(StudySource study, StudyFrame frame) {
    if (frame.component() != Component.PHASE) {
      return new String[] {"ORIGINAL", "PRIMARY", "M_FFE", "M", "FFE"};
    }
    return study.has(Fault.FILTERED_PHASE)
        ? new String[] {"DERIVED", "PRIMARY", "PHASE MAP", "P", "SWI"}
        : new String[] {"ORIGINAL", "PRIMARY", "PHASE MAP", "P", "FFE"};
  }
}
