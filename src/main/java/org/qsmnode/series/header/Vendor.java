package org.qsmnode.series.header;

import java.util.Locale;

/** Makers of scanners with header conventions of their own. */
public enum Vendor {
  SIEMENS,
  GE,
  PHILIPS,
  UIH,
  CANON,
  FUJIFILM,
  BRUKER,
  OTHER;

  /** The maker behind Manufacturer (0008,0070). */
  public static Vendor of(String manufacturer) {
    String name = manufacturer.toUpperCase(Locale.ROOT);
    if (name.contains("SIEMENS")) {
      return SIEMENS;
    }
    if (name.startsWith("GE ") || name.equals("GE") || name.contains("GENERAL ELECTRIC")) {
      return GE;
    }
    if (name.contains("PHILIPS")) {
      return PHILIPS;
    }
    if (name.contains("UIH") || name.contains("UNITED IMAGING")) {
      return UIH;
    }
    if (name.contains("CANON") || name.contains("TOSHIBA")) {
      return CANON;
    }
    if (name.contains("FUJI") || name.contains("HITACHI")) {
      return FUJIFILM;
    }
    return name.contains("BRUKER") ? BRUKER : OTHER;
  }
}
