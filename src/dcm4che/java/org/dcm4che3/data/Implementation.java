package org.dcm4che3.data;

/** How this implementation names itself in file meta information and associations. */
public class Implementation {
  private static final String CLASS_UID = "2.25.316837302180537474298405396243297401183";
  private static final String VERSION_NAME = "DCM5_SUBSET_1";

  private Implementation() {}

  public static String getClassUID() {
    return CLASS_UID;
  }

  public static String getVersionName() {
    return VERSION_NAME;
  }
}
