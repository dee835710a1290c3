package org.qsmnode.simulate.dicom;

import static org.dcm4che3.data.VR.CS;
import static org.dcm4che3.data.VR.DS;
import static org.dcm4che3.data.VR.LO;
import static org.dcm4che3.data.VR.SH;
import static org.dcm4che3.data.VR.US;

import java.io.IOException;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.qsmnode.volume.FieldUnits;

/**
 * United Imaging: magnitude and phase in one series. The phase falls with the field and runs from
 * -2048 to 2047. The imaging frequency is in Hz, as in real headers.
 */
final class UihClassic implements VendorFormat {

  private static final double MAGNITUDE_PEAK = 3600;

  @Override
  public int sign() {
    return -1;
  }

  @Override
  public void write(StudySource study, Sink sink) throws IOException {
    int echoes = study.protocol().echoes();
    for (StudyFrame frame : study.frames(Component.MAGNITUDE, Component.PHASE)) {
      boolean split = study.has(Fault.ECHO_PER_SERIES);
      int number = split ? 3 + frame.echo() : 3;
      int perSlice = split ? 1 : echoes;
      int place = split ? 0 : frame.echo();
      int instance =
          ((study.slicePosition(frame.slice()) - 1) * perSlice + place) * 2
              + frame.component().ordinal()
              + 1;
      sink.accept(instance(study, new ClassicHeader.Series(number, "gre_qsm"), frame, instance));
    }
  }

  private static Attributes instance(
      StudySource study, ClassicHeader.Series series, StudyFrame frame, int instanceNumber) {
    Attributes a = ClassicHeader.of(study, series, frame, instanceNumber);
    boolean phase = frame.component() == Component.PHASE;
    if (phase && study.has(Fault.FILTERED_PHASE)) {
      a.setString(Tag.ImageType, CS, "ORIGINAL", "PRIMARY", "PHASE MAP", "SWI");
    } else {
      a.setString(Tag.ImageType, CS, "ORIGINAL", "PRIMARY", phase ? "PHASE MAP" : "OTHER");
    }
    a.setString(Tag.Manufacturer, LO, "UIH");
    a.setString(Tag.ManufacturerModelName, LO, "uMR 770");
    a.setString(Tag.SoftwareVersions, LO, "R002");
    a.setString(Tag.DeviceSerialNumber, LO, "000000");
    a.setString(Tag.SequenceName, SH, "gre");
    double larmorMhz = FieldUnits.GAMMA_BAR_MHZ_PER_TESLA * study.protocol().fieldStrengthTesla();
    a.setString(Tag.ImagingFrequency, DS, Decimal.string(Math.rint(larmorMhz * 1e6)));
    a.setInt(Tag.NumberOfSlices, US, study.grid().nz());
    a.setString(Tag.ReceiveCoilName, SH, study.has(Fault.UNCOMBINED_COIL) ? "H15" : "HEAD24");
    a.setString(Tag.WindowCenter, DS, phase ? "0" : "900");
    a.setString(Tag.WindowWidth, DS, phase ? "4096" : "1800");
    if (phase) {
      Pixels.signed(a, study, List.of(frame), (f, i) -> phaseStored(study.value(f, i)));
    } else {
      Pixels.unsigned(
          a,
          study,
          List.of(frame),
          16,
          (f, i) -> (int) Math.round(study.value(f, i) * MAGNITUDE_PEAK / study.peak()));
    }
    return a;
  }

  private static int phaseStored(double phase) {
    double turns = (StudySource.wrap(phase) + Math.PI) / (2 * Math.PI);
    return (int) Math.round(turns * 4095) - 2048;
  }
}
