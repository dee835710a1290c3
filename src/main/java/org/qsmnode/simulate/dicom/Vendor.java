package org.qsmnode.simulate.dicom;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whose DICOM is imitated. */
public enum Vendor {
  /** Siemens VE classic: magnitude and phase in two series. */
  SIEMENS("siemens"),
  /** Siemens XA Enhanced MR: one object per echo and component. */
  SIEMENS_XA("siemens-xa"),
  /** GE: magnitude, phase, real and imaginary interleaved in one series. */
  GE("ge"),
  /** Philips classic: magnitude and phase in one series. */
  PHILIPS("philips"),
  /** Philips Enhanced MR: one object with all echoes and components. */
  PHILIPS_ENHANCED("philips-enhanced"),
  /** United Imaging classic: magnitude and phase in one series. */
  UIH("uih");

  private final String commandName;

  Vendor(String commandName) {
    this.commandName = commandName;
  }

  /** The name used on the command line. */
  public String commandName() {
    return commandName;
  }

  /**
   * The vendor of a command line name.
   *
   * @throws IllegalArgumentException that lists the known names
   */
  public static Vendor named(String name) {
    for (Vendor vendor : values()) {
      if (vendor.commandName.equals(name.toLowerCase(Locale.ROOT))) {
        return vendor;
      }
    }
    throw new IllegalArgumentException(
        "vendor is none of "
            + Arrays.stream(values()).map(Vendor::commandName).collect(Collectors.joining(", ")));
  }
}
