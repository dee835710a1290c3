package org.qsmnode.series.header;

import java.util.Set;

/**
 * Who made the image and where the patient lay in the magnet; absent text is empty.
 *
 * @param vendor maker
 * @param model ManufacturerModelName (0008,1090)
 * @param software SoftwareVersions (0018,1020), values joined by a backslash
 * @param patientPosition PatientPosition (0018,5100), such as {@code HFS}, or a digest of another
 *     text
 * @param imagingFrequencyMhz as written in the header, NaN if absent; some makers write Hz
 * @param fieldStrengthTesla MagneticFieldStrength (0018,0087) as written, NaN if absent; some
 *     makers write gauss
 * @param nucleus imaged nucleus, {@code 1H} or a digest of another name
 */
public record Scanner(
    Vendor vendor,
    String model,
    String software,
    String patientPosition,
    double imagingFrequencyMhz,
    double fieldStrengthTesla,
    String nucleus) {

  /** Name of the hydrogen nucleus (PS3.3 C.8.3.1). */
  public static final String PROTON = "1H";

  private static final Set<String> POSITIONS =
      Set.of("HFS", "HFP", "FFS", "FFP", "HFDR", "HFDL", "FFDR", "FFDL");

  public Scanner {
    patientPosition =
        POSITIONS.contains(patientPosition) ? patientPosition : FactText.digest(patientPosition);
    nucleus = nucleus.equals(PROTON) ? nucleus : FactText.digest(nucleus);
  }
}
