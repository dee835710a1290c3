package org.qsmnode.simulate.dicom;

import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.Set;
import org.dcm4che3.data.UID;

/**
 * How a simulated study is written.
 *
 * @param transferSyntaxUid uncompressed or deflated transfer syntax
 * @param acquired date and time of the study
 * @param faults what is wrong with it
 */
public record DicomOptions(String transferSyntaxUid, LocalDateTime acquired, Set<Fault> faults) {

  public DicomOptions {
    faults = faults.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(faults));
  }

  /** Explicit little endian, a fixed date, no fault. */
  public static DicomOptions defaults() {
    return new DicomOptions(
        UID.ExplicitVRLittleEndian, LocalDateTime.of(2020, 1, 1, 12, 0), Set.of());
  }

  /** These options with {@code faults}. */
  public DicomOptions withFaults(Fault first, Fault... more) {
    return new DicomOptions(transferSyntaxUid, acquired, EnumSet.of(first, more));
  }

  /** These options in another transfer syntax. */
  public DicomOptions in(String transferSyntaxUid) {
    return new DicomOptions(transferSyntaxUid, acquired, faults);
  }

  public boolean has(Fault fault) {
    return faults.contains(fault);
  }
}
