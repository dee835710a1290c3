package org.qsmnode.series;

/**
 * Who made the image and where the patient lay in the magnet; absent text is empty.
 *
 * @param vendor maker
 * @param model ManufacturerModelName (0008,1090)
 * @param software SoftwareVersions (0018,1020), values joined by a backslash
 * @param patientPosition PatientPosition (0018,5100), such as {@code HFS}
 * @param imagingFrequencyMhz as written in the header, NaN if absent; some makers write Hz
 * @param fieldStrengthTesla MagneticFieldStrength (0018,0087) as written, NaN if absent; some
 *     makers write gauss
 * @param nucleus imaged nucleus, such as {@code 1H}
 */
public record Scanner(
    Vendor vendor,
    String model,
    String software,
    String patientPosition,
    double imagingFrequencyMhz,
    double fieldStrengthTesla,
    String nucleus) {}
