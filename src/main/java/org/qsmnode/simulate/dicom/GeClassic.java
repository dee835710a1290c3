package org.qsmnode.simulate.dicom;

import static org.dcm4che3.data.VR.CS;
import static org.dcm4che3.data.VR.DS;
import static org.dcm4che3.data.VR.IS;
import static org.dcm4che3.data.VR.LO;
import static org.dcm4che3.data.VR.SH;
import static org.dcm4che3.data.VR.SS;
import static org.dcm4che3.data.VR.US;

import java.io.IOException;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * GE: magnitude, phase, real and imaginary interleaved in one series and told apart by (0043,102F)
 * only. The phase falls with the field, and every second slice has the opposite sign.
 */
final class GeClassic implements VendorFormat {

  private static final double PEAK = 14_000;
  private static final double MILLI = 1000;
  private static final Component[] KINDS = {
    Component.MAGNITUDE, Component.PHASE, Component.REAL, Component.IMAGINARY
  };

  @Override
  public int sign() {
    return -1;
  }

  @Override
  public void write(StudySource study, Sink sink) throws IOException {
    int echoes = study.protocol().echoes();
    for (StudyFrame frame : study.frames(KINDS)) {
      boolean split = study.has(Fault.ECHO_PER_SERIES);
      int number = split ? 4 + frame.echo() : 4;
      int place = split ? 0 : frame.echo();
      int perSlice = KINDS.length * (split ? 1 : echoes);
      int instance =
          (study.slicePosition(frame.slice()) - 1) * perSlice
              + place * KINDS.length
              + frame.component().ordinal()
              + 1;
      sink.accept(instance(study, new ClassicHeader.Series(number, "Ax 3D SWAN"), frame, instance));
    }
  }

  private static Attributes instance(
      StudySource study, ClassicHeader.Series series, StudyFrame frame, int instanceNumber) {
    Attributes a = ClassicHeader.of(study, series, frame, instanceNumber);
    int echoes = study.protocol().echoes();
    int slices = study.grid().nz();
    if (study.has(Fault.FILTERED_PHASE)) {
      a.setString(Tag.ImageType, CS, "DERIVED", "PRIMARY", "OTHER", "SWI");
    } else {
      a.setString(Tag.ImageType, CS, "ORIGINAL", "PRIMARY", "OTHER");
    }
    a.setString(Tag.Manufacturer, LO, "GE MEDICAL SYSTEMS");
    a.setString(Tag.ManufacturerModelName, LO, "SIGNA Pioneer");
    a.setString(Tag.SoftwareVersions, LO, "28", "LX", "MR29.1_EA_2039.g");
    a.setString(Tag.DeviceSerialNumber, LO, "0000000000000000");
    a.setString(Tag.ScanOptions, CS, "EDR_GEMS", "ACC_GEMS");
    a.setString(Tag.ReceiveCoilName, SH, study.has(Fault.UNCOMBINED_COIL) ? "H15" : "48HA");
    a.setInt(Tag.ImagesInAcquisition, IS, slices * echoes * KINDS.length);
    a.setInt("GEMS_ACQU_01", 0x0019007E, SS, echoes);
    a.setInt("GEMS_RELA_01", 0x0021004F, SS, slices);
    a.setInt("GEMS_PARM_01", 0x0043002F, SS, frame.component().ordinal());
    a.setInt("GEMS_PARM_01", 0x00430030, SS, 0);
    boolean magnitude = frame.component() == Component.MAGNITUDE;
    a.setString(Tag.WindowCenter, DS, magnitude ? "3500" : "0");
    a.setString(Tag.WindowWidth, DS, magnitude ? "7000" : "6284");
    Pixels.signed(a, study, List.of(frame), (f, i) -> stored(study, f, i));
    a.setInt(Tag.AcquisitionMatrix, US, 0, study.grid().nx(), study.grid().ny(), 0);
    a.setString(Tag.InPlanePhaseEncodingDirection, CS, "ROW");
    return a;
  }

  private static int stored(StudySource study, StudyFrame frame, int index) {
    double value = study.value(frame, index);
    boolean chopped = frame.slice() % 2 == 1;
    return switch (frame.component()) {
      case MAGNITUDE -> (int) Math.round(value * PEAK / study.peak());
      case REAL, IMAGINARY -> (int) Math.round((chopped ? -value : value) * PEAK / study.peak());
      case PHASE -> (int) Math.round(MILLI * StudySource.wrap(chopped ? value + Math.PI : value));
    };
  }
}
