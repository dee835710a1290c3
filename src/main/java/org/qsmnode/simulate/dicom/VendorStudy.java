package org.qsmnode.simulate.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.qsmnode.simulate.signal.ComplexImages;
import org.qsmnode.simulate.signal.ScanGeometry;

/** Writes a simulated case as the DICOM files that a vendor's scanner would send. */
public final class VendorStudy {

  private VendorStudy() {}

  /**
   * Writes the files {@code 00001.dcm}, {@code 00002.dcm}, ... into {@code directory}.
   *
   * @param images signal whose phase grows with the field
   * @param geometry geometry of {@code images}
   * @param uidSeed text from which all UIDs of the study follow
   */
  public static void write(
      Vendor vendor,
      ComplexImages images,
      ScanGeometry geometry,
      PatientIdentity patient,
      DicomOptions options,
      String uidSeed,
      Path directory)
      throws IOException {
    Files.createDirectories(directory);
    VendorFormat format = format(vendor);
    StudySource study =
        new StudySource(
            images,
            geometry,
            patient,
            options,
            vendor.commandName() + "/" + uidSeed,
            format.sign());
    format.write(study, new StudyFiles(directory, study));
  }

  private static VendorFormat format(Vendor vendor) {
    return switch (vendor) {
      case SIEMENS -> new SiemensClassic();
      case SIEMENS_XA -> new SiemensXa();
      case GE -> new GeClassic();
      case PHILIPS -> new PhilipsClassic();
      case PHILIPS_ENHANCED -> new PhilipsEnhanced();
      case UIH -> new UihClassic();
    };
  }
}
